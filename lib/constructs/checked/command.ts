import { ConfigError, shown } from '../../errors';
import { refuseTokens } from './tokens';

/**
 * A program and its arguments.
 *
 * @throws ConfigError that names the prop, when there is no program, or an argument that no program can be given.
 */
export function checkedCommand(prop: string, command: readonly string[]): string[] {
  refuseTokens({ [prop]: command }, []);
  const [program = ''] = command;
  const bad = command.find((argument) => argument.includes('\0'));
  if (program === '' || bad !== undefined) {
    throw new ConfigError({
      what: `${prop} ${shown(command)} is not a command${bad === undefined ? '' : `: ${shown(bad)} has a NUL`}`,
      fix: "give the program and its arguments, such as ['python', 'manage.py', 'migrate']",
    });
  }
  return [...command];
}

import { named } from '../../errors';
import { checkProps } from './props';

/**
 * What is given to a factory or a method by name, as `checkProps` looks at props.
 *
 * @param call Whose options they are, such as `HealthCheck.http`.
 * @param struct The interface, by its name in the table.
 * @throws ConfigError that names the call and every option that is wrong.
 */
export function checkOptions(call: string, struct: string, options: object): void {
  named(call, () => {
    checkProps(struct, options);
  });
}

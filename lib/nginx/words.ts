import { partsOf } from './argument';
import type { NginxDirective } from './directive';
import { joinVariables } from './variable-text';

/** The arguments of a directive as nginx.conf has them, variables in its own notation. */
export function wordsOf({ args }: NginxDirective): string[] {
  return args.map((argument) => joinVariables(partsOf(argument)));
}

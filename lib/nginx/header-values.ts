import { partsOf } from './argument';
import type { NginxDirective } from './directive';

/** Control characters but for the tab, which a value may have (RFC 9110). */

const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;

/** What a directive that sends a header or a parameter takes instead of a line break, behind which another header would begin (seen). */
export function headerInstead({ args }: NginxDirective): string | undefined {
  const texts = args.flatMap((argument) => partsOf(argument).filter((part) => typeof part === 'string'));
  return texts.some((text) => CONTROL.test(text)) ? 'it in one line, without control characters' : undefined;
}

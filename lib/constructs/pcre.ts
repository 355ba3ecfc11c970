import { ConfigError, shown } from '../errors';

/** What PCRE has and JavaScript has not: such a pattern is left to nginx. */
const ONLY_PCRE = /\(\?(?![:=!]|<[=!A-Za-z])|\\[AzZGKQEhHRX]|\[\[:|[*+?}]\+/;

/**
 * A regular expression for nginx, as far as this can be told here: nginx refuses to start with a broken one.
 *
 * @param where The prop and the value it was found in.
 * @throws ConfigError for what PCRE would not compile.
 */
export function checkedRegex(where: string, pattern: string): string {
  const why = mistakeIn(pattern);
  if (why === undefined) return pattern;
  throw new ConfigError({
    what: `${where} is not a regular expression: ${why}`,
    fix: 'close what is open, and escape what is meant literally',
    rule: 'NGX-REGEX-QUOTE',
  });
}

function mistakeIn(pattern: string): string | undefined {
  const [javaScriptOnly] = /\\[uULl]/.exec(pattern.replace(/\\\\/g, '')) ?? [];
  if (javaScriptOnly !== undefined) return `PCRE has no ${javaScriptOnly}`;
  const stray = strayReference(pattern);
  if (stray !== undefined) return `${shown(stray)} refers to a group that is not there`;
  try {
    if (!ONLY_PCRE.test(pattern)) new RegExp(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A reference by one digit to a group that the pattern lacks; JavaScript takes it for a character. */
function strayReference(pattern: string): string | undefined {
  const outside = pattern.replace(/\[(?:\\.|[^\]\\])*\]/gs, '');
  const groups = outside.match(/\\.|\((?!\?(?!P?<[A-Za-z_]|'))/gs)?.filter((one) => one === '(').length ?? 0;
  const references = outside.match(/\\(?:[1-9](?!\d)|.)/gs)?.filter((one) => /[1-9]/.test(one)) ?? [];
  return references.find((one) => Number(one.slice(1)) > groups);
}

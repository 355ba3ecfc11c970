import { ConfigError, shown } from '../errors';

/** Bytes of one quoted token as it stands in the file; nginx refuses one more with `too long parameter` (seen). */
export const MAX_TOKEN_BYTES = 4094;

/** No blank, quote, backslash, `;`, `{`, `}` or `#` anywhere, and no dollar but a variable's. */
const BARE = /^(?:[A-Za-z0-9_./:=@^~*+,|&%?!<>()[\]-]|\$[A-Za-z0-9_])+$/;

/**
 * Writes one token so that nginx's lexer reads exactly this text: bare where that is safe, otherwise in double
 * quotes, or in single ones where that spares escapes, with `\` and the quote escaped. Nothing else needs an escape,
 * and nothing else has one. Variables are the caller's business: a dollar is written as it stands.
 *
 * Source: `ngx_conf_read_token`, and random strings sent through `return` of a real nginx.
 *
 * @throws ConfigError for what no token can hold: more than 4094 bytes, NUL, half of a surrogate pair.
 */
export function quote(text: string): string {
  refuseUnwritable(text);
  const mark = markOf(text);
  const written = mark === '' ? text : escaped(text, mark);
  const bytes = Buffer.byteLength(written);
  if (bytes > MAX_TOKEN_BYTES) {
    throw new ConfigError({
      what: `${shown(text)} takes ${String(bytes)} bytes in nginx.conf, more than the ${String(MAX_TOKEN_BYTES)} of one argument`,
      fix: 'shorten it, or split it over several variables that one argument puts together',
    });
  }
  return mark + written + mark;
}

function markOf(text: string): string {
  if (BARE.test(text)) return '';
  return text.includes('"') && !text.includes("'") ? "'" : '"';
}

function escaped(text: string, mark: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
}

/**
 * Refuses characters that no nginx.conf can hold. The lexer lets NUL pass and `return` sends it, but file names and
 * location prefixes end there (seen: a log went to the shortened path), so that text could mean two things.
 */
function refuseUnwritable(text: string): void {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new ConfigError({
      what: `${shown(text)} has a NUL character at position ${String(nul)}, where nginx ends file names and prefixes`,
      fix: 'remove it',
    });
  }
  const surrogate = text.search(/\p{Surrogate}/u);
  if (surrogate >= 0) {
    throw new ConfigError({
      what: `${shown(text)} has half of a surrogate pair at position ${String(surrogate)}, which no UTF-8 file can hold`,
      fix: 'remove it, or write the whole character',
    });
  }
}

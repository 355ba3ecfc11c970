import { ConfigError, shown } from '../errors';

/** Bytes of one token between its quotes; nginx refuses one more with `too long parameter` (seen). */
export const MAX_TOKEN_BYTES = 4094;

const BARE = /^[A-Za-z0-9_./:=@^~*+,|&%?!<>-]+$/;

/**
 * Writes one token so that nginx's lexer reads exactly this text: bare where that is safe, otherwise in double
 * quotes with `\` and `"` escaped. Nothing else needs an escape, and nothing else has one (400 random strings
 * went through `return` unchanged). Variables are the caller's business: a dollar is written as it stands.
 *
 * @throws ConfigError for what no token can hold: more than 4094 bytes, NUL, half of a surrogate pair.
 */
export function quote(text: string): string {
  refuseUnwritable(text);
  return BARE.test(text) ? text : quoted(text);
}

/** The same in double quotes always: next to a `{` or `$` nginx would read more into a bare token. */
export function quoted(text: string): string {
  refuseUnwritable(text);
  const escaped = text.replace(/[\\"]/g, (character) => `\\${character}`);
  const bytes = Buffer.byteLength(escaped);
  if (bytes > MAX_TOKEN_BYTES) {
    throw new ConfigError({
      what: `${shown(text)} takes ${String(bytes)} bytes in nginx.conf, more than the ${String(MAX_TOKEN_BYTES)} of one token`,
      fix: 'split it, for instance over several variables that one argument puts together',
    });
  }
  return `"${escaped}"`;
}

function refuseUnwritable(text: string): void {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new ConfigError({
      what: `${shown(text)} has a NUL character at position ${String(nul)}, where every string of nginx ends`,
      fix: 'remove it',
    });
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new ConfigError({
      what: `${shown(text)} has half of a surrogate pair, which no UTF-8 file can hold`,
      fix: 'remove it, or write the whole character',
    });
  }
}

/**
 * A location's regex as JavaScript's, when both languages read it alike; undefined otherwise. nginx compiles PCRE
 * without UTF-8 mode, so that only ASCII patterns are sure to mean the same.
 */
export function compatibleRegex(pattern: string, ignoreCase: boolean): RegExp | undefined {
  if (!isShared(pattern)) return undefined;
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '');
  } catch {
    return undefined;
  }
}

/** Tokens that mean the same in both; a pattern made only of these is compatible. */
const SHARED = [
  /\\[^A-Za-z0-9]/, // an escaped punctuation mark
  /\\(?:[dDwWsSbBtnrf]|x[0-9A-Fa-f]{2})/,
  /\[(?!\^?\])\^?(?:\\[^A-Za-z0-9]|\\[dDwWsStnrf]|[^\]\\[])(?:\\[^A-Za-z0-9]|\\[dDwWsStnrf]|[^\]\\[])*\]/, // a set, never empty
  /\((?:\?(?::|=|!|<=|<!|<[A-Za-z_]\w*>))?(?![?*])/, // a group
  /(?:[*+?]|\{\d+(?:,\d*)?\})\??(?![*+?{])/, // a quantifier, not possessive
  /[^\\[(*+?{]/,
];

function isShared(pattern: string): boolean {
  const token = new RegExp(SHARED.map(({ source }) => `(?:${source})`).join('|'), 'y');
  if (!/^[\u0001-\u007f]*$/.test(pattern)) return false;
  while (token.lastIndex < pattern.length) {
    if (!token.test(pattern)) return false;
  }
  return true;
}

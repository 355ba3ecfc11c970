/**
 * The part of an access log format that Python's `%` cannot fill in, or undefined: every atom is text, so a bare `%` or a
 * conversion of numbers is a traceback for each request (seen).
 */
export function formatMistake(format: string): string | undefined {
  const rest = format.replace(/%(?:%|\([^)]*\)[-#0 +]*\d*(?:\.\d+)?[sra])/g, (known) =>
    ' '.repeat(known.length),
  );
  const at = rest.indexOf('%');
  return at === -1 ? undefined : (/^%(?:\([^)]*\))?[^\s%]?/.exec(format.slice(at))?.[0] ?? '%');
}

/**
 * The path that nginx matches locations against (`$uri`): without query, percent-decoded, `.` and `..` resolved,
 * neighbouring slashes merged (`merge_slashes` is on by default). One character a byte, so that lengths are nginx's.
 * Undefined where nginx answers 400 before it looks at locations (each seen).
 */
export function normalUri(uri: string): string | undefined {
  const [path = ''] = asBytes(uri).split(/[?#]/);
  if (!path.startsWith('/') || /%(?![0-9A-Fa-f]{2})|%00|\0/.test(path)) return undefined;
  const decoded = path.replace(/%(..)/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  const segments: string[] = [];
  const all = decoded.split('/').slice(1);
  for (const [index, segment] of all.entries()) {
    const isLast = index === all.length - 1;
    if (segment === '..' && segments.pop() === undefined) return undefined;
    if (segment === '' || segment === '.' || segment === '..') {
      if (isLast) segments.push('');
    } else segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** A string with one character for each of the text's UTF-8 bytes. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

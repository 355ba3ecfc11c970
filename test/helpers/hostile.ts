import fc from 'fast-check';

const PIECES = [
  '"',
  "'",
  '\\',
  ';',
  '{',
  '}',
  '#',
  '$',
  '%',
  '${',
  '%{',
  '%(x)',
  '$(X)',
  '@(x)',
  '${uri}',
  '$host',
  '$1',
  '%%',
  '%h',
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\n',
      '\r',
      '\r\n',
      '\t',
      ' ',
      '\u2028',
      '\u0085',
      'é',
      '日本',
      '😀',
      '\u0001',
      '\u007f',
    ),
  },
);

/** Text made of everything that ever broke a config file; no NUL and no half surrogate pairs, which are refused. */
export const hostileText = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) => pieces.join('').replace(/\0/g, ''))
  .filter((text) => !/\p{Surrogate}/u.test(text));

/** Bytes of the longest token of nginx, which the other languages have to hold as well: a prop may go into any of them. */
export const LONGEST_TOKEN = 4094;

/** Text up to that length, of one piece again and again: what is escaped in a file becomes longer still. */
export const longText = fc
  .tuple(
    fc.constantFrom(
      'a',
      ';',
      'é',
      '😀',
      '\\',
      "'",
      '"',
      '#',
      '%',
      '$',
      '@',
      '%%',
      '$(X)',
      '@(x)',
      '%(x)',
      '%h',
      '\\n',
    ),
    fc.integer({ min: LONGEST_TOKEN / 2, max: LONGEST_TOKEN }),
  )
  .map(([piece, bytes]) => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece))));

/** The same at its longest, one text for each piece. */
export const longestTexts: readonly string[] = [
  'a',
  ';',
  'é',
  '😀',
  '\\',
  "'",
  '"',
  '%',
  '$',
  '$(X)',
  '@(x)',
  '%(x)',
].map((piece) => piece.repeat(Math.floor(LONGEST_TOKEN / Buffer.byteLength(piece))));

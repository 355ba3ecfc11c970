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

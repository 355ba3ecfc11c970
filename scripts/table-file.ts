/** A generated file: where it lies in the repository, and its text. */
export interface TableFile {
  readonly path: string;
  readonly text: string;
}

/** The head of every generated file: what it is made from, and how to make it again. */
export function tableHead(source: string): string {
  return [
    `// Generated from ${source} by \`npm run generate\`: edit that file, not this one.`,
    '/* eslint max-lines: off -- generated data */',
    '',
  ].join('\n');
}

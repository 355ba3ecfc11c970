/** Rows as lines whose columns stand below each other; the last one ends where its text does. A cell is painted when it has its width. */
export function table(
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number) => string = (cell) => cell,
): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(cell.length, widest[at] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, at) => paint(cell, at) + ' '.repeat((widths[at] ?? 0) - cell.length))
      .join('  ')
      .trimEnd(),
  );
}

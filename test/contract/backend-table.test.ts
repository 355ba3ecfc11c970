import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendTable } from './backend-table';

test('docs/backends.md says what the contract asserts of each backend', () => {
  const page = readFileSync(join(__dirname, '../../docs/backends.md'), 'utf8');
  const written = page.split('\n').filter((line) => line.startsWith('|'));
  const cells = written.map((line) => line.slice(1, -1).split('|').map(cell));
  const wanted = backendTable();
  const begin = cells.findIndex((row) => row[0] === 'backend');
  expect(cells.slice(begin, begin + wanted.length)).toEqual(wanted);
});

/** A cell without what the formatter adds. */
function cell(text: string): string {
  const bare = text.trim();
  return /^:?-+:?$/.test(bare) ? '---' : bare;
}

import { readFileSync } from 'node:fs';
import { coveragePage } from '../scripts/coverage/page';

test('docs/coverage.md is what the decisions say', () => {
  const { path, text } = coveragePage();
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('it has a row for each setting of gunicorn, each option that production uses and each directive', () => {
  const { text } = coveragePage();
  expect(text).toContain('120 of 120 decided');
  expect(text).toContain('153 of 153 decided');
  expect(text).toContain('655 of 655 decided');
});

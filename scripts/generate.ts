import { writeFileSync } from 'node:fs';
import { nginxTable } from './nginx-table';

for (const file of [nginxTable()]) {
  writeFileSync(file.path, file.text);
  process.stdout.write(`wrote ${file.path}\n`);
}

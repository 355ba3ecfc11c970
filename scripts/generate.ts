import { writeFileSync } from 'node:fs';
import { nginxTable } from './nginx-table';
import { uwsgiTable } from './uwsgi-table';

for (const file of [nginxTable(), uwsgiTable()]) {
  writeFileSync(file.path, file.text);
  process.stdout.write(`wrote ${file.path}\n`);
}

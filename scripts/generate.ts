import { writeFileSync } from 'node:fs';
import { generateNginxTable } from './generate-nginx-table';
import { gunicornTable } from './gunicorn-table';
import { probeSource } from './probe-source';
import { uwsgiTable } from './uwsgi-table';

for (const file of [generateNginxTable(), uwsgiTable(), gunicornTable(), probeSource()]) {
  writeFileSync(file.path, file.text);
  process.stdout.write(`wrote ${file.path}\n`);
}

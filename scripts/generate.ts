import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { coveragePage } from './coverage/page';
import { EXAMPLES, exampleFiles } from './example-files';
import { generateNginxTable } from './generate-nginx-table';
import { gunicornTable } from './gunicorn-table';
import { probeSource } from './probe-source';
import { propTable } from './prop-table';
import { uwsgiTable } from './uwsgi-table';

for (const name of Object.keys(EXAMPLES))
  rmSync(`examples/${name}/rendered`, { recursive: true, force: true });
const examples = Object.entries(EXAMPLES).flatMap(([name, build]) => exampleFiles(name, build()));
const tables = [generateNginxTable(), uwsgiTable(), gunicornTable(), probeSource(), propTable()];
for (const file of [...tables, coveragePage(), ...examples]) {
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.text);
  process.stdout.write(`wrote ${file.path}\n`);
}

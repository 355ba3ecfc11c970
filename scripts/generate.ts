import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { coveragePage } from './coverage/page';
import { EXAMPLES, exampleFiles } from './example-files';
import { generateNginxTable } from './generate-nginx-table';
import { gunicornTable } from './gunicorn-table';
import { probeSource } from './probe-source';
import { propTable } from './prop-table';
import type { TableFile } from './table-file';
import { uwsgiTable } from './uwsgi-table';

function write(files: readonly TableFile[]): void {
  for (const file of files) {
    mkdirSync(dirname(file.path), { recursive: true });
    writeFileSync(file.path, file.text);
    process.stdout.write(`wrote ${file.path}\n`);
  }
}

// First what the examples are made with: where that has changed so much that they cannot be made, a second run makes them.
write([generateNginxTable(), uwsgiTable(), gunicornTable(), probeSource(), propTable()]);
for (const name of Object.keys(EXAMPLES))
  rmSync(`examples/${name}/rendered`, { recursive: true, force: true });
const examples = Object.entries(EXAMPLES).flatMap(([name, build]) => exampleFiles(name, build()));
write([coveragePage(), ...examples]);

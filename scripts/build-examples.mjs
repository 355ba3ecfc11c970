// Examples are compiled next to the library, which they import by its own name, as a user's code would.
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

const entryPoints = readdirSync('examples').map((name) => `examples/${name}/main.ts`);
await build({
  entryPoints,
  outdir: 'dist/examples',
  outbase: 'examples',
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  logLevel: 'warning',
});

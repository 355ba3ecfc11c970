// Examples and benchmarks are compiled next to the library, which they import by its own name, as a user's code would.
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

const shared = {
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  logLevel: 'warning',
};
await build({
  ...shared,
  entryPoints: readdirSync('examples').map((name) => `examples/${name}/main.ts`),
  outdir: 'dist/examples',
  outbase: 'examples',
});
await build({ ...shared, entryPoints: ['bench/synth.ts'], outdir: 'dist/bench', bundle: true });

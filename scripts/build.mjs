// Builds the library with jsii, every warning an error, and compiles examples and benchmarks next to it: they import it by
// its own name, as a user's code would.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { EXAMPLES } from './example.mjs';

// jsii warns for ten lines on releases of Node that its makers no longer support; the library does.
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= process.versions.node.split('.')[0];
const jsii = spawnSync('npx', ['jsii', '--fail-on-warnings'], { stdio: 'inherit' });
if (jsii.status !== 0) process.exit(jsii.status ?? 1);

const shared = { platform: 'node', format: 'cjs', packages: 'external', logLevel: 'warning' };
await build({
  ...shared,
  entryPoints: EXAMPLES.map((name) => `examples/${name}/main.ts`),
  outdir: 'dist/examples',
  outbase: 'examples',
});
await build({ ...shared, entryPoints: ['bench/synth.ts'], outdir: 'dist/bench', bundle: true });

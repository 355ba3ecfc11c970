// Builds the library, synthesizes the first example with the cdktf CLI and shows what came out.
import { spawnSync } from 'node:child_process';

const quiet = { CHECKPOINT_DISABLE: '1', CI: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

function run(title, command, args) {
  process.stdout.write(`${title}\n`);
  const result = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...quiet } });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}\n${title} failed\n`);
    process.exit(1);
  }
}

run('building the library (npm run build)', 'npm', ['run', '--silent', 'build']);
run('synthesizing examples/hand-written (cdktf synth)', 'npx', ['cdktf', 'synth']);
const shown = spawnSync('node', ['dist/cli/main.js', 'show', 'cdktf.out/stacks/hand-written'], {
  stdio: 'inherit',
});
process.exit(shown.status ?? 1);

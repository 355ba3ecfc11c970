// Builds the library, synthesizes an example with the cdktf CLI and shows what came out.
import { spawnSync } from 'node:child_process';
import { chosenExample, step } from './example.mjs';

const { name, app } = chosenExample();
step('building the library (npm run build)', 'npm', ['run', '--silent', 'build']);
step(`synthesizing examples/${name} (cdktf synth)`, 'npx', ['cdktf', 'synth', '--app', app]);
const next = process.argv[2] === undefined ? 'npm run deploy' : `npm run deploy -- ${name}`;
process.stdout.write('\n');
const args = [
  'dist/cli/main.js',
  'show',
  `cdktf.out/stacks/${name}`,
  '--next',
  `${next}   (needs Docker and Terraform)`,
];
process.exit(spawnSync('node', args, { stdio: 'inherit' }).status ?? 1);

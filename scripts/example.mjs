// What the demo, deploy and destroy commands share: which example, and how a step is run and told.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** Names of the examples: the folders with a program. */
export const EXAMPLES = readdirSync('examples').filter((name) => existsSync(`examples/${name}/main.ts`));

const quiet = { CHECKPOINT_DISABLE: '1', CI: '1' };

/** The example named on the command line, the first one by default, and what stands behind it: arguments for cdktf. */
export function chosenExample() {
  const given = process.argv.slice(2);
  const named = given[0] !== undefined && !given[0].startsWith('-');
  const name = named ? given[0] : 'hand-written';
  if (!EXAMPLES.includes(name)) {
    fail(`there is no example ${name}: there are ${EXAMPLES.join(', ')}`);
  }
  return { name, app: `node dist/examples/${name}/main.js`, further: given.slice(named ? 1 : 0) };
}

/** Runs a step; its output is shown only when it fails, unless somebody wants to watch it. */
export function step(title, command, args, { watched = false } = {}) {
  process.stdout.write(`${title}\n`);
  const stdio = watched ? 'inherit' : 'pipe';
  const result = spawnSync(command, args, { encoding: 'utf8', stdio, env: { ...process.env, ...quiet } });
  if (result.error !== undefined) fail(`${title} failed: ${result.error.message}`);
  if (result.status !== 0) fail(`${result.stdout ?? ''}${result.stderr ?? ''}\n${title} failed`);
}

/** Says which program is missing, before anything is done without it. */
export function need(command, args, what) {
  if (spawnSync(command, args, { stdio: 'ignore' }).status !== 0)
    fail(`${what} is needed: '${command} ${args.join(' ')}' fails`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

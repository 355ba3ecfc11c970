import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Size } from 'cdktf-wsgi';
import { failure } from './deployment';
import type { Change } from './site';
import { docker, running } from './docker';
import { Rollouts } from './rollouts';

const PORT = 8360;

let site: Rollouts;
let version = 1;

beforeAll(async () => {
  site = await Rollouts.start('interrupts', PORT);
  const { code, output } = await site.apply();
  if (code !== 0) throw new Error(failure({ code, output }));
});

afterAll(() => site.end());

/** Another version of everything: applications, configuration, and the nginx container. */
function everything(): Change {
  version++;
  const environment = { VERSION: String(version) };
  return {
    shop: { environment },
    api: { environment },
    web: { charset: version % 2 === 0 ? 'utf-8' : 'ascii', memory: Size.mebibytes(100 + version) },
  };
}

/** What Terraform says when it has come so far. */
const POINTS: readonly (readonly [string, RegExp])[] = [
  ['before anything was made', /Plan: /],
  ['while applications are made', /shop-0\w*: Creating/],
  ['while nginx is made', /web-nginx\w*: Creating/],
  ['while the configuration is reloaded', /web-reloader\w*: Creating/],
  ['while the old are removed', /\(deposed object \w+\): Destroying/],
];

describe.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])('16: %s of Terraform', (signal) => {
  test.each(POINTS)('%s: the old version serves on, and the next apply converges', async (point, seen) => {
    const change = everything();
    const interrupted = await site.during(`16: ${signal} ${point}`, () =>
      interruptedApply(change, signal, seen),
    );
    expect(interrupted.output).toMatch(seen);
    expect([interrupted.code === 0, interrupted.lost]).toEqual([false, []]);
    const next = await site.under(`16: the apply after ${signal} ${point}`, change);
    expect(failure(next)).toBe('');
    expect(next.lost).toEqual([]);
    expect(await site.deployment.planIsEmpty()).toBe(true);
    expect(await (await fetch(`http://127.0.0.1:${String(PORT)}/`)).text()).toBe(String(version));
  });
});

test('16: what SIGKILL left behind is found as the guide says, and removed without a loss', async () => {
  const { code, lost } = await site.during('16: the orphans of killed applies removed', () => {
    const found = orphans();
    expect(found.length).toBeGreaterThan(0);
    docker('rm', '-f', '-v', ...found);
    return Promise.resolve({ code: 0, output: '' });
  });
  expect([code, lost]).toEqual([0, []]);
  expect(orphans()).toEqual([]);
  expect(running('interrupts').length).toBe(4);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('16: killed while the old are removed, then pruned: what Terraform had still to remove is gone, and the next apply converges', async () => {
  const change = everything();
  const [point, seen] = POINTS[POINTS.length - 1] ?? ['', /^/];
  const { lost } = await site.during(`16: SIGKILL ${point}, and a prune`, async () => {
    const killed = await interruptedApply(change, 'SIGKILL', seen, 0);
    docker('container', 'prune', '-f', '--filter', 'label=cdktf-wsgi.stack=interrupts');
    return killed;
  });
  expect(lost).toEqual([]);
  const next = await site.under('16: the apply after that', change);
  expect([failure(next), next.lost]).toEqual(['', []]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

/** Applies until Terraform says something, and a little longer: by then the engine is at work on it. */
async function interruptedApply(
  change: Change,
  signal: NodeJS.Signals,
  seen: RegExp,
  afterMilliseconds = 500,
): Promise<{ code: number; output: string }> {
  site.synthesize(change);
  const child = site.deployment.startTerraform('apply', '-auto-approve', '-input=false');
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const before = seen.test(output);
    output += chunk.toString();
    if (!before && seen.test(output)) setTimeout(() => child.kill(signal), afterMilliseconds);
  });
  return site.deployment.run(child, `apply-${signal}`);
}

/** What the command of the guide prints, run as it stands there but for the name of the stack and where that lies. */
function orphans(): string[] {
  const guide = readFileSync('docs/deploying.md', 'utf8');
  const command = /```sh\n(stack=shop\n[^`]+)```/.exec(guide)?.[1] ?? 'exit 1';
  const here = command
    .replace('stack=shop', 'stack=interrupts')
    .replace('-chdir=cdktf.out/stacks/$stack', `-chdir=${site.deployment.folder}`);
  return execFileSync('bash', ['-c', `set -o pipefail\n${here}`], { encoding: 'utf8' })
    .split('\n')
    .filter((id) => id !== '');
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Size } from 'cdktf-wsgi';
import { failure } from './deployment';
import type { Run } from './deployment';
import { docker, dockerLines } from './docker';
import { listen } from './events';
import { once } from './load';
import { Rollouts } from './rollouts';
import type { Change } from './site';

const PORT = 8360;

let site: Rollouts;
let version = 1;

beforeAll(async () => {
  site = await Rollouts.start('interrupts', PORT);
  await site.applied();
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

/** What there is when an apply is interrupted. */
interface Moment {
  /** Containers that the apply has made, each as `part state`: starting, healthy, running without a probe, or ended. */
  readonly made: readonly string[];
  /** Parts of which a container that was there before still runs: the one that serves, and what killed applies have left. */
  readonly kept: readonly string[];
}

/** Where an apply is interrupted. */
interface Point {
  /** What Terraform says then, or what the engine tells of a container of a part that the apply makes, or removes. */
  readonly when: RegExp | { readonly status: 'start' | 'kill'; readonly part: string };
  /** What has to be there at that moment, so that it is this point and no other. */
  readonly expected: (moment: Moment) => void;
}

const SERVING = ['api-0', 'shop-0', 'web-gate', 'web-nginx'];
const partsOf = (moment: Moment): string[] => moment.made.map((each) => each.split(' ')[0] ?? '');

const POINTS: Readonly<Record<string, Point>> = {
  'while it plans': {
    when: /Refreshing state/,
    expected: (moment) => {
      expect(moment).toEqual({ made: [], kept: SERVING });
    },
  },
  'while applications are made': {
    when: { status: 'start', part: 'shop-0' },
    expected: (moment) => {
      expect(moment.made).toContain('shop-0 starting');
      expect(partsOf(moment)).not.toContain('web-nginx');
      expect(moment.kept).toEqual(SERVING);
    },
  },
  'while nginx is made': {
    when: { status: 'start', part: 'web-nginx' },
    expected: (moment) => {
      expect(moment.made).toEqual(
        expect.arrayContaining(['api-0 healthy', 'shop-0 healthy', 'web-nginx starting']),
      );
      expect(partsOf(moment)).not.toContain('web-reloader');
      expect(moment.kept).toEqual(SERVING);
    },
  },
  'while the configuration is reloaded': {
    when: { status: 'start', part: 'web-reloader' },
    expected: (moment) => {
      expect(moment.made).toEqual(expect.arrayContaining(['web-nginx healthy']));
      expect(partsOf(moment)).toContain('web-reloader');
      expect(moment.kept).toEqual(SERVING);
    },
  },
  'while the old are removed': {
    when: { status: 'kill', part: 'shop-0' },
    expected: (moment) => {
      expect(moment.made).toEqual(
        expect.arrayContaining(['api-0 healthy', 'shop-0 healthy', 'web-nginx healthy']),
      );
      expect(moment.kept).toContain('shop-0');
    },
  },
};

describe.each<'SIGINT' | 'SIGKILL'>(['SIGINT', 'SIGKILL'])('16: %s of Terraform', (signal) => {
  test.each(Object.entries(POINTS))(
    '%s: the old version serves on, and the next apply converges',
    async (title, point) => {
      const [before, change] = [version, everything()];
      const { interrupted, moment } = await interruptedApply(`16: ${signal} ${title}`, change, signal, point);
      point.expected(moment);
      expect(interrupted.lost).toEqual([]);
      expect(endOf(interrupted)).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 'halted');
      const versions = (await answers()).filter((body) => body !== String(before));
      expect(versions.filter((body) => body !== String(version))).toEqual([]);
      const next = await site.under(`16: the apply after ${signal} ${title}`, change);
      expect([failure(next), next.lost]).toEqual(['', []]);
      expect(await site.deployment.planIsEmpty()).toBe(true);
      expect(await answers()).toEqual([String(version), String(version)]);
    },
  );
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
  expect(site.running()).toHaveLength(SERVING.length);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('16: killed while the old are removed, then pruned: what Terraform had still to remove is gone, and the next apply converges', async () => {
  const change = everything();
  const point = POINTS['while the old are removed'];
  if (point === undefined) throw new Error('the point has another name');
  const { interrupted } = await interruptedApply('16: SIGKILL, and a prune', change, 'SIGKILL', point, () => {
    docker('container', 'prune', '-f', '--filter', `label=cdktf-wsgi.stack=${site.stack}`);
  });
  expect([interrupted.signal, interrupted.lost]).toEqual(['SIGKILL', []]);
  const next = await site.under('16: the apply after that', change);
  expect([failure(next), next.lost]).toEqual(['', []]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
});

test('16: killed while it wrote its state: with the one before that put back, the next apply converges', async () => {
  const change = everything();
  const point = POINTS['while the old are removed'];
  if (point === undefined) throw new Error('the point has another name');
  const { interrupted } = await interruptedApply(
    '16: SIGKILL, and no state',
    change,
    'SIGKILL',
    point,
    () => {
      site.deployment.emptyState();
    },
  );
  expect([interrupted.signal, interrupted.lost]).toEqual(['SIGKILL', []]);
  const next = await site.under('16: the apply after the state was put back', change);
  expect([failure(next), next.lost]).toEqual(['', []]);
  expect(await site.deployment.planIsEmpty()).toBe(true);
  const left = orphans();
  expect(left.length).toBeGreaterThan(0);
  docker('rm', '-f', '-v', ...left);
  expect(await answers()).toEqual([String(version), String(version)]);
});

const answers = async (): Promise<string[]> =>
  (await Promise.all(['/', '/api/'].map((path) => once(PORT, path)))).map(({ body }) => body);

/** How an apply has ended; one that is interrupted says so, and fails with whatever it could not finish. */
function endOf({ code, output, signal }: Run): string {
  if (signal !== undefined) return signal;
  return code === 1 && output.includes('Interrupt received') ? 'halted' : `code ${String(code)}`;
}

/** Applies under load, and sends Terraform a signal at the very moment that is wanted. */
async function interruptedApply(
  title: string,
  change: Change,
  signal: NodeJS.Signals,
  { when }: Point,
  then: () => void = () => undefined,
): Promise<{ readonly interrupted: Awaited<ReturnType<Rollouts['during']>>; readonly moment: Moment }> {
  const before = containers();
  const stopping = new Set<string>();
  let moment: Moment | undefined;
  const interrupted = await site.during(title, async () => {
    site.synthesize(change);
    const child = site.deployment.startTerraform('apply', '-auto-approve', '-input=false');
    const interrupt = (): void => {
      if (moment !== undefined) return;
      child.kill(signal);
      moment = momentAfter(before);
    };
    const events = listen(site.stack, ({ status, id, name }) => {
      if (status === 'kill') stopping.add(id);
      if (status === 'destroy') stopping.delete(id);
      if (when instanceof RegExp || status !== when.status) return;
      if (site.partOf(name) === when.part) interrupt();
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (when instanceof RegExp && when.test(output)) interrupt();
    });
    const run = await site.deployment.run(child, `apply-${signal}`);
    then();
    if (signal === 'SIGKILL') await ended(stopping);
    events.stop();
    if (site.deployment.restoreState()) process.stdout.write(`${title}: Terraform was writing its state\n`);
    return run;
  });
  if (moment === undefined)
    throw new Error('the apply never came to the point at which it was to be interrupted');
  return { interrupted, moment };
}

/**
 * A provider outlives the Terraform that was killed, and goes on with what it has begun. An apply in the very moment in which it removes a
 * container would be told so, and fail; whoever kills Terraform by hand needs longer than that for the next one.
 */
async function ended(stopping: ReadonlySet<string>): Promise<void> {
  for (let tries = 0; stopping.size > 0 && tries < 400; tries++)
    await new Promise((done) => setTimeout(done, 100));
}

/** The containers of the stack by their ids, each as `part state`. */
function containers(): ReadonlyMap<string, string> {
  const label = `label=cdktf-wsgi.stack=${site.stack}`;
  const format = '{{.ID}} {{.Names}} {{.Status}}';
  const lines = dockerLines('ps', '-a', '--no-trunc', '--filter', label, '--format', format);
  return new Map(
    lines.map((line) => {
      const [id = '', name = '', ...status] = line.split(' ');
      return [id, `${site.partOf(name)} ${stateOf(status.join(' '))}`];
    }),
  );
}

function stateOf(status: string): string {
  if (!status.startsWith('Up')) return 'ended';
  return /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] ?? 'running';
}

function momentAfter(before: ReadonlyMap<string, string>): Moment {
  const now = containers();
  const made = [...now].flatMap(([id, each]) => (before.has(id) ? [] : [each]));
  const kept = [...now].flatMap(([id, each]) => (before.has(id) && !each.endsWith(' ended') ? [each] : []));
  return { made: made.sort(), kept: [...new Set(kept.map((each) => each.split(' ')[0] ?? ''))].sort() };
}

/** What the command of the guide prints, run as it stands there but for the name of the stack and where that lies. */
function orphans(): string[] {
  const guide = readFileSync('docs/deploying.md', 'utf8');
  const command = /```sh\n(stack=shop\n[^`]+)```/.exec(guide)?.[1] ?? 'exit 1';
  const here = command
    .replace('stack=shop', `stack=${site.stack}`)
    .replace('-chdir=cdktf.out/stacks/$stack', `-chdir=${site.deployment.folder}`);
  return execFileSync('bash', ['-c', `set -o pipefail\n${here}`], { encoding: 'utf8' })
    .split('\n')
    .filter((id) => id !== '');
}

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Deployment, failure } from './deployment';
import type { Run } from './deployment';
import { leftOf, running } from './docker';
import { once, servesAgain, startLoadOn } from './load';
import type { Route } from './load';
import { testName } from './names';
import { makePythonBase } from './python-base';
import { report } from './report';

/** What is asked of an example: of a route through nginx nothing may be lost. */
interface Asked {
  readonly nginx: readonly Route[];
  readonly direct: readonly Route[];
  /** Files of its applications, each of which says hello. */
  readonly code: readonly string[];
}

const HAND_WRITTEN = ['hand-written/p_test/p.py', 'hand-written/g_test/g.py'];

const ASKED: Readonly<Record<string, Asked>> = {
  'hand-written': {
    nginx: [
      { port: 8000, path: '/' },
      { port: 8000, path: '/static/site.css' },
    ],
    direct: [{ port: 5000, path: '/api/' }],
    code: HAND_WRITTEN,
  },
  'many-domains': {
    nginx: [
      { port: 80, path: '/', host: 'shop.example.com' },
      { port: 80, path: '/api/', host: 'shop.example.com' },
      { port: 80, path: '/static/site.css', host: 'shop.example.com' },
      { port: 80, path: '/api/', host: 'reports.example.com' },
      { port: 80, path: '/any/page', host: 'docs.example.com' },
    ],
    direct: [],
    code: HAND_WRITTEN,
  },
  direct: {
    nginx: [],
    direct: [
      { port: 5000, path: '/api/' },
      { port: 9090, path: '/' },
    ],
    code: ['direct/api/api.py', 'direct/old/old.py'],
  },
};

beforeAll(makePythonBase);

describe.each(Object.entries(ASKED))('%s, by cdktf deploy', (name, { nginx, direct, code: files }) => {
  const stack = testName(`example-${name}`);
  const checkout = mkdtempSync(join(tmpdir(), 'example-'));
  let deployment: Deployment;

  beforeAll(async () => {
    cpSync('examples', join(checkout, 'examples'), { recursive: true });
    cpSync('cdktf.json', join(checkout, 'cdktf.json'));
    deployment = await Deployment.start(stack, join(checkout, 'cdktf.out'));
  });

  afterAll(async () => {
    expect(failure(await cdktf('destroy'))).toBe('');
    deployment.stop();
    expect(leftOf(stack)).toEqual([]);
  });

  /** The CLI as `npm run deploy` calls it; without a registry, Terraform cannot lock a provider for every platform. */
  function cdktf(command: 'deploy' | 'destroy', environment: NodeJS.ProcessEnv = {}): Promise<Run> {
    const app = [
      resolve('node_modules/.bin/tsx'),
      ...['--tsconfig', resolve('tsconfig.json')],
      ...[resolve('test/engine/example-app.ts'), name, stack],
    ];
    const args = [command, stack, '--auto-approve', '--skip-provider-lock', '--app', app.join(' ')];
    const options = { cwd: checkout, environment: { CI: '1', ...environment } };
    return deployment.command(resolve('node_modules/.bin/cdktf'), args, options);
  }

  /** Deploys under load; requests to applications that are published directly are counted apart. */
  async function under(title: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
    deployment.begin(title);
    const loads = [startLoadOn(nginx), startLoadOn(direct)];
    const start = Date.now();
    const run = await cdktf('deploy', environment);
    const seconds = (Date.now() - start) / 1000;
    const [front, published] = await Promise.all(loads.map((load) => load.stop()));
    for (const [what, tally] of [
      ['', front],
      [', published directly', published],
    ] as const) {
      if (tally === undefined || tally.requests === 0) continue;
      const { requests, lost, gap } = tally;
      report({ title: `${title}${what}`, code: run.code, seconds, requests, lost: lost.length, gap });
    }
    expect(failure(run)).toBe('');
    return [...(front?.lost ?? [])];
  }

  test('1: serves, and the second plan is empty', async () => {
    deployment.begin('1: first cdktf deploy');
    expect(failure(await cdktf('deploy'))).toBe('');
    await servesAgain([...nginx, ...direct], 10);
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  test('2: new application code takes over', async () => {
    for (const file of files) {
      const path = join(checkout, 'examples', file);
      writeFileSync(path, readFileSync(path, 'utf8').replace('hello from', 'hello again from'));
    }
    expect(await under(`2: ${name}, new code`)).toEqual([]);
    const pages = [...nginx, ...direct].filter(({ path }) => path === '/' || path === '/api/');
    for (const { port, path, host } of pages) {
      expect((await once(port, path, host)).body).toMatch(/^hello again from/);
    }
    expect(await deployment.planIsEmpty()).toBe(true);
  });

  if (nginx.length > 0) {
    test('3: another nginx configuration is what serves, in the same containers', async () => {
      const before = running(stack);
      expect(
        await under(`3: ${name}, another configuration`, { DIRECTIVE: 'reset_timedout_connection' }),
      ).toEqual([]);
      expect(running(stack)).toEqual(before);
      expect(await deployment.planIsEmpty()).toBe(true);
    });
  }
});

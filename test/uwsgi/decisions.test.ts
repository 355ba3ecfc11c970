import { UWSGI_DECISIONS, uwsgiDecision } from '../../lib/topology/uwsgi-decisions';
import { UWSGI_OPTION_TABLE } from '../../lib/constructs/uwsgi/settings';
import { OPTIONS } from '../../lib/uwsgi/option-table';
import { uwsgiCoverage } from '../../scripts/coverage/uwsgi';
import { SAMPLES } from '../helpers/uwsgi-samples';
import type { Sample } from '../helpers/uwsgi-samples';

const production = Object.keys(OPTIONS).filter((name) => OPTIONS[name]?.production === true);
const propOf = (name: string): string | undefined => {
  const decision = UWSGI_DECISIONS[name];
  return decision?.by === 'prop' ? decision.prop : undefined;
};

/** Props of every application, and those that say which uWSGI it is. */
const SHARED = ['module', 'chdir', 'socketMode', 'protocol'];

test('every option of production is decided, and what is decided is an option', () => {
  expect(production).toHaveLength(153);
  expect(production.filter((name) => uwsgiDecision(name) === undefined)).toEqual([]);
  expect(Object.keys(UWSGI_DECISIONS).filter((name) => !Object.hasOwn(OPTIONS, name))).toEqual([]);
});

test('a prop that is named exists, and every prop is named', () => {
  const named = new Set(Object.keys(UWSGI_DECISIONS).flatMap((name) => propOf(name) ?? []));
  const props = Object.keys(UWSGI_OPTION_TABLE);
  expect([...named].filter((prop) => !props.includes(prop) && !SHARED.includes(prop))).toEqual([]);
  expect(props.filter((prop) => !named.has(prop))).toEqual([]);
});

test('what a prop writes is what is decided to be its own', () => {
  for (const [prop, { lines, brings = [] }] of Object.entries<Sample<unknown>>(SAMPLES)) {
    const written = [...lines, ...brings].map((line) => line.slice(0, line.indexOf(' = ')));
    const foreign = written.filter((name) => name !== 'need-plugin' && propOf(name) !== prop);
    expect([prop, foreign]).toEqual([prop, IMPLIED[prop] ?? []]);
  }
});

/** Lines that a prop brings along, which another prop writes as well. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  bufferSize: ['max-vars'],
  cheaperRssLimitSoft: ['memory-report'],
  harakiri: ['worker-reload-mercy'],
  harakiriGracefulTimeout: ['worker-reload-mercy'],
  maxRequests: ['max-requests-delta'],
  maxWorkerLifetime: ['max-worker-lifetime-delta'],
  mountApps: ['manage-script-name'],
  gevent: ['gevent-monkey-patch'],
  asyncio: ['greenlet'],
  mule: ['mule-reload-mercy'],
  mules: ['mule-reload-mercy'],
};

test('another name of an option has its decision', () => {
  expect(uwsgiDecision('workers')).toEqual({ by: 'prop', prop: 'processes' });
  expect(uwsgiDecision('wsgi')).toEqual({ by: 'prop', prop: 'module' });
  expect(uwsgiDecision('signal-timer')).toEqual({ by: 'prop', prop: 'timer' });
});

test('whatever is settled or refused says why, and what to do instead', () => {
  for (const decision of Object.values(UWSGI_DECISIONS)) {
    if (decision.by === 'settled' || decision.by === 'refused') {
      expect(decision.why).toMatch(/\w{3}/);
      expect(decision.fix).toMatch(/^(?:use|leave|add) /);
    }
  }
});

test('the coverage counts them against the table', () => {
  const text = uwsgiCoverage();
  expect(text).toContain('Options that production uses: 153 of 153 decided (');
  expect(text).toContain(`The other ${String(1261 - 153)} options of uWSGI are reached through`);
  expect(text).toContain('| `max-vars` | buffers and limits | prop | `maxVars` |  |');
  expect(text.match(/^\| `/gm)).toHaveLength(Object.keys(UWSGI_DECISIONS).length);
});

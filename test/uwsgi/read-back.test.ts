import type { UwsgiAppProps } from 'cdktf-wsgi';
import { parseUwsgi } from '../../lib/uwsgi/parse';
import { ask } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { RELEASES, rendered, withRelease } from '../helpers/real-uwsgi';
import type { Release, Running } from '../helpers/real-uwsgi';
import { SAMPLES } from '../helpers/uwsgi-samples';
import type { OptionProps, Sample } from '../helpers/uwsgi-samples';

type Prop = keyof OptionProps;

/** Says what options it runs with; uWSGI keeps the last line of each. */
const TELLING = [
  'import json, uwsgi',
  'def text(value):',
  "    return value.decode('latin-1') if isinstance(value, bytes) else value",
  'def app(environ, start_response):',
  "    start_response('200 OK', [])",
  '    return [json.dumps({text(k): text(v) for k, v in uwsgi.opt.items()}).encode()]',
  '',
].join('\n');

const FILES = {
  'p.py': TELLING,
  'other.py': TELLING.replaceAll('def app', 'def second'),
  'mule.py': 'import time\nwhile True:\n    time.sleep(1)\n',
};

const LOOP = 'a worker has one loop';
const LOG = 'the listing is read from the log, which it changes or takes away';
const PUBLISHED = 'it is published, and the others are not';

/** Those that cannot stand beside the others, each with the reason, in a file of its own. */
const REASONS: Partial<Record<Prop, string>> = {
  strict: 'without it an option that the release lacks would pass',
  enableThreads: 'others, such as pyTracebacker, run in a thread of Python',
  threads: 'recycling stands among the others, which loses requests with it before 2.0.27',
  gevent: LOOP,
  geventMonkeyPatch: LOOP,
  geventEarlyMonkeyPatch: LOOP,
  asyncio: LOOP,
  soKeepalive: 'it needs a socket of TCP',
  logger: LOG,
  reqLogger: LOG,
  logEncoder: LOG,
  logDate: LOG,
  threadedLogger: LOG,
  logMaster: LOG,
  staticMaps: 'its sample is another than what others have beside them',
  fileServeMode: PUBLISHED,
  manageScriptName: 'mountApps brings the other value',
  muleReloadMercy: 'mules bring another value',
  workerReloadMercy: 'harakiri brings another value',
  http: PUBLISHED,
  httpTimeout: PUBLISHED,
  httpKeepalive: PUBLISHED,
  httpAutoChunked: PUBLISHED,
  httpWebsockets: PUBLISHED,
};
const ALONE: ReadonlySet<string> = new Set(Object.keys(REASONS));

const ALL = Object.keys(SAMPLES) as Prop[];

describe.each(RELEASES)('uWSGI $version', (release) => {
  describeWith([release.program], `of ${release.flavour} plugins`, () => {
    const possible = ALL.filter((prop) => isPossible(prop, release));
    const together = possible.filter((prop) => !ALONE.has(prop));

    test(`starts with ${String(together.length)} props at once, and runs with what was asked`, async () => {
      await readBack(release, together);
    });

    test.each(possible.filter((prop) => ALONE.has(prop)))('runs with what %s asked', async (prop) => {
      await readBack(release, [prop]);
    });

    // A server for each prop takes its time: the newest release stands for all.
    if (release === RELEASES.at(-1)) {
      test('starts with each of those props alone, and what it does not work without', async () => {
        expect(await failuresAlone(release, together)).toEqual([]);
      }, 120_000);
    }

    test('every other prop is refused, since this uWSGI does not have it', () => {
      const rest = ALL.filter((prop) => !possible.includes(prop));
      for (const prop of rest) {
        expect(() => rendered(propsOf([prop]), release)).toThrow(/needs uWSGI|needs the plugin/);
      }
      expect(rest.sort()).toEqual(EXPECTED_REST[release.version]);
    });
  });
});

/** What a release has not, by heart: an option that came later, or a plugin that the build lacks. */
const EXPECTED_REST: Readonly<Record<string, readonly string[]>> = {
  '2.0.21': [
    'harakiriGracefulSignal',
    'harakiriGracefulTimeout',
    'harakiriQueueThreshold',
    'maxRequestsDelta',
  ],
  '2.0.28': ['asyncio', 'maxRequestsDelta', 'statsPush'],
  '2.0.31': ['asyncio', 'statsPush'],
};

function isPossible(prop: Prop, release: Release): boolean {
  try {
    rendered(propsOf([prop]), release);
    return true;
  } catch {
    return false;
  }
}

/** The samples of some props, with what they do not work without. */
function propsOf(props: readonly Prop[]): Partial<UwsgiAppProps> {
  const samples = props.map((prop): [Prop, Sample<unknown>] => [prop, SAMPLES[prop]]);
  const besides = samples.map(([, { beside }]) => beside ?? {});
  const values = samples.map(([prop, { value }]) => ({ [prop]: value }));
  return Object.assign({}, ...besides, ...values) as Partial<UwsgiAppProps>;
}

/** Servers that run at a time: they mostly wait. */
const AT_A_TIME = 8;

/** The props whose server does not start, each with what it said: beside the others one may have what it lacks alone. */
async function failuresAlone(release: Release, props: readonly Prop[]): Promise<string[]> {
  const failures: string[] = [];
  const waiting = [...props];
  const startOneAfterTheOther = async (): Promise<void> => {
    for (let prop = waiting.shift(); prop !== undefined; prop = waiting.shift()) {
      try {
        await withRelease(release, propsOf([prop]), FILES, () => Promise.resolve());
      } catch (error) {
        failures.push(`${prop}: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, startOneAfterTheOther));
  return failures;
}

async function readBack(release: Release, props: readonly Prop[]): Promise<void> {
  const over = propsOf(props);
  const asked = rendered(over, release).split('\n');
  for (const prop of props) {
    for (const line of SAMPLES[prop].lines.filter((each) => !each.startsWith('need-plugin'))) {
      expect(asked).toContain(line);
    }
  }
  await withRelease(release, over, FILES, async (running) => {
    const lines = asText(running);
    const seen = await optionsSeen(running);
    // What the sample of logEncoder asks for makes JSON of the listing too.
    const listed = running.said().replaceAll('\\"', '"');
    expect(lines.filter(([name, value]) => !listed.includes(`${name} = ${value}`))).toEqual([]);
    expect(Object.fromEntries(lines.map(([name]) => [name, seen[name]]))).toEqual(Object.fromEntries(lines));
  });
}

/** The lines of the file as uWSGI has to understand them; what is read at once, while the file is parsed, is among them. */
function asText({ ini }: Running): [string, string][] {
  return parseUwsgi(ini).flatMap(({ name, value }): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
}

async function optionsSeen({ at }: Running): Promise<Record<string, string>> {
  const answer = await ask({ ...at, path: '/' });
  return JSON.parse(answer.body.toString()) as Record<string, string>;
}

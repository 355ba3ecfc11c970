import { readFileSync } from 'node:fs';
import type { TerraformStack } from 'cdktf';
import {
  AppImage,
  DataVolume,
  DockerHost,
  GunicornApp,
  HealthCheck,
  Listener,
  LocationAction,
  LocationMatch,
  Mount,
  NginxFrontend,
  NginxImage,
  StaticMount,
  UwsgiApp,
  UwsgiCache,
  UwsgiCheaperAlgo,
  UwsgiCron,
  UwsgiDaemon,
  Worker,
  WsgiModule,
} from 'cdktf-wsgi';
import { MANUAL_WORDS } from '../../lib/constructs/checked/manual-words';
import { STRUCTS } from '../../lib/constructs/checked/prop-table';
import { propTable } from '../../scripts/prop-table';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

type Props = Record<string, unknown>;

/** What a program is told whose props no compiler has read. */
function told(build: (site: TerraformStack) => unknown): string {
  try {
    siteStack(build);
    return '';
  } catch (error) {
    return String(error);
  }
}

const uwsgi = (props: Props) => told((site) => new UwsgiApp(site, 'x', { ...UWSGI, ...props }));
const gunicorn = (props: Props) => told((site) => new GunicornApp(site, 'x', { ...GUNICORN, ...props }));
const nginx = (props: Props) => told((site) => new NginxFrontend(site, 'x', props));

describe('what is not what a prop takes is told by the prop', () => {
  test.each<[string, string]>([
    [
      uwsgi({ harakiri: 30 }),
      'harakiri is 30, which is no Duration\n  give Duration.milliseconds(…) or Duration.seconds(…) or',
    ],
    [nginx({ clientMaxBodySize: 75 }), 'clientMaxBodySize is 75, which is no Size\n  give Size.bytes(…) or'],
    [
      uwsgi({ image: 'python:3' }),
      'image is "python:3", which is no AppImage\n  give AppImage.registry(…) or AppImage.dockerfile(…) or AppImage.python(…)',
    ],
    [uwsgi({ module: AppImage.registry('a') }), 'module is of class AppImage, which is no WsgiModule'],
    [
      uwsgi({ module: undefined }),
      'module is missing\n  give WsgiModule.file(…) or WsgiModule.dotted(…) or WsgiModule.factory(…)\n  construct: site/x',
    ],
    [uwsgi({ listeners: [undefined] }), 'listeners[0] is undefined, which is no Listener'],
    [uwsgi({ listeners: {} }), 'listeners is {}, which is no list'],
    [uwsgi({ mounts: [null] }), 'mounts[0] is null, which is no Mount'],
    [uwsgi({ processes: '4' }), 'processes is "4", which is no number\n  give 4 without quotes'],
    [uwsgi({ processes: 'four' }), 'processes is "four", which is no number\n  give one'],
    [
      uwsgi({ uid: 'www-data' }),
      'uid is "www-data", which is no number\n  give the number of a user, such as 10001: which name it has is up to each image',
    ],
    [uwsgi({ master: 'yes' }), 'master is "yes", which is no boolean\n  give true or false'],
    [uwsgi({ vacuum: 'false' }), 'vacuum is "false", which is no boolean\n  give false without quotes'],
    [uwsgi({ chdir: 7 }), 'chdir is 7, which is no text'],
    [uwsgi({ staticMaps: { '/s': 1 } }), 'staticMaps: /s is 1, which is no text'],
    [uwsgi({ environment: ['A=1'] }), 'environment is ["A=1"], which is no object'],
    [
      uwsgi({ restart: 'sometimes' }),
      'restart is "sometimes", which is no RestartPolicy\n  give RestartPolicy.UNLESS_STOPPED or',
    ],
    [
      gunicorn({ workerClass: 'gevent' }),
      'workerClass is "gevent", which is no WorkerClass\n  give WorkerClass.',
    ],
    [gunicorn({ workers: 4 }), 'workers is 4, which is no WorkerCount\n  give WorkerCount.of(…) or'],
    [told((site) => new DataVolume(site, 'v', { preventDestroy: 'no' } as object)), 'preventDestroy is "no"'],
    [
      told((site) => new DockerHost(site, 'h', { usernsRemap: { firstUid: '1' } } as object)),
      'usernsRemap.firstUid is "1", which is no number',
    ],
    [told((site) => new StaticMount(site, 's', { path: '/s/' } as never)), 'source is missing'],
    [told((site) => new Worker(site, 'w', { command: ['a'] } as never)), 'like is missing'],
    [told((site) => new UwsgiApp(site, 'x', undefined as never)), 'props is undefined, which is no object'],
    [told((site) => new NginxFrontend(site, 'x').addServer({} as never)), 'serverNames is missing'],
    [
      told((site) => new NginxFrontend(site, 'x').addUpstream('p', { keepalive: '8' } as object)),
      'keepalive is "8", which is no number',
    ],
  ])('%s', (error, message) => {
    expect(error).toContain(`ConfigError: ${message}`);
    expect(error).toContain('construct: site/');
  });
});

/** What a program is told that gives a factory or a method an option which is no option of it, and one that is of another kind. */
test.each<[string, (options: never) => unknown, Props, string]>([
  [
    'Listener.http',
    (options) => Listener.http(80, options),
    { address: 7 },
    'address is 7, which is no text',
  ],
  [
    'HealthCheck.connect',
    (options) => HealthCheck.connect(options),
    { interval: 5 },
    'interval is 5, which is no Duration',
  ],
  ['HealthCheck.http', (options) => HealthCheck.http('/', options), { retries: '3' }, 'retries is "3"'],
  ['Mount.hostPath', (options) => Mount.hostPath('/a', '/b', options), { readOnly: 1 }, 'readOnly is 1'],
  ['AppImage.python', (options) => AppImage.python('.', options), { python: 3.13 }, 'python is 3.13'],
  [
    'AppImage.dockerfile',
    (options) => AppImage.dockerfile('.', options),
    { buildArgs: [] },
    'buildArgs is []',
  ],
  ['NginxImage.of', (options) => NginxImage.of('a', options), { version: 1.29 }, 'version is 1.29'],
  ['UwsgiCache.of', (options) => UwsgiCache.of('a', options), { items: '9' }, 'items is "9"'],
  ['UwsgiCron.of', (options) => UwsgiCron.of('a', options), { hour: '*' }, 'hour is "*", which is no number'],
  [
    'UwsgiDaemon.of',
    (options) => UwsgiDaemon.of('a', options),
    { stopsignal: 'TERM' },
    'stopsignal is "TERM"',
  ],
  [
    'UwsgiCheaperAlgo.busyness',
    (options) => UwsgiCheaperAlgo.busyness(options),
    { max: '50' },
    'max is "50", which is no number',
  ],
])('%s tells the option that is wrong', (call, make, options, message) => {
  const wrong = { ...options, nosuch: 1 } as never;
  expect(told(() => make(wrong))).toContain(`ConfigError: ${call}: ${message}`);
  expect(told(() => make(wrong))).toContain(`\n${call}: there is no prop "nosuch"`);
});

test.each<[string, (web: NginxFrontend) => unknown]>([
  [
    'addBackend("/"): readTimeout is 60',
    (web) => web.addBackend('/', {} as never, { readTimeout: 60 } as never),
  ],
  ['addRedirect("/a"): status is "302"', (web) => web.addRedirect('/a', '/b', { status: '302' } as never)],
  [
    'addLocation: directives[0] is "gzip on"',
    (web) =>
      web.addLocation(LocationMatch.prefix('/'), LocationAction.respond(404), {
        directives: ['gzip on'],
      } as never),
  ],
  [
    'upstream p: weight is "2"',
    (web) => {
      web.addUpstream('p').add({} as never, { weight: '2' } as never);
    },
  ],
])('a method tells the option that is wrong: %s', (message, add) => {
  const error = told((site) => add(new NginxFrontend(site, 'web')));
  expect(error).toContain(`ConfigError: ${message}`);
  expect(error).toContain('construct: site/web');
});

test('a prop that there is not is refused, with the one that was meant', () => {
  expect(uwsgi({ proceses: 4 })).toContain(
    'there is no prop "proceses" in UwsgiAppProps\n  did you mean processes?\n  construct: site/x',
  );
  expect(nginx({ constructor: 1 })).toContain('there is no prop "constructor" in NginxFrontendProps');
  expect(gunicorn({ processes: 4 })).toContain('there is no prop "processes" in GunicornAppProps');
  expect(uwsgi({ proceses: undefined })).toBe('');
});

test('words of the manuals are told by the props that say the same', () => {
  expect(gunicorn({ hooks: {} })).toContain(
    'there is no prop "hooks" in GunicornAppProps\n  did you mean onStarting or whenReady or postFork or workerExit?',
  );
  expect(nginx({ listen: 80 })).toContain('did you mean listeners?');
  for (const [struct, words] of Object.entries(MANUAL_WORDS)) {
    const known = Object.keys(STRUCTS[struct] ?? {});
    expect(known).toEqual(expect.arrayContaining(Object.values(words).flat()));
    expect(known.filter((name) => Object.hasOwn(words, name))).toEqual([]);
  }
});

test('what another copy of the library has made is as good', () => {
  const { Duration } = {
    Duration: class Duration {
      public toSeconds(): number {
        return 30;
      }

      public toMilliseconds(): number {
        return 30_000;
      }
    },
  };
  expect(uwsgi({ harakiri: new Duration() })).toBe('');
});

test('what a bundler has renamed is as good, and another class is not', () => {
  const of = (name: string): object => {
    const made = class {
      public static http(): void {}
    };
    Object.defineProperty(made, 'name', { value: name });
    return new made();
  };
  const web = (listener: object) => nginx({ listeners: [Object.assign(listener, Listener.http(81))] });
  expect(web(of('_Listener'))).toBe('');
  expect(web(of('a'))).toBe('');
  expect(web(of('HealthCheck'))).toContain('listeners[0] is of class HealthCheck, which is no Listener');
});

test('an enum may be given by its value', () => {
  expect(uwsgi({ restart: 'on-failure', module: WsgiModule.dotted('a', 'b') })).toBe('');
});

test('the table of props is what the interfaces say', () => {
  const { path, text } = propTable();
  expect(readFileSync(path, 'utf8')).toBe(text);
});

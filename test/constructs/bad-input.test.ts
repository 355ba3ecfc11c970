import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  Directive,
  Duration,
  FileMode,
  GunicornApp,
  GunicornProtocol,
  Listener,
  NginxFrontend,
  Review,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  StatsdAddress,
  UwsgiApp,
  UwsgiOption,
  WorkerCount,
  WsgiModule,
} from 'cdktf-wsgi';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

const STATSD = StatsdAddress.udp('metrics', 8125);

describe('mistakes are told in the user’s words, with the construct and the fix', () => {
  test.each<[string, (site: TerraformStack) => unknown, string]>([
    [
      'processes 0',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, processes: 0 }),
      'processes 0: uWSGI would accept and never answer\n  give a whole number from 1\n  construct: site/x\n  rule: UWS-PROC-ZERO',
    ],
    [
      'cheaper not below processes',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, processes: 2, cheaper: 2 }),
      'cheaper 2 is not below processes 2',
    ],
    [
      'a buffer that would be clamped',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, bufferSize: Size.bytes(65_536) }),
      'uWSGI would clamp it to 65535',
    ],
    [
      'no master',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, master: false }),
      'nothing would start a dead worker again',
    ],
    [
      'no time to finish',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, gracefulTimeout: Duration.seconds(0) }),
      'gracefulTimeout of 0 lets no request in flight finish',
    ],
    [
      'jitter alone',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, maxRequestsJitter: 3 }),
      'maxRequestsJitter 3 has no effect without maxRequests',
    ],
    [
      'jitter of nothing',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, maxRequests: 0, maxRequestsJitter: 3 }),
      'maxRequestsJitter 3 has no effect without maxRequests, nor with 0',
    ],
    [
      'no workers',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, workers: WorkerCount.of(0) }),
      'gunicorn would listen and never answer',
    ],
    [
      'more workers than there are processes',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, workers: WorkerCount.of(40_000) }),
      'workers 40000 is more than the kernel or gunicorn can count\n  give a whole number up to 32768',
    ],
    [
      'more threads than there are processes',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, threads: 2 ** 31 }),
      'threads 2147483648 is more than',
    ],
    [
      'a backlog beyond the kernel',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, backlog: 2 ** 40 }),
      'backlog 1099511627776 is more than the kernel or gunicorn can count\n  give a whole number up to 65535',
    ],
    [
      'a timeout of ages',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, timeout: Duration.seconds(2 ** 40) }),
      'timeout of 1099511627776 s is longer than nginx, the engine and gunicorn can all wait',
    ],
    [
      'a harakiri of ages',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, harakiri: Duration.days(30_000) }),
      'harakiri of 2592000000 seconds is longer than uWSGI can count\n  give at most Duration.seconds(2147483647)\n  construct: site/x\n  rule: UWS-INT',
    ],
    [
      'too few connections for one request',
      (site) => new NginxFrontend(site, 'x', { workerConnections: 2 }),
      'workerConnections 2 is too few for a single request: each port that is listened on takes one, the master one, and a request two\n  give 4 or more, such as 1024',
    ],
    [
      'more workers than nginx has processes',
      (site) => new NginxFrontend(site, 'x', { workerProcesses: 1000 }),
      'workerProcesses 1000 is more than nginx can run',
    ],
    [
      'a stop without an end',
      (site) => new NginxFrontend(site, 'x', { workerShutdownTimeout: Duration.seconds(0) }),
      'workerShutdownTimeout of 0 is no limit to nginx',
    ],
    [
      'the file of a module',
      () => WsgiModule.dotted('shop.wsgi.py', 'app'),
      'WsgiModule.dotted("shop.wsgi.py", …) is the name of a file, and not of a module\n  give WsgiModule.dotted("shop.wsgi", …), or WsgiModule.file("shop/wsgi.py", …)',
    ],
    [
      'a call instead of a callable',
      () => WsgiModule.dotted('shop', 'create_app()'),
      "\"create_app()\" is not the name of a WSGI callable\n  give WsgiModule.factory(module, 'create_app') for a call without arguments, or a module with the line `app = create_app()`, and 'app' here",
    ],
    [
      'a call instead of a function',
      () => WsgiModule.factory('shop', 'create_app()'),
      'WsgiModule.factory(…, "create_app()") is not the name of a function\n  give a Python name without brackets',
    ],
    [
      'a file with a function',
      () => WsgiModule.factory('shop.py', 'create_app'),
      'WsgiModule.factory("shop.py", …) is the name of a file, and not of a module\n  give WsgiModule.factory("shop", …), or WsgiModule.file("shop.py", …)',
    ],
    [
      'every file of the host',
      () => StaticSource.hostPath('//./'),
      'StaticSource.hostPath: "//./" is every file of the host',
    ],
    [
      'a way out of a directory',
      () => StaticSource.hostPath('/srv/../etc'),
      'StaticSource.hostPath: "/srv/../etc" has a \'..\', and leads elsewhere than it says\n  give the directory of the files',
    ],
    [
      'two mistakes in a variable, and one in another',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, environment: { 'A=B': 'a\0', 'C D': '' } }),
      [
        'environment: "A=B" is not the name of a variable',
        "  use letters, digits, '_', '.' and '-', a letter or '_' first, such as 'LOG_LEVEL'",
        '  construct: site/x',
        'environment: the value of "A=B" holds a NUL, which would end it: "a\\u0000"',
        '  leave the NUL out',
        '  construct: site/x',
        'environment: "C D" is not the name of a variable',
      ].join('\n'),
    ],
    [
      'a protocol that the default release does not speak',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, protocol: GunicornProtocol.UWSGI }),
      'protocol UWSGI spoils answers before gunicorn 27.0.0: one without a length arrives with the sizes of its chunks in it, and asgi workers close the connection\n  run gunicorn 27.0.0 or newer, or leave protocol out\n  construct: site/x\n  rule: XT-PROTO',
    ],
    [
      'a graceful timeout of ages',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, gracefulTimeout: Duration.seconds(2_147_484) }),
      'give at most Duration.seconds(2147483)',
    ],
    [
      'a variable that overrides the file',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, environment: { WEB_CONCURRENCY: '2' } }),
      'would change the server behind its config file\n  use workers',
    ],
    [
      'an option of uWSGI as a variable',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, environment: { UWSGI_PROCESSES: '8' } }),
      'UWSGI_PROCESSES would change the server behind its config file\n  use options',
    ],
    [
      'replicas that publish one port',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, replicas: 2, listeners: [Listener.http(1)] }),
      '2 replicas cannot all publish the same port',
    ],
    [
      'a token in a config file',
      (site) =>
        new GunicornApp(site, 'x', { ...GUNICORN, chdir: new TerraformVariable(site, 'v', {}).stringValue }),
      'chdir is a Terraform token',
    ],
    [
      'an address that is a name',
      () => Listener.http(80, { address: 'localhost' }),
      'address "localhost" is not an IP address',
    ],
    ['a port that is none', () => Transport.tcp(70_000), 'Transport.tcp(70000): 70000 is not a port'],
    [
      'a static path without its slash',
      (site) => new StaticMount(site, 's', { path: '/static', source: StaticSource.hostPath('/x') }),
      'path "/static" is not a URL prefix',
    ],
    [
      'a directory that is not there',
      (site) => new StaticMount(site, 's', { path: '/s/', source: StaticSource.directory('nowhere') }),
      'the directory "nowhere" is not there',
    ],
    [
      'a server name with a port',
      (site) => new NginxFrontend(site, 'w', { serverNames: ['a:80'] }),
      'server name "a:80" would never match',
    ],
  ])('fails on %s', (_, build, message) => {
    expect(() => siteStack(build)).toThrow(message);
  });

  test('fails on the same location and the same name twice', () => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { serverNames: ['a.example.com'] });
      const app = new GunicornApp(site, 'app', GUNICORN);
      web.addBackend('/', app);
      expect(() => web.addBackend('/', app)).toThrow('the location / is there twice');
      expect(() => web.addServer({ serverNames: ['a.example.com'] })).toThrow(
        'server name "a.example.com" is there twice',
      );
    });
  });

  test('fails on a backend of another stack', () => {
    const app = Testing.app();
    const one = new TerraformStack(app, 'one');
    const two = new TerraformStack(app, 'two');
    const web = new NginxFrontend(one, 'web');
    expect(() => web.addBackend('/', new GunicornApp(two, 'app', GUNICORN))).toThrow(
      'two/app lives in stack two, and one/web in one',
    );
  });

  test('what is wrong with the props of one application is told all at once', () => {
    const whatOf = (build: (site: TerraformStack) => unknown): string[] => {
      try {
        siteStack(build);
        return [];
      } catch (error) {
        return String(error)
          .replace('ConfigError: ', '')
          .split('\n')
          .filter((line) => !line.startsWith(' '));
      }
    };
    const typos = { procesess: 2, thread: 2, module: undefined } as unknown as typeof UWSGI;
    expect(whatOf((site) => new UwsgiApp(site, 'x', { ...UWSGI, ...typos }))).toEqual([
      'there is no prop "procesess" in UwsgiAppProps',
      'there is no prop "thread" in UwsgiAppProps',
      'module is missing',
    ]);
    const vain = { statsHttp: true, maxRequestsDelta: 5, replicas: 0 };
    expect(whatOf((site) => new UwsgiApp(site, 'x', { ...UWSGI, ...vain }))).toEqual([
      'replicas 0 is not a count',
      'statsHttp true has no effect without stats',
      'maxRequestsDelta 5 has no effect without maxRequests',
    ]);
    const odd = { limitRequestFields: 0, statsdPrefix: ' shop', controlSocket: '/run/c', statsdHost: STATSD };
    expect(
      whatOf((site) => new GunicornApp(site, 'x', { ...GUNICORN, ...odd, serverVersion: '26.0.0' })),
    ).toEqual([
      'limitRequestFields 0 is not a count',
      'statsdPrefix " shop" has blanks around it, which gunicorn cuts off, or a NUL',
      'controlSocket "/run/c": nobody may write there, the root is read-only',
    ]);
    const options = [UwsgiOption.of('uid', '99'), UwsgiOption.of('daemonize', '/tmp/log')];
    expect(whatOf((site) => new UwsgiApp(site, 'x', { ...UWSGI, options }))).toHaveLength(2);
  });

  test('fails on everything that can only be known at the end, all at once', () => {
    const stack = siteStack((site) => {
      new GunicornApp(site, 'lonely', GUNICORN);
      new NginxFrontend(site, 'web', { listeners: [Listener.http(80)] });
      new GunicornApp(site, 'direct', { ...GUNICORN, listeners: [Listener.http(80)] });
      new StaticMount(site, 's', { path: '/s/', source: StaticSource.hostPath('/x') });
      const other = new NginxFrontend(site, 'other');
      other.addBackend('/', new UwsgiApp(site, 'closed', { ...UWSGI, socketMode: FileMode.of('600') }));
      other.addDirective(Directive.of('retrun', ['1']));
    });
    const all = Review.of(stack).findings.join('\n');
    for (const message of [
      'nobody can reach gunicorn app "lonely"',
      'frontend "web" has no routes',
      'site/web and site/direct both listen on 0.0.0.0:80',
      'nobody serves static mount "s"',
      'nginx cannot open the socket of uwsgi app "closed": mode 600 lets only uid 10001 connect, nginx runs as uid 101 in group 10001',
      'retrun',
    ]) {
      expect(all).toContain(message);
    }
    expect(() => Testing.synth(stack, true)).toThrow('nobody can reach gunicorn app "lonely"');
  });
});

import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  AppImage,
  Balance,
  DataVolume,
  Duration,
  ExternalBackend,
  Gate,
  GunicornApp,
  GunicornProtocol,
  Listener,
  LocationAction,
  LocationMatch,
  Logging,
  Mount,
  NginxFrontend,
  NginxImage,
  Review,
  Size,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  UwsgiOption,
  WorkerCount,
  WsgiModule,
} from 'cdktf-wsgi';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

type Build = (site: TerraformStack, web: NginxFrontend) => unknown;

/** What a program is told: at once, or by the findings at the end. */
function told(build: Build): string {
  try {
    const stack = siteStack((site) => {
      build(site, new NginxFrontend(site, 'web', { listeners: [Listener.http(65_000)] }));
    });
    return Review.of(stack).findings.join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const second = (site: TerraformStack): TerraformStack => new TerraformStack(App.of(site), 'two');
const anyone = ExternalBackend.http('10.0.0.7', 80);
const python = (options: object): object => ({
  image: AppImage.python('examples/hand-written/p_test', options),
});

describe('what could never work is refused where it is written', () => {
  test.each<[string, Build, string]>([
    ['a query in a path', (_, web) => web.addBackend('/a?b=1', anyone), 'would never match'],
    ['an encoded path', (_, web) => web.addBackend('/a%20b/', anyone), 'would never match'],
    ['a path that nginx cleans', (_, web) => web.addBackend('/a/../b', anyone), 'would never match'],
    ['two slashes', (_, web) => web.addBackend('/a//b', anyone), 'would never match'],
    [
      'a regular expression that is none',
      () => LocationMatch.regex('(['),
      'LocationMatch.regex("([") is not a regular expression: ',
    ],
    ['a status that is none', () => LocationAction.respond(99), '99 is not an HTTP status'],
    [
      'a redirect to no place',
      (_, web) => web.addRedirect('/a/', 'example.com/x'),
      'is neither a path nor a URL',
    ],
    [
      'a redirect with a header in it',
      (_, web) => web.addRedirect('/a/', '/x\r\nSet-Cookie: a'),
      'is neither a path',
    ],
    ['a redirect to itself', (_, web) => web.addRedirect('/a/', '/a/b'), 'clients would go round for ever'],
    [
      'a header that is two',
      (_, web) => web.addBackend('/', anyone, { headers: { 'X-A': 'a\r\nB: c' } }),
      'the value of X-A holds a line break',
    ],
    [
      'a header without a name',
      (_, web) => web.addBackend('/', anyone, { headers: { 'X A': 'b' } }),
      'headers: "X A" is not a name',
    ],
    [
      'a parameter without a name',
      (_, web) => web.addBackend('/', anyone, { uwsgiParams: { '': 'b' } }),
      'uwsgiParams: "" is not a name',
    ],
    [
      'a fallback outside',
      (site) =>
        new StaticMount(site, 'm', { path: '/s/', source: StaticSource.hostPath('/x'), fallback: '../p.py' }),
      'is not a file of the mount',
    ],
    [
      'an empty fallback',
      (site) =>
        new StaticMount(site, 'm', { path: '/s/', source: StaticSource.hostPath('/x'), fallback: '' }),
      'is not a file of the mount',
    ],
    [
      'a fallback that is not there: nginx would go round in a circle and answer 500',
      (site) =>
        new StaticMount(site, 'm', {
          path: '/s/',
          source: StaticSource.directory('examples/hand-written/p_test/static'),
          fallback: 'index.html',
        }),
      'fallback: the directory "examples/hand-written/p_test/static" has no "index.html", or its .dockerignore leaves it out\n  name a file that is there\n  construct: site/m',
    ],
    [
      'a charset that is none',
      (site) => new NginxFrontend(site, 'x', { charset: 'utf-8; x' }),
      'is not the name of a charset',
    ],
    [
      'a charset of a server',
      (_, web) => web.addServer({ serverNames: ['a'], charset: ';' }),
      'is not the name of a charset',
    ],
    [
      'unlimited bodies',
      (site) => new NginxFrontend(site, 'x', { clientMaxBodySize: Size.bytes(0) }),
      'NGX-BODY-UNLIMITED',
    ],
    ['no listener', (site) => new NginxFrontend(site, 'x', { listeners: [] }), 'listeners is empty'],
    [
      'an address with a zone',
      () => Listener.http(80, { address: 'fe80::1%eth0' }),
      'address "fe80::1%eth0" is not an IP address',
    ],
    [
      'one address in two spellings',
      (site, web) => {
        const at = (address: string): Listener => Listener.http(443, { address });
        new NginxFrontend(site, 'one', { listeners: [at('::1')] }).addBackend('/', anyone);
        new NginxFrontend(site, 'two', { listeners: [at('0:0:0:0:0:0:0:01')] }).addBackend('/', anyone);
        web.addBackend('/', anyone);
      },
      'site/two and site/one both listen on ::1:443\n  give one',
    ],
    [
      'a directory of the host with a colon',
      () => StaticSource.hostPath('/a:b'),
      "StaticSource.hostPath: \"/a:b\" has a ',' or ':', which the engine reads as the end of a path\n  rename the directory",
    ],
    [
      'a resolver by name',
      (site) => new NginxFrontend(site, 'x', { resolver: 'dns.example.com' }),
      'is not an IP address',
    ],
    [
      'an nginx too old for a gate',
      (site) => new NginxFrontend(site, 'x', { image: NginxImage.official('1.16.1') }),
      'nginx 1.16.1 is too old to stand behind a gate: 1.17.6 is the oldest',
    ],
    [
      'an nginx older than the tables',
      (site) => new NginxFrontend(site, 'x', { gate: Gate.none(), image: NginxImage.official('1.10.0') }),
      '1.14.0 is the oldest',
    ],
    ['a release that is a word', () => NginxImage.official('stable'), 'is not a server version'],
    ['a hash without a key', () => Balance.hash('x'), 'one member would get every request'],
    ['an upstream’s name', (_, web) => web.addUpstream('a b;'), 'upstream "a b;" is not a name'],
    [
      'an upstream in itself',
      (_, web) => {
        const [p, q] = [web.addUpstream('p'), web.addUpstream('q')];
        p.add(q);
        q.add(p);
      },
      'upstream q would be a member of itself',
    ],
    [
      'only backups',
      (_, web) => {
        const pool = web.addUpstream('p');
        pool.add(anyone, { backup: true });
        web.addBackend('/', pool);
      },
      'has only backup members',
    ],
    [
      'a backup with a hash',
      (_, web) => {
        const pool = web.addUpstream('p', { balance: Balance.ipHash() });
        pool.add(anyone);
        pool.add(ExternalBackend.http('b', 1), { backup: true });
        web.addBackend('/', pool);
      },
      'which nginx does not support with ip_hash',
    ],
    [
      'a label of ours',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, labels: { 'cdktf-wsgi.spec': 'x' } }),
      'cannot be the name of a label of yours',
    ],
    [
      'a label of a frontend',
      (site) => new NginxFrontend(site, 'x', { labels: { '': 'x' } }),
      'cannot be the name of a label of yours',
    ],
    [
      'a capability that is none',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, capabilities: ['no such'] }),
      'is not a capability',
    ],
    [
      'a network without a name',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, networks: [''] }),
      'is not the name of a network',
    ],
    [
      'too little memory',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, memory: Size.mebibytes(5) }),
      'is less than a container can have',
    ],
    ['a log driver that is none', () => Logging.driver('a b'), 'is not the name of a log driver'],
    ['a log size in bytes', () => Logging.jsonFile(Size.bytes(1)), 'is not in whole KiB'],
    ['logs without a file', () => Logging.jsonFile(undefined, 0), 'maxFiles 0 is not a count'],
    ['a volume’s name', (site) => new DataVolume(site, 'v', { volumeName: 'a b' }), 'cannot name a volume'],
    [
      'a Dockerfile line as a release',
      () => python({ python: '3.13\nRUN x' }),
      'cannot stand in a Dockerfile',
    ],
    ['a command as a package', () => python({ systemPackages: ['a && b'] }), 'cannot stand in a Dockerfile'],
    ['a base image with a blank', () => python({ baseImage: 'a b' }), 'is not an image name'],
    ['requirements outside', () => python({ requirements: '../r.txt' }), 'cannot stand in a Dockerfile'],
    [
      'requirements that are not there',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, ...python({ requirements: 'no.txt' }) }),
      'has no "no.txt"',
    ],
    [
      'a module that is not there',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, ...python({}), module: WsgiModule.file('no.py', 'app') }),
      'module: WsgiModule.file: the directory "examples/hand-written/p_test" has no "no.py"',
    ],
    [
      'a module that is not in the code directory',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, codeDirectory: 'examples/hand-written/g_test' }),
      'has no "p.py"',
    ],
    [
      'a module that its package does not have',
      (site) =>
        new GunicornApp(site, 'x', {
          ...GUNICORN,
          codeDirectory: 'examples/hand-written/g_test',
          module: WsgiModule.factory('g.wsgi', 'make'),
        }),
      'module: "g.wsgi": the directory "examples/hand-written/g_test" has no module "g.wsgi", or its .dockerignore',
    ],
    [
      'a module that gunicorn cannot import',
      (site) => new GunicornApp(site, 'x', { ...GUNICORN, module: WsgiModule.file('a-b/g.py', 'app') }),
      'that is not the file of one',
    ],
    [
      'HTTP clients of a uwsgi socket',
      (site) =>
        new GunicornApp(site, 'x', {
          ...GUNICORN,
          protocol: GunicornProtocol.UWSGI,
          listeners: [Listener.http(1)],
        }),
      'gunicorn speaks one protocol',
    ],
    [
      'one port for two sockets',
      (site) =>
        new UwsgiApp(site, 'x', { ...UWSGI, transport: Transport.tcp(80), listeners: [Listener.http(80)] }),
      'want the same port of its container',
    ],
    [
      'statistics on a port that is taken',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, transport: Transport.tcp(80), stats: 80 }),
      'is the port of another socket',
    ],
    [
      'a step without cheaper',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, cheaperStep: 1 }),
      'cheaperStep 1 has no effect without cheaper',
    ],
    [
      'more at the start than there are',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, processes: 4, cheaper: 1, cheaperInitial: 5 }),
      'is not between cheaper 1 and processes 4',
    ],
    [
      'a delta alone',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, maxRequestsDelta: 1 }),
      'has no effect without maxRequests',
    ],
    [
      'half a second of harakiri',
      (site) => new UwsgiApp(site, 'x', { ...UWSGI, harakiri: Duration.milliseconds(1500) }),
      'is not a whole number of seconds',
    ],
    ['workers that are no number', () => WorkerCount.perCpu(Number.NaN, 1), 'is not a number of workers'],
    [
      'an application without a transport behind nginx',
      (site, web) =>
        web.addBackend('/', new GunicornApp(site, 'x', { ...GUNICORN, listeners: [Listener.http(1)] })),
      'has listeners of its own and no transport',
    ],
    [
      'a port on every address and on one',
      (site) => [
        new GunicornApp(site, 'x', { ...GUNICORN, listeners: [Listener.http(80)] }),
        new GunicornApp(site, 'y', { ...GUNICORN, listeners: [Listener.http(80, { address: '127.0.0.1' })] }),
      ],
      'site/y and site/x both listen on 127.0.0.1:80 (as 0.0.0.0)',
    ],
    [
      'one path for two mounts',
      (site) =>
        new GunicornApp(site, 'x', {
          ...GUNICORN,
          listeners: [Listener.http(1)],
          mounts: [Mount.hostPath('/a', '/m'), Mount.hostPath('/b', '/m')],
        }),
      '/m is wanted by two: Mount.hostPath at /m, and Mount.hostPath at /m',
    ],
    [
      'a mount over the library’s',
      (site) =>
        new GunicornApp(site, 'x', {
          ...GUNICORN,
          listeners: [Listener.http(1)],
          mounts: [Mount.hostPath('/a', '/etc/wsgi')],
        }),
      'XT-MOUNT-DUP',
    ],
    [
      'data with two owners',
      (site) => {
        const v = new DataVolume(site, 'v');
        const mounts = [Mount.volume(v, '/v')];
        new GunicornApp(site, 'x', { ...GUNICORN, listeners: [Listener.http(1)], mounts });
        new GunicornApp(site, 'y', { ...GUNICORN, uid: 33, listeners: [Listener.http(2)], mounts });
      },
      'site/x (10001:10001) and site/y (33:33) both write data volume "v"',
    ],
    [
      'static files of another stack',
      (site) =>
        new StaticMount(site, 'm', {
          path: '/',
          source: StaticSource.appImage(new UwsgiApp(second(site), 'a', UWSGI), '/x'),
        }),
      'two/a lives in stack two, and site/m in site',
    ],
    [
      'data of another stack',
      (site) =>
        new GunicornApp(site, 'x', {
          ...GUNICORN,
          mounts: [Mount.volume(new DataVolume(second(site), 'v'), '/v')],
        }),
      'two/v lives in stack two, and site/x in site',
    ],
    [
      'a server twice in one upstream',
      (_, web) => {
        const pool = web.addUpstream('p');
        pool.add(ExternalBackend.http('h', 80));
        pool.add(ExternalBackend.http('h', 80), { weight: 2 });
      },
      'upstream p has "h.80" already\n  add it once; for a larger share of the requests give it a weight, such as { weight: 2 }',
    ],
    [
      'an application twice in one upstream',
      (site, web) => {
        const pool = web.addUpstream('p');
        const app = new UwsgiApp(site, 'a', UWSGI);
        pool.add(app);
        pool.add(app);
      },
      'upstream p has "a" already',
    ],
    [
      'a port that is listened on twice',
      (site) =>
        new NginxFrontend(site, 'x', {
          listeners: [Listener.http(80), Listener.http(80, { address: '127.0.0.1' })],
        }).addBackend('/', anyone),
      'site/x listens twice on port 80: on 0.0.0.0 and 127.0.0.1\n  leave one of the listeners out, or give it another port or address',
    ],
    [
      'as many idle connections as a worker has',
      (site) => {
        const web = new NginxFrontend(site, 'x', { workerConnections: 64 });
        const pool = web.addUpstream('p', { keepalive: 64 });
        pool.add(anyone);
        web.addBackend('/', pool);
      },
      'keepalive 64 of upstream p is not below workerConnections, 64',
    ],
    [
      'a member of another stack',
      (site, web) => {
        web.addUpstream('p').add(new UwsgiApp(second(site), 'a', UWSGI));
      },
      'two/a lives in stack two, and site/web in site',
    ],
  ])('%s', (_, build, message) => {
    expect(told(build)).toContain(message);
  });
});

describe('a Terraform token in what becomes a config file is refused by the name of its prop', () => {
  const text = (site: TerraformStack): string => new TerraformVariable(site, 'v', {}).stringValue;
  const number = (site: TerraformStack): number => new TerraformVariable(site, 'v', {}).numberValue;

  test.each<[string, Build]>([
    ['processes', (site) => new UwsgiApp(site, 'x', { ...UWSGI, processes: number(site) })],
    ['labels.team', (site) => new UwsgiApp(site, 'x', { ...UWSGI, labels: { team: text(site) } })],
    ['option harakiri', (site) => UwsgiOption.of('harakiri', text(site))],
    ['settings.a', (site) => new GunicornApp(site, 'x', { ...GUNICORN, settings: { a: text(site) } })],
    ['workers', (site) => WorkerCount.of(number(site))],
    ['port', (site) => Listener.http(number(site))],
    ['host', (site) => ExternalBackend.http(text(site), 1)],
    ['serverNames[0]', (site) => new NginxFrontend(site, 'x', { serverNames: [text(site)] })],
    ['LocationMatch.prefix', (site, web) => web.addBackend(text(site), anyone)],
    ['headers.X-A', (site, web) => web.addBackend('/', anyone, { headers: { 'X-A': text(site) } })],
    ['body', (site) => LocationAction.respond(200, text(site))],
    ['target', (site) => LocationAction.redirect(text(site))],
    ['errorlog', (site) => new GunicornApp(site, 'x', { ...GUNICORN, errorlog: `a${String(number(site))}` })],
  ])('%s', (prop, build) => {
    expect(told(build)).toContain(`${prop} is a Terraform token`);
  });
});

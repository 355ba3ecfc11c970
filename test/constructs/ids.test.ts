import {
  DataVolume,
  DockerHost,
  GunicornApp,
  GunicornProtocol,
  NginxFrontend,
  Review,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  Worker,
} from 'cdktf-wsgi';
import { TerraformVariable } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { slotSocketInNginx } from '../../lib/topology/derive/paths';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

function told(build: (site: TerraformStack) => unknown): string {
  try {
    return Review.of(siteStack(build)).findings.join('\n');
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** `/run/wsgi/` and `/http-0.sock` stand around it, and Linux takes 107 bytes. */
const LONGEST_ID = 85;

describe('an id that is too long for what nginx dials', () => {
  test('fails at a Unix socket, with the letters that are too many', () => {
    const id = 'a'.repeat(LONGEST_ID + 1);
    expect(told((site) => new GunicornApp(site, id, GUNICORN))).toBe(
      `ConfigError: the id "${id}" makes the path of its socket in nginx's container 108 bytes long, and Linux takes 107\n  shorten the id, or that of a construct around it, by one letter\n  construct: site/${id}\n  rule: XT-SOCK-CHARS`,
    );
  });

  test.each<[string, number, (site: TerraformStack, id: string) => unknown]>([
    ['of gunicorn', 85, (site, id) => new GunicornApp(site, id, GUNICORN)],
    [
      'of gunicorn that speaks uwsgi',
      84,
      (site, id) =>
        new GunicornApp(site, id, { ...GUNICORN, serverVersion: '27.0.0', protocol: GunicornProtocol.UWSGI }),
    ],
    ['of uWSGI', 84, (site, id) => new UwsgiApp(site, id, UWSGI)],
    ['of eleven replicas', 83, (site, id) => new UwsgiApp(site, id, { ...UWSGI, replicas: 11 })],
  ])('fails where the protocol and the replicas say so: %s', (_, longest, make) => {
    const message = (length: number): string => told((site) => make(site, 'a'.repeat(length)));
    expect(message(longest)).toContain('nobody can reach');
    expect(message(longest + 1)).toContain('108 bytes long, and Linux takes 107');
  });

  test('fails as a name on a network', () => {
    const tcp = { ...GUNICORN, transport: Transport.tcp(8000) };
    expect(told((site) => new GunicornApp(site, 'a'.repeat(63), tcp))).toContain('nobody can reach');
    expect(told((site) => new GunicornApp(site, 'a'.repeat(65), tcp))).toContain(
      'DNS takes 63 letters of 65\n  shorten the id, or that of a construct around it, by 2 letters, or use Transport.unixSocket()\n  construct: site/',
    );
  });
});

describe('an id that a construct cannot have', () => {
  const makers: [string, (site: TerraformStack, id: string) => Construct][] = [
    ['UwsgiApp', (site, id) => new UwsgiApp(site, id, UWSGI)],
    ['GunicornApp', (site, id) => new GunicornApp(site, id, GUNICORN)],
    ['NginxFrontend', (site, id) => new NginxFrontend(site, id)],
    [
      'StaticMount',
      (site, id) => new StaticMount(site, id, { path: '/s/', source: StaticSource.hostPath('/s') }),
    ],
    ['DataVolume', (site, id) => new DataVolume(site, id)],
    ['DockerHost', (site, id) => new DockerHost(site, id)],
    [
      'Worker',
      (site, id) =>
        new Worker(site, id, { like: new GunicornApp(site, 'like', GUNICORN), command: ['celery'] }),
    ],
  ];

  test.each(makers)('fails when it is taken, empty or not known: %s', (_, make) => {
    const taken = (site: TerraformStack): Construct => {
      new TerraformVariable(site, 'x', {});
      return make(site, 'x');
    };
    expect(told(taken)).toBe(
      'ConfigError: the id "x" is taken: there is site/x already\n  give one of them another id\n  construct: site',
    );
    expect(told((site) => make(site, ''))).toBe(
      "ConfigError: the id of a construct is empty\n  give it a name that says what it is, such as 'shop'\n  construct: site",
    );
    expect(told((site) => make(site, new TerraformVariable(site, 'v', {}).stringValue))).toContain(
      'ConfigError: id is a Terraform token',
    );
  });

  test('fails when it is too long for a file, with those around it counted', () => {
    const named = (length: number): string =>
      told((site) => new NginxFrontend(new Construct(site, 'team'), 'a'.repeat(length)));
    expect(named(123)).toContain('has no routes');
    expect(named(124)).toContain(
      'has 129 letters: the id of a construct, with those of the constructs around it below the stack, has at most 128\n  give it, or one around it, a shorter id\n  construct: site/team/a',
    );
  });
});

describeWith(['nginx'], 'the real nginx', () => {
  test('takes the path of the longest id, and none that is longer', async () => {
    const says = (path: string): Promise<string> =>
      withDirectory((directory) => {
        const upstream = `upstream u { server unix:${path}; }`;
        const text = `pid tested.pid;\nevents {}\nhttp { ${upstream} }\n`;
        return Promise.resolve(nginxTest(directory, text).output);
      });
    const longest = slotSocketInNginx('a'.repeat(LONGEST_ID), 'http', 0);
    expect(await says(longest)).toContain('test is successful');
    expect(await says(`${longest}x`)).toContain('too long path in the unix domain socket');
  });
});

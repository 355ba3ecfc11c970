import {
  BackendProtocol,
  Case,
  Choice,
  ExternalBackend,
  GunicornApp,
  GunicornProtocol,
  NginxFrontend,
  NginxImage,
  Share,
  Split,
  Transport,
  UwsgiApp,
} from 'cdktf-wsgi';
import type { BackendRoute, IBackend } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { routesOf } from '../../lib/cli/routes';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { blockOf, confOf, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

const stable = ExternalBackend.http('10.0.0.7', 80);
const canary = ExternalBackend.http('10.0.0.8', 80);
const at =
  (backend: IBackend): Build =>
  (web) =>
    web.addBackend('/', backend);

/** The text with the hashes of variables as `#`. */
const text = (build: Build): string => confOf(build).replace(/_[0-9a-f]{8}\b/g, '_#');

describe('a split', () => {
  test('is split_clients over the upstreams, the last share being the rest', () => {
    const conf = text(at(Split.by('$request_id', [Share.of(95, stable), Share.of(5, canary)])));
    expect(blockOf(conf, 'split_clients $request_id $split_10_0_0_7_80_10_0_0_8_80_# {')).toEqual([
      '95% 10.0.0.7-80;',
      '* 10.0.0.8-80;',
    ]);
    expect(blockOf(conf, 'location / {')).toContain('proxy_pass http://$split_10_0_0_7_80_10_0_0_8_80_#;');
    expect(conf.match(/upstream 10\.0\.0\.\d-80 \{/g)).toHaveLength(2);
  });

  test('with another share keeps its variable, and one of nothing is left out', () => {
    const named = (...percents: number[]): string | undefined => {
      const [one = 0, other = 0] = percents;
      const split = Split.by('$remote_addr', [Share.of(one, stable), Share.of(other, canary)]);
      return /split_clients \$remote_addr (\$\w+) /.exec(confOf(at(split)))?.[1];
    };
    expect(named(95, 5)).toBe(named(99.75, 0.25));
    const conf = confOf(at(Split.by('$remote_addr', [Share.of(100, stable), Share.of(0, canary)])));
    expect(conf).toMatch(/split_clients \$remote_addr \$\w+ \{\n +\* 10\.0\.0\.7-80;\n +\}/);
  });

  test.each<[string, () => unknown, string]>([
    ['too much', () => Share.of(101, stable), 'Share.of: 101 is no percentage'],
    ['too fine', () => Share.of(0.001, stable), 'Share.of: 0.001 is no percentage'],
    ['nobody', () => Share.of(5, undefined as unknown as IBackend), 'Share.of: undefined is no backend'],
    [
      'not enough',
      () => Split.by('$request_id', [Share.of(95, stable), Share.of(4, canary)]),
      'Split.by: the shares are 99 percent together',
    ],
    [
      'no variable',
      () => Split.by('request_id', [Share.of(100, stable)]),
      'Split.by("request_id") has no variable',
    ],
  ])('of %s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a choice', () => {
  test.each<[string, IBackend, string]>([
    ['a header', Choice.byHeader('X-Version', [Case.of('2', canary)], stable), 'map $http_x_version '],
    ['a cookie', Choice.byCookie('beta', [Case.of('2', canary)], stable), 'map $cookie_beta '],
    ['a query', Choice.byQuery('preview', [Case.of('2', canary)], stable), 'map $arg_preview '],
    ['the method', Choice.byMethod([Case.of('2', canary)], stable), 'map $request_method '],
    ['any text', Choice.by('$scheme$host', [Case.of('2', canary)], stable), 'map $scheme$host '],
  ])('by %s is a map', (_, choice, head) => {
    const conf = text(at(choice));
    expect(blockOf(conf, `${head}$choice_10_0_0_8_80_10_0_0_7_80_# {`)).toEqual([
      'default 10.0.0.7-80;',
      '2 10.0.0.8-80;',
    ]);
    expect(conf).toContain('proxy_pass http://$choice_10_0_0_8_80_10_0_0_7_80_#;');
  });

  test('takes patterns, and values that mean something else to a map', () => {
    const cases = ['default', '~x', '\\y', 'two words', '$5'].map((value) => Case.of(value, canary));
    const conf = text(at(Choice.byHeader('X-A', [...cases, Case.regex('^v\\d+$', canary)], stable)));
    expect(conf).toContain(String.raw`"\\default" 10.0.0.8-80;`);
    expect(conf).toContain(String.raw`"\\~x" 10.0.0.8-80;`);
    expect(conf).toContain('"two words" 10.0.0.8-80;');
    expect(conf).toContain(String.raw`"~^v\\d+$" 10.0.0.8-80;`);
  });

  test('may lead to a split, and to applications', () => {
    const conf = text((web: NginxFrontend, site: TerraformStack) => {
      const one = new GunicornApp(site, 'one', GUNICORN);
      const two = new GunicornApp(site, 'two', GUNICORN);
      const split = Split.by('$remote_addr', [Share.of(50, one), Share.of(50, two)]);
      web.addBackend('/', Choice.byCookie('old', [Case.of('yes', one)], split));
    });
    expect(conf).toContain('default $split_one_two_#;');
    expect(conf).toContain('yes one;');
    expect(conf).toContain('proxy_pass http://$choice_one_split_one_two_#;');
  });

  test('over TCP on an old nginx leads to the address, which is asked for', () => {
    const conf = confOf(
      (web, site) => {
        const app = new UwsgiApp(site, 'app', { ...UWSGI, transport: Transport.tcp(3031) });
        web.addBackend('/', Choice.byMethod([Case.of('GET', app)], new UwsgiApp(site, 'other', UWSGI)));
      },
      { image: NginxImage.official('1.22.1') },
    );
    expect(conf).toContain('GET app:3031;');
    expect(conf).toContain('resolver 127.0.0.11 valid=1s ipv6=off;');
    expect(conf).toContain('default other;');
  });

  test.each<[string, () => unknown, string]>([
    ['no case', () => Choice.byMethod([], stable), 'Choice.by: there is no case'],
    ['an empty value', () => Case.of('', stable), 'Case.of: "" is no value'],
    ['a line break', () => Case.of('a\nb', stable), 'Case.of: "a\\nb" is no value'],
    [
      'a value twice',
      () => Choice.byHeader('X-A', [Case.of('a', stable), Case.of('A', canary)], stable),
      'two cases have the value a',
    ],
    [
      'no header',
      () => Choice.byHeader('X A', [Case.of('a', canary)], stable),
      '"X A" is not the name of a header',
    ],
    [
      'a cookie',
      () => Choice.byCookie('a-b', [Case.of('a', canary)], stable),
      '"a-b" is not the name of a cookie',
    ],
  ])('of %s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('cdktf-wsgi show tells who decides, and what it comes to', () => {
  const stack = siteStack((site) => {
    const split = Split.by('$request_id', [Share.of(95, stable), Share.of(5, canary)]);
    const choice = Choice.byCookie('preview', [Case.of('yes', canary)], split);
    new NginxFrontend(site, 'web').addBackend('/', choice);
  });
  expect(routesOf(StackTopology.of(stack).topology())).toEqual([
    [
      'web, every name',
      '/',
      'proxy_pass by $cookie_preview: yes 10.0.0.8-80 (10.0.0.8:80), otherwise by $request_id: 95 % 10.0.0.7-80 (10.0.0.7:80), 5 % 10.0.0.8-80 (10.0.0.8:80)',
    ],
  ]);
});

describe('what cannot be chosen among', () => {
  const findings = (build: Build): string => reviewOf(build).findings.join('\n');

  test('backends that speak differently', () => {
    const told = findings((web, site) => {
      const [one, two] = [new GunicornApp(site, 'one', GUNICORN), new UwsgiApp(site, 'two', UWSGI)];
      web.addBackend('/', Split.by('$request_id', [Share.of(50, one), Share.of(50, two)]));
    });
    expect(told).toMatch(
      /the split mixes one, which speaks http, and two, which speaks uwsgi[^]*construct: site\/web\/location--/,
    );
  });

  test('backends that want different paths', () => {
    const told = findings((web, site) => {
      const one = new GunicornApp(site, 'one', {
        ...GUNICORN,
        protocol: GunicornProtocol.UWSGI,
        serverVersion: '27.0.1',
      });
      web.addBackend('/', Choice.byMethod([Case.of('GET', one)], new UwsgiApp(site, 'two', UWSGI)));
    });
    expect(told).toContain(
      'choice-one-two has gunicorn app "one", which decodes the path of a request itself',
    );
  });

  test('a choice within an upstream', () => {
    const build: Build = (web) => {
      web.addUpstream('pool').add(Choice.byMethod([Case.of('GET', stable)], canary));
    };
    expect(() => confOf(build)).toThrow('upstream pool has servers, and a Choice is no server');
  });

  test('an application of another stack', () => {
    let foreign: IBackend | undefined;
    siteStack((other) => (foreign = new GunicornApp(other, 'app', GUNICORN)));
    const build: Build = (web) => {
      web.addBackend('/', Split.by('$request_id', [Share.of(100, foreign as IBackend)]));
    };
    expect(() => confOf(build)).toThrow('site/app lives in stack site, and site/web in site');
  });

  test.each<[string, BackendRoute[], string]>([
    ['no route', [], 'do not say once where each request goes'],
    [
      'shares of another sum',
      [{ backend: stable.bindBackend(), percent: 5 }],
      'do not say once where each request goes',
    ],
    [
      'two for all others',
      [{ backend: stable.bindBackend() }, { backend: canary.bindBackend() }],
      'do not say once where each request goes',
    ],
    [
      'another protocol',
      [{ backend: ExternalBackend.uwsgi('10.0.0.9', 3031).bindBackend() }],
      'routes[0] speaks uwsgi, and the location passes with http',
    ],
  ])("a backend of one's own with %s", (_, routes, message) => {
    const own: IBackend = {
      bindBackend: () => ({
        name: 'own',
        protocol: BackendProtocol.HTTP,
        members: stable.bindBackend().members,
        choice: { source: '$host', routes },
      }),
    };
    expect(findings(at(own))).toContain(message);
  });
});

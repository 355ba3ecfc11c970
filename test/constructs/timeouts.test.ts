import { Duration, ExternalBackend, GunicornApp, UwsgiApp, WorkerClass } from 'cdktf-wsgi';
import type { GunicornAppProps, PassToOptions, UwsgiAppProps } from 'cdktf-wsgi';
import { nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';
import { GUNICORN, UWSGI } from '../helpers/stacks';

const seconds = (amount: number): Duration => Duration.seconds(amount);
const anyone = ExternalBackend.http('10.0.0.7', 80);

describe('timeouts of a pass', () => {
  test('fail at 0, by the name of each prop', () => {
    const none = seconds(0);
    const build: Build = (web) =>
      web.addBackend('/', anyone, { readTimeout: none, connectTimeout: none, sendTimeout: none });
    const told = (prop: string): string =>
      `${prop} of 0 is no time: nginx would answer 504 wherever it has to wait\n  give Duration.milliseconds(1) or more, or leave it out\n  construct: site/web`;
    expect(() => reviewOf(build)).toThrow(
      ['connectTimeout', 'readTimeout', 'sendTimeout'].map(told).join('\n'),
    );
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    test('are taken from the shortest to the longest that can be written', async () => {
      for (const time of [1, Number.MAX_SAFE_INTEGER].map((amount) => Duration.milliseconds(amount))) {
        const all: PassToOptions = { readTimeout: time, connectTimeout: time, sendTimeout: time };
        expect(await nginxSays((web) => web.addBackend('/', anyone, all))).toBe('');
      }
    });
  });
});

describe('readTimeout and the limit of the application', () => {
  const shop =
    (onShop: Partial<UwsgiAppProps>, ...passes: readonly PassToOptions[]): Build =>
    (web, site) => {
      const app = new UwsgiApp(site, 'shop', { ...UWSGI, ...onShop });
      passes.forEach((pass, at) => web.addBackend(`/${String(at)}/`, app, pass));
    };
  const api =
    (onApi: Partial<GunicornAppProps>, pass: PassToOptions): Build =>
    (web, site) =>
      web.addBackend('/', new GunicornApp(site, 'api', { ...GUNICORN, ...onApi }), pass);
  const findings = (build: Build): readonly string[] => reviewOf(build).findings;

  test('fails where nginx gives up first', () => {
    expect(findings(shop({ harakiri: seconds(40) }, { readTimeout: seconds(40) }))).toEqual([
      'readTimeout 40s is not above what uwsgi app "shop" lets a request take, 40s (harakiri): clients would hear 504 while its worker goes on with a request that nobody waits for\n  give a readTimeout above that, such as 45s, or leave it out; or give the application a shorter harakiri\n  construct: site/web/location--0--\n  rule: XT-TIMEOUT-UWSGI',
    ]);
    expect(findings(api({ timeout: seconds(9) }, { readTimeout: seconds(8) })).join()).toMatch(
      /readTimeout 8s is not above what gunicorn app "api" lets a request take, 9s \(timeout\)[^]*such as 14s[^]*XT-TIMEOUT-GUNI/,
    );
  });

  test.each<[string, Build]>([
    ['a longer one', shop({ harakiri: seconds(40) }, { readTimeout: seconds(41) })],
    ['none', shop({ harakiri: seconds(40) }, {})],
    ['a shorter one in one location of several', shop({}, { readTimeout: seconds(2) }, {})],
    ['no limit', shop({ harakiri: seconds(0) }, { readTimeout: seconds(2) })],
    ['no limit of sync workers', api({ timeout: seconds(0) }, { readTimeout: seconds(2) })],
    ['a heartbeat', api({ workerClass: WorkerClass.GEVENT }, { readTimeout: seconds(2) })],
  ])('%s is no finding', (_, build) => {
    expect(findings(build)).toEqual([]);
  });
});

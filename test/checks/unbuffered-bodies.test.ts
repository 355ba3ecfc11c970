import type { NginxFrontend } from 'cdktf-wsgi';
import { Directive, GunicornApp, GunicornProtocol, UwsgiApp, UwsgiProtocol } from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { reviewOf } from '../helpers/frontends';
import { GUNICORN, UWSGI } from '../helpers/stacks';

const off = Directive.of('proxy_request_buffering', ['off']);
const on = Directive.of('proxy_request_buffering', ['on']);
const overHttp = (site: TerraformStack): IBackend =>
  new UwsgiApp(site, 'shop', { ...UWSGI, protocol: UwsgiProtocol.HTTP });

type Attach = (web: NginxFrontend, app: IBackend) => void;

function told(attach: Attach, make: (site: TerraformStack) => IBackend = overHttp): string {
  return reviewOf((web, site) => {
    attach(web, make(site));
  }).findings.join('\n');
}

const LOST =
  'proxy_request_buffering is off at /up, and uwsgi app "shop" loses a body that comes in chunks over HTTP: the application would see none';

describe('bodies that uWSGI would lose', () => {
  test.each<[string, Attach]>([
    [
      'in a location',
      (web, app) => {
        web.addBackend('/up', app).addDirective(off);
      },
    ],
    [
      'in the frontend',
      (web, app) => {
        web.addDirective(off);
        web.addBackend('/up', app);
      },
    ],
    [
      'in the location around it',
      (web, app) => {
        const outer = web.addBackend('/', app);
        outer.addDirective(off);
        outer.addBackend('/up', app);
      },
    ],
  ])('buffering off %s', (_, attach) => {
    const findings = told(attach);
    expect(findings).toContain(LOST);
    expect(findings).toContain('or give the app protocol: UwsgiProtocol.UWSGI');
    expect(findings).toContain('rule: UWS-CHUNKED');
  });

  test('none where it is on again, nor in another protocol, nor in gunicorn', () => {
    const attach: Attach = (web, app) => {
      web.addDirective(off);
      web.addBackend('/up', app).addDirective(on);
    };
    expect(told(attach)).toBe('');
    const plain: Attach = (web, app) => {
      web.addBackend('/up', app).addDirective(off);
    };
    expect(told(plain, (site) => new UwsgiApp(site, 'shop', UWSGI))).toBe('');
    expect(told(plain, (site) => new GunicornApp(site, 'api', { ...GUNICORN, threads: 4 }))).toBe('');
  });
});

describe('members of an upstream that want different paths', () => {
  const mixed =
    (protocol: GunicornProtocol): Attach =>
    (web, app) => {
      const site = web.node.scope as TerraformStack;
      const api = new GunicornApp(site, 'api', { ...GUNICORN, serverVersion: '27.0.1', protocol });
      const pool = web.addUpstream('pool');
      pool.add(app);
      pool.add(api);
      web.addBackend('/', pool);
    };

  test('gunicorn decodes what uWSGI takes as it is', () => {
    expect(told(mixed(GunicornProtocol.UWSGI), (site) => new UwsgiApp(site, 'shop', UWSGI))).toContain(
      'upstream pool has gunicorn app "api", which decodes the path of a request itself, beside uwsgi app "shop", which does not',
    );
  });

  test('over HTTP both take it as the client wrote it', () => {
    expect(told(mixed(GunicornProtocol.HTTP))).toBe('');
  });
});

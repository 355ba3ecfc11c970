import {
  Directive,
  ExternalBackend,
  GunicornApp,
  GunicornProtocol,
  LocationAction,
  LocationMatch,
  NginxImage,
  Transport,
  UwsgiApp,
  UwsgiProtocol,
  WorkerClass,
} from 'cdktf-wsgi';
import type { GunicornAppProps, IBackend, NginxFrontend, PassToOptions } from 'cdktf-wsgi';
import type { TerraformStack } from 'cdktf';
import { blockOf, confOf, reviewOf } from '../helpers/frontends';
import { GUNICORN, UWSGI } from '../helpers/stacks';

const strip: PassToOptions = { stripPrefix: true };
const ASGI: GunicornAppProps = { ...GUNICORN, workerClass: WorkerClass.ASGI, serverVersion: '27.0.1' };
const NOT_NORMAL = ['"~*^[^?]*(?:/|%2f)(?:\\\\.|%2e){1,2}(?:/|%2f|\\\\?|$)" "";', '~^[^?]*// "";'];

/** Lines of the location `/api/` that hang on its being stripped. */
function linesAt(backend: (site: TerraformStack) => IBackend, options: PassToOptions = strip): string[] {
  const text = confOf((web, site) => web.addBackend('/api/', backend(site), options));
  return blockOf(text, 'location /api/ {').filter((line) =>
    /_pass|rewrite|if |return|PATH_INFO|SCRIPT_NAME|X.FORWARDED.PREFIX/i.test(line),
  );
}

describe('an application mounted at /api', () => {
  test('behind uWSGI has SCRIPT_NAME, and the path that nginx has decoded', () => {
    const build = (web: NginxFrontend, site: TerraformStack): unknown =>
      web.addBackend('/api/', new UwsgiApp(site, 'app', UWSGI), strip);
    expect(blockOf(confOf(build), 'map $document_uri $path_below_api {')).toEqual([
      '~(?s)^/api(?<path_rest>/.*) $path_rest;',
    ]);
    expect(linesAt((site) => new UwsgiApp(site, 'app', UWSGI))).toEqual([
      'uwsgi_pass app;',
      'uwsgi_param PATH_INFO $path_below_api;',
      'uwsgi_param SCRIPT_NAME /api;',
      'uwsgi_param HTTP_X_FORWARDED_PREFIX /api;',
    ]);
  });

  test('behind gunicorn gets the whole path and SCRIPT_NAME as a header, by which gunicorn strips it', () => {
    const build = (web: NginxFrontend, site: TerraformStack): unknown =>
      web.addBackend('/api/', new GunicornApp(site, 'app', GUNICORN), strip);
    expect(blockOf(confOf(build), 'map $request_uri $uri_at_api {')).toEqual([
      ...NOT_NORMAL,
      '~^/api(?<path_rest>/[^?]*) $request_uri;',
    ]);
    expect(linesAt((site) => new GunicornApp(site, 'app', GUNICORN))).toEqual([
      'proxy_pass http://app$uri_at_api;',
      'proxy_set_header X-Forwarded-Prefix /api;',
      'proxy_set_header SCRIPT_NAME /api;',
      'rewrite (?s)^(.*) $1 break;',
    ]);
  });

  test.each<[string, (site: TerraformStack) => IBackend]>([
    ['uWSGI over HTTP', (site) => new UwsgiApp(site, 'app', { ...UWSGI, protocol: UwsgiProtocol.HTTP })],
    ['an asgi worker', (site) => new GunicornApp(site, 'app', ASGI)],
    ['tornado', (site) => new GunicornApp(site, 'app', { ...GUNICORN, workerClass: WorkerClass.TORNADO })],
    [
      'a gunicorn that takes such headers from others',
      (site) =>
        new GunicornApp(site, 'app', {
          ...GUNICORN,
          transport: Transport.tcp(8000),
          forwardedAllowIps: ['10.0.0.1'],
        }),
    ],
  ])('behind %s gets the rest of the path as the client wrote it', (_, backend) => {
    expect(linesAt(backend)).toEqual([
      'proxy_pass http://app$uri_below_api;',
      'proxy_set_header X-Forwarded-Prefix /api;',
      'rewrite (?s)^/api(/.*) $1 break;',
    ]);
  });

  test('elsewhere too, in an upstream or by itself', () => {
    const other = ExternalBackend.http('10.0.0.7', 80);
    expect(linesAt(() => other)).toContain('proxy_pass http://10.0.0.7-80$uri_below_api;');
    const text = confOf((web) => web.addBackend('/api/', other, strip));
    expect(blockOf(text, 'map $request_uri $uri_below_api {')).toEqual([
      ...NOT_NORMAL,
      '~^/api(?<path_rest>/[^?]*) $path_rest$is_args$args;',
    ]);
  });

  test('behind gunicorn with protocol uwsgi is refused what nginx spells otherwise', () => {
    const backend = (site: TerraformStack): IBackend =>
      new GunicornApp(site, 'app', {
        ...GUNICORN,
        protocol: GunicornProtocol.UWSGI,
        serverVersion: '27.0.1',
      });
    expect(linesAt(backend)).toEqual([
      'uwsgi_pass app;',
      'uwsgi_param PATH_INFO $encoded_path_below_api;',
      'uwsgi_param SCRIPT_NAME /api;',
      'uwsgi_param HTTP_X_FORWARDED_PREFIX /api;',
      'if ($encoded_path_below_api = "" ) {',
      'return 400;',
    ]);
  });

  test('may be told what it is mounted at in other words', () => {
    const lines = linesAt((site) => new UwsgiApp(site, 'app', UWSGI), {
      ...strip,
      uwsgiParams: { SCRIPT_NAME: '/other' },
      headers: { 'X-Forwarded-Prefix': '' },
    });
    expect(lines.filter((line) => /SCRIPT_NAME|PREFIX/.test(line))).toEqual([
      'uwsgi_param HTTP_X_FORWARDED_PREFIX "" if_not_empty;',
      'uwsgi_param SCRIPT_NAME /other;',
    ]);
  });

  test('is mounted there in a location further in, when that says so', () => {
    const text = confOf((web, site) => {
      const app = new UwsgiApp(site, 'app', UWSGI);
      web.addBackend('/api/', app, strip);
      web.addBackend('/api/login', app, { scriptName: '/api' });
      web.addLocation(LocationMatch.exact('/api/logout'), LocationAction.passTo(app, { scriptName: '/api' }));
    });
    expect(text.match(/PATH_INFO \$path_below_api;/g)).toHaveLength(3);
    expect(text.match(/map \$document_uri /g)).toHaveLength(1);
  });

  test('places that read alike have variables of their own', () => {
    const text = confOf((web, site) => {
      const app = new UwsgiApp(site, 'app', UWSGI);
      for (const path of ['/a/b/', '/a-b/', '/a.b/', '/A/b/']) web.addBackend(path, app, strip);
    });
    const names = [...text.matchAll(/map \$document_uri (\$\w+) /g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toBe('$path_below_a_b');
    expect(text).toContain('"~(?s)^/a\\\\.b(?<path_rest>/.*)"');
  });

  test('over TCP, where nginx asks for its address itself', () => {
    const text = confOf(
      (web, site) =>
        web.addBackend(
          '/api/',
          new GunicornApp(site, 'app', { ...GUNICORN, transport: Transport.tcp(8000) }),
          strip,
        ),
      { image: NginxImage.official('1.22.1') },
    );
    expect(text).toContain('proxy_pass http://$backend_app$uri_at_api;');
  });
});

describe('what cannot be taken off is refused', () => {
  const anyone = ExternalBackend.http('10.0.0.7', 80);

  test.each<[string, (web: NginxFrontend) => unknown, string]>([
    ['no end', (web) => web.addBackend('/api', anyone, strip), 'stripPrefix: "/api" (prefix) is no prefix'],
    ['nothing', (web) => web.addBackend('/', anyone, strip), 'stripPrefix: "/" (prefix) is no prefix'],
    [
      'a single path',
      (web) => web.addLocation(LocationMatch.exact('/api/'), LocationAction.passTo(anyone, strip)),
      'stripPrefix: "/api/" (exact) is no prefix',
    ],
    [
      'a pattern',
      (web) =>
        web.addLocation(LocationMatch.regex('^/api/'), LocationAction.passTo(anyone, { scriptName: '/api' })),
      'scriptName "/api" is not what every path of "^/api/" (regex) begins with',
    ],
    [
      'another place',
      (web) => web.addBackend('/apis/', anyone, { scriptName: '/api' }),
      'scriptName "/api" is not what every path of "/apis/" (prefix) begins with',
    ],
    [
      'a slash at the end',
      (web) => web.addBackend('/api/', anyone, { scriptName: '/api/' }),
      'scriptName "/api/" is no place to mount an application',
    ],
    [
      'a variable',
      (web) => web.addBackend('/api/', anyone, { scriptName: '/$uri' }),
      'scriptName "/$uri" is no place to mount an application',
    ],
    [
      'two answers',
      (web) => web.addBackend('/api/', anyone, { ...strip, scriptName: '/api' }),
      'stripPrefix and scriptName "/api" are two answers to one question',
    ],
  ])('%s', (_, build, message) => {
    expect(() => confOf(build)).toThrow(message);
  });

  test('a path that a rewrite has made', () => {
    const { findings } = reviewOf((web) => {
      web
        .addBackend('/api/', anyone, strip)
        .addDirective(Directive.of('rewrite', ['^/api/v1/(.*)', '/api/$1', 'break']));
    });
    expect(findings.join('\n')).toMatch(
      /rewrite in \/api\/ would be lost[^]*construct: site\/web\/location--api--/,
    );
  });
});

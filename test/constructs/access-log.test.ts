import { AccessLog, Directive, LocationAction, LocationMatch, NginxFrontend } from 'cdktf-wsgi';
import type { NginxFrontendProps } from 'cdktf-wsgi';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { DEBIAN_12, confOf, nginxWarns, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';
import { accessLog, asking, withServers } from '../helpers/stack-of-servers';
import { siteStack } from '../helpers/stacks';

const answering: Build = (web) =>
  web.addLocation(LocationMatch.prefix('/'), LocationAction.respond(200, 'ok'));
const linesOf = (props: NginxFrontendProps): string[] =>
  confOf(answering, props)
    .split('\n')
    .filter((line) => /^ {4}(?:access_log|log_format|map \$request_uri)/.test(line))
    .map((line) => line.trim());

describe('an access log is exactly these lines', () => {
  test.each<[string, NginxFrontendProps, readonly string[]]>([
    ['by default', {}, ['access_log /dev/stdout;']],
    ['as nginx has it', { accessLog: AccessLog.combined() }, ['access_log /dev/stdout;']],
    ['of nothing', { accessLog: AccessLog.off() }, ['access_log off;']],
    [
      'but for a path',
      { accessLog: AccessLog.combined({ omitPaths: ['/healthz'] }) },
      ['access_log /dev/stdout combined if=$access_written;', 'map $request_uri $access_written {'],
    ],
  ])('%s', (_, props, lines) => {
    expect(linesOf(props)).toEqual(lines);
  });

  test('of JSON, one field after the other', () => {
    const [format = '', log] = linesOf({ accessLog: AccessLog.json() });
    expect(log).toBe('access_log /dev/stdout access_json;');
    expect(format.replaceAll("' '", "'\n'").split('\n')).toEqual([
      `log_format access_json escape=json '{"time":"$time_iso8601",'`,
      ...[
        'request_id":"$request_id',
        'remote_addr":"$remote_addr',
        'method":"$request_method',
        'scheme":"$scheme',
        'host":"$host',
        'uri":"$request_uri',
        'protocol":"$server_protocol',
        'referer":"$http_referer',
        'user_agent":"$http_user_agent',
        'cache":"$upstream_cache_status',
        'upstream":"$upstream_addr',
        'upstream_status":"$upstream_status',
        'upstream_connect_time":"$upstream_connect_time',
        'upstream_header_time":"$upstream_header_time',
        'upstream_response_time":"$upstream_response_time',
        'nginx":"$hostname',
      ].map((field) => `'"${field}",'`),
      `'"status":$status,'`,
      `'"bytes_sent":$body_bytes_sent,'`,
      `'"request_length":$request_length,'`,
      `'"request_time":$request_time}';`,
    ]);
  });

  test('unless one was passed through', () => {
    const own: Build = (web, site) => {
      web.addDirective(Directive.of('access_log', ['off']));
      return answering(web, site);
    };
    expect(confOf(own)).not.toContain('/dev/stdout');
  });

  test.each(['healthz', '/a?b', '/a#b', ''])('%j is no path to leave out', (path) => {
    expect(() => AccessLog.json({ omitPaths: ['/ok', path] })).toThrow(
      `AccessLog.json: omitPaths[1] "${path}" is no path`,
    );
  });

  test('and its name is taken', () => {
    const own: Build = (web, site) => {
      web.addDirective(Directive.of('log_format', ['access_json', '$uri']));
      return answering(web, site);
    };
    const told = reviewOf(own, { accessLog: AccessLog.json() }).findings.join('\n');
    expect(told).toContain('log_format "access_json" is there twice: the library has it');
    expect(reviewOf(own).findings).toEqual([]);
  });
});

describeWith(['nginx'], 'an access log of a real nginx', () => {
  test('is JSON, whatever a client sends, and leaves out what it was told to', async () => {
    const accessLogs = AccessLog.json({ omitPaths: ['/healthz', '/a.b'] });
    const props = { ...DEBIAN_12, accessLog: accessLogs };
    expect(await nginxWarns(answering, props)).not.toMatch(/\[(?:warn|emerg)\]/);
    const stack = siteStack((site) => {
      answering(new NginxFrontend(site, 'web', props), site);
    });
    await withServers(StackTopology.of(stack).topology(), { code: {}, statics: {} }, async (bed) => {
      const asks = asking(bed, 'web', 8080);
      for (const path of ['/healthz', '/healthz?deep', '/a.b', '/axb', '/"%22?x="\\'])
        await asks({ path, headers: { 'User-Agent': 'a "b" \\ \u00e9', Referer: '{}' } });
      await new Promise((resolve) => setTimeout(resolve, 200));
      const lines = accessLog(bed).trim().split('\n');
      const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(told.map(({ uri }) => uri)).toEqual(['/axb', '/"%22?x="\\']);
      expect(told[1]).toMatchObject({ method: 'GET', status: 200, remote_addr: '127.0.0.1', referer: '{}' });
      expect(told[1]?.['request_id']).toMatch(/^[0-9a-f]{32}$/);
      expect(told[1]?.['request_time']).toEqual(expect.any(Number));
      expect(told[1]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    });
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Directive, ExternalBackend, NginxImage, Transport, UwsgiApp } from 'cdktf-wsgi';
import type { NginxFrontend, NginxFrontendProps, UpstreamProps } from 'cdktf-wsgi';
import { withDns } from '../helpers/dns';
import { DEBIAN_12, blockOf, confOf, reviewOf, withFrontend } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';
import { UWSGI } from '../helpers/stacks';

const api: Build = (web) => web.addBackend('/', ExternalBackend.http('api.example.com', 80));
const OLD: NginxFrontendProps = { image: NginxImage.official('1.26.3') };

/** The lines that say who is asked, and what is passed to. */
function linesOf(build: Build, props: NginxFrontendProps): string[] {
  const wanted = /^(?:resolver |set \$backend|proxy_pass |server api\.|zone )/;
  return confOf(build, props)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => wanted.test(line));
}

const ONCE = ['server api.example.com:80 max_fails=1;', 'proxy_pass http://api.example.com-80;'];
const VARIABLE = [
  'set $backend_api_example_com_80 api.example.com:80;',
  'proxy_pass http://$backend_api_example_com_80;',
];
const AGAIN = ['server api.example.com:80 max_fails=1 resolve;', 'proxy_pass http://api.example.com-80;'];

describe('the name of a server that lives elsewhere', () => {
  test.each<[string, NginxFrontendProps, string[]]>([
    ['once on the default network', {}, ONCE],
    [
      'again by the engine on a network',
      { networks: ['back'] },
      ['zone api.example.com-80 64k;', 'resolver 127.0.0.11 valid=1s ipv6=off;', ...AGAIN],
    ],
    [
      'again by the resolver, for as long as that says',
      { resolver: '10.0.0.2' },
      [
        'resolver 10.0.0.2 ipv6=off;',
        'zone api.example.com-80 64k;',
        'resolver 10.0.0.2 ipv6=off;',
        ...AGAIN,
      ],
    ],
    ['once by an old nginx on the default network', OLD, ONCE],
    [
      'again by an old nginx on a network, through a variable',
      { ...OLD, networks: ['back'] },
      ['resolver 127.0.0.11 valid=1s ipv6=off;', ...VARIABLE],
    ],
    [
      'again by an old nginx with a resolver, through a variable',
      { ...OLD, resolver: '10.0.0.2' },
      ['resolver 10.0.0.2 ipv6=off;', ...VARIABLE],
    ],
  ])('is resolved %s', (_, props, lines) => {
    expect(linesOf(api, props)).toEqual(lines);
  });

  test('is resolved again beside an application over TCP, whose network has a DNS server', () => {
    const both: Build = (web, site) => {
      api(web, site);
      web.addBackend('/app/', new UwsgiApp(site, 'app', { ...UWSGI, transport: Transport.tcp(3031) }));
    };
    expect(blockOf(confOf(both), 'upstream api.example.com-80 {')).toContain(AGAIN[0]);
  });

  test('is nothing to resolve where it is an address', () => {
    const address: Build = (web) => web.addBackend('/', ExternalBackend.http('10.0.0.7', 80));
    expect(confOf(address, { networks: ['back'] })).not.toContain('resolve');
  });

  const pool =
    (props: UpstreamProps, ...hosts: string[]): Build =>
    (web) => {
      const upstream = web.addUpstream('pool', props);
      for (const host of hosts) upstream.add(ExternalBackend.http(host, 80));
      web.addBackend('/', upstream);
    };

  test.each<[string, Build]>([
    ['several members', pool({}, 'a', 'b')],
    ['keepalive', pool({ keepalive: 4 }, 'a')],
  ])('fails for an old nginx that would not ask the resolver: %s', (_, build) => {
    expect(reviewOf(build, { ...OLD, resolver: '10.0.0.2' }).findings).toEqual([
      'resolver 10.0.0.2 would not be asked for the names of upstream pool: it has several members or keepalive, and nginx 1.26.3 resolves names of an upstream only once, at its start\n  use nginx 1.27.3 or newer, or addresses instead of names\n  construct: site/web\n  rule: XT-RESOLVE',
    ]);
    expect(reviewOf(build, OLD).findings).toEqual([]);
    expect(reviewOf(build, { resolver: '10.0.0.2' }).findings).toEqual([]);
  });

  test('is resolved in a directive passed through by the resolver that is given', () => {
    const passed: Build = (web) => {
      web.addRedirect('/', '/x/').addDirective(Directive.of('add_header', ['X-A', 'b']));
    };
    expect(linesOf(passed, { resolver: '10.0.0.2:53' })).toEqual(['resolver 10.0.0.2:53 ipv6=off;']);
    expect(linesOf(passed, {})).toEqual([]);
  });
});

/** HTTP servers on one port of several addresses, each of which answers with its own. */
async function withEchoes(
  addresses: readonly string[],
  body: (port: number) => Promise<void>,
): Promise<void> {
  const servers = addresses.map((address) => createServer((_, response) => response.end(address)));
  let port = 0;
  for (const [at, server] of servers.entries()) {
    await new Promise<void>((resolve) => server.listen(port, addresses[at], resolve));
    ({ port } = server.address() as AddressInfo);
  }
  try {
    await body(port);
  } finally {
    for (const server of servers) server.close();
  }
}

describeWith(['nginx'], 'the name of a server, and the real nginx', () => {
  test('need not be known at its start, and is followed to another address', async () => {
    let address: string | undefined;
    await withEchoes(['127.0.0.1', '127.0.0.2'], (port) =>
      withDns(
        () => address,
        async (dns) => {
          const build = (web: NginxFrontend): unknown =>
            web.addBackend('/', ExternalBackend.http('api.example.com', port));
          const props = { ...DEBIAN_12, resolver: `127.0.0.1:${String(dns)}` };
          await withFrontend(
            build,
            async (asks) => {
              expect((await asks({ path: '/' })).status).toBe(502);
              for (const next of ['127.0.0.1', '127.0.0.2']) {
                address = next;
                await new Promise((resolve) => setTimeout(resolve, 2500));
                expect((await asks({ path: '/' })).body.toString()).toBe(next);
              }
            },
            {},
            props,
          );
        },
      ),
    );
  }, 30_000);
});

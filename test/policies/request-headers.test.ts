import { BackendProtocol, Directive, ExternalBackend, Policy } from 'cdktf-wsgi';
import type { PassToOptions } from 'cdktf-wsgi';
import { blockOf, confOf, nginxWarns, reviewOf } from '../helpers/frontends';
import { heard } from '../helpers/echo';
import type { Heard } from '../helpers/echo';
import { DEEP, LEVELS, placesOf, withPlaces } from '../helpers/policy-places';
import type { At, Surroundings } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';

const FORGEABLE = 'tells applications the address of the client, the scheme or the host';

describe('what is refused at once', () => {
  test.each([
    ...['Host', 'x-forwarded-for', 'X-Forwarded-Proto', 'X-Forwarded-Prefix', 'X-Real-IP', 'Forwarded'],
    ...['X-Forwarded-Ssl', 'X-Scheme'],
  ])('%s, set or removed', (name) => {
    expect(() => Policy.requestHeaders({ set: { [name]: 'x' } })).toThrow(
      `Policy.requestHeaders: set: "${name}" ${FORGEABLE}`,
    );
    expect(() => Policy.requestHeaders({ remove: [name] })).toThrow(
      `Policy.requestHeaders: remove[0] "${name}" ${FORGEABLE}`,
    );
  });

  test.each<[string, () => unknown, string]>([
    ['nothing', () => Policy.requestHeaders({}), 'it changes nothing: there is neither set nor remove'],
    [
      'what frames a message',
      () => Policy.requestHeaders({ remove: ['Content-Length'] }),
      'remove[0] "Content-Length" is between nginx and its neighbours, and not a message',
    ],
    [
      'the type of a body',
      () => Policy.requestHeaders({ set: { 'Content-Type': 'text/html' } }),
      'set: "Content-Type" is the type of the body that the client sends',
    ],
    [
      'what is cleared anyway',
      () => Policy.requestHeaders({ remove: ['Proxy'] }),
      'is never passed on: programs take it for the address of a proxy (httpoxy)',
    ],
    [
      'an underscore, which is a hyphen to WSGI',
      () => Policy.requestHeaders({ set: { X_Key: 'a' } }),
      'set: "X_Key" is not the name of a header\n  use letters, digits and \'-\'',
    ],
    [
      'one header in two spellings',
      () => Policy.requestHeaders({ set: { 'X-Key': 'a' }, remove: ['x-key'] }),
      "x-key is both set and removed\n  leave it out of remove: what is set stands instead of the client's",
    ],
    [
      'a line break',
      () => Policy.requestHeaders({ set: { 'X-Key': 'a\nHost: b' } }),
      'set: the value "a\\nHost: b" of X-Key is no value of a header',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

const POLICY = Policy.requestHeaders({
  set: { 'X-Environment': 'staging', 'X-Key': 'a$host"' },
  remove: ['Cookie', 'X-Remove'],
});

test('a frontend of both protocols says it in both, each where it is passed on', () => {
  const text = confOf((web) => {
    web.addPolicy(POLICY);
    web.addBackend('/u', ExternalBackend.uwsgi('10.0.0.7', 3031));
    web.addBackend('/h', ExternalBackend.http('10.0.0.7', 80));
  });
  const said = (path: string) =>
    blockOf(text, `location ${path} {`).filter((line) => /cookie|env/i.test(line));
  expect(said('/u')).toEqual([
    'uwsgi_param HTTP_X_ENVIRONMENT staging;',
    'uwsgi_param HTTP_COOKIE "" if_not_empty;',
  ]);
  expect(said('/h')).toEqual(['proxy_set_header X-Environment staging;', 'proxy_set_header Cookie "";']);
});

test('where nothing is passed on it is a finding', () => {
  const findings = reviewOf((web) => {
    web.addRedirect('/x', '/y').addPolicy(POLICY);
  }).findings.join('\n');
  expect(findings).toMatch(/Policy.requestHeaders has nobody to tell[^]*construct: site\/web\/location--x/);
});

const CLIENT = { Cookie: 'a=b', 'X-Key': 'forged', 'X-Remove': 'no', 'X-Kept': 'yes' };

/** What an application is told, its names as headers have them. */
async function toldOf(
  at: At,
  more: Surroundings,
  headers: Readonly<Record<string, string>> = CLIENT,
): Promise<Heard> {
  let told: Heard = {};
  await withPlaces(
    at,
    async (asks) => {
      told = heard(await asks(DEEP, { headers }));
    },
    more,
  );
  const named = Object.entries(told).map(([name, value]) => [
    name
      .replace(/^HTTP_/, '')
      .toLowerCase()
      .replaceAll('_', '-'),
    value,
  ]);
  return Object.fromEntries(named) as Heard;
}

describeWith(['nginx'], 'what an application is told', () => {
  const protocols = Object.values(BackendProtocol);
  const rows = LEVELS.flatMap((level) => protocols.map((protocol) => [level, protocol] as const));

  test.each(rows)('at the %s, over %s', async (level, protocol) => {
    const told = await toldOf({ [level]: POLICY }, { protocol });
    expect(told).toMatchObject({
      ...{ 'x-environment': 'staging', 'x-key': 'a$host"', 'x-kept': 'yes' },
      ...{ host: 'a.example', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' },
    });
    expect(told).not.toHaveProperty('cookie');
    expect(told).not.toHaveProperty('x-remove');
  });

  test.each(protocols)('one further in leaves nothing of one further out, over %s', async (protocol) => {
    for (const level of ['frontend', 'server', 'location'] as const) {
      const at = { [level]: POLICY, nested: Policy.requestHeaders({ remove: ['X-Kept'] }) };
      const told = await toldOf(at, { protocol });
      expect(told).toMatchObject({ 'x-key': 'forged', cookie: 'a=b', 'x-remove': 'no' });
      expect(told).not.toHaveProperty('x-environment');
      expect(told).not.toHaveProperty('x-kept');
    }
  });

  test.each(rows)('at the %s, over %s, beside what was passed through', async (level, protocol) => {
    const isUwsgi = protocol === BackendProtocol.UWSGI;
    const told = await toldOf(
      { [level]: POLICY },
      {
        protocol,
        more: ({ nested }) => {
          const name = isUwsgi ? 'uwsgi_param' : 'proxy_set_header';
          nested.addDirective(Directive.of(name, [isUwsgi ? 'HTTP_X_KEY' : 'x-key', '$request_method']));
          nested.addDirective(Directive.of(name, [isUwsgi ? 'HTTP_X_OWN' : 'X-Own', 'yes']));
        },
      },
    );
    expect(told).toMatchObject({
      'x-environment': 'staging',
      'x-key': 'GET',
      'x-own': 'yes',
      host: 'a.example',
    });
    expect(told).not.toHaveProperty('cookie');
  });

  test.each(protocols)('what is said of one backend stands over it, over %s', async (protocol) => {
    const isUwsgi = protocol === BackendProtocol.UWSGI;
    const options: PassToOptions = {
      headers: { 'X-Key': 'mine' },
      ...(isUwsgi && { uwsgiParams: { HTTP_X_ENVIRONMENT: 'live' } }),
    };
    for (const level of ['frontend', 'nested'] as const) {
      const told = await toldOf(
        { [level]: POLICY },
        {
          protocol,
          options,
        },
      );
      expect(told).toMatchObject({ 'x-key': 'mine', 'x-environment': isUwsgi ? 'live' : 'staging' });
      expect(told).not.toHaveProperty('x-remove');
    }
  });

  test.each(protocols)(
    'a header with an underscore cannot stand for one that is set, over %s',
    async (protocol) => {
      const told = await toldOf({ server: POLICY }, { protocol }, { X_Key: 'forged', X_Remove: 'forged' });
      expect(told).toMatchObject({ 'x-key': 'a$host"' });
      expect(told).not.toHaveProperty('x-remove');
    },
  );

  test.each(LEVELS)('nginx has nothing to say of it at the %s', async (level) => {
    const said = await nginxWarns((web) => {
      placesOf(web, ExternalBackend.uwsgi('10.0.0.7', 3031))[level].addPolicy(POLICY);
    });
    expect(said).not.toMatch(/\[(?:warn|emerg)\]/);
  });
});

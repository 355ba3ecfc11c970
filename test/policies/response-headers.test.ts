import { BackendProtocol, Directive, Policy, StaticMount, StaticSource } from 'cdktf-wsgi';
import type { IPolicy } from 'cdktf-wsgi';
import { nginxWarns, reviewOf } from '../helpers/frontends';
import { DEEP, LEVELS, OUTER, withPlaces } from '../helpers/policy-places';
import type { At, Surroundings } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';

describe('what is refused at once', () => {
  test.each<[string, () => unknown, string]>([
    ['nothing', () => Policy.responseHeaders({}), 'it changes nothing: there is neither set nor hide'],
    [
      'a name that is none',
      () => Policy.responseHeaders({ set: { 'X A': 'b' } }),
      'Policy.responseHeaders: set: "X A" is not the name of a header',
    ],
    [
      'an underscore',
      () => Policy.responseHeaders({ hide: ['X_A'] }),
      'hide[0] "X_A" is not the name of a header',
    ],
    [
      'a line break',
      () => Policy.responseHeaders({ set: { 'X-A': 'b\r\nSet-Cookie: c' } }),
      'set: the value "b\\r\\nSet-Cookie: c" of X-A is no value of a header\n  write it in one line, without control characters',
    ],
    [
      'nothing as a value',
      () => Policy.responseHeaders({ set: { 'X-A': '' } }),
      'the value "" of X-A is no value of a header\n  leave it out',
    ],
    [
      'one header in two spellings',
      () => Policy.responseHeaders({ set: { 'X-A': 'b', 'x-a': 'c' } }),
      'set: "x-a" is there twice',
    ],
    [
      'a header that nginx writes',
      () => Policy.responseHeaders({ set: { 'content-type': 'text/html' } }),
      `set: "content-type" is nginx's own: the answer would have two of them`,
    ],
    [
      'a header that is never sent on',
      () => Policy.responseHeaders({ hide: ['Server'] }),
      `hide[0] "Server" is nginx's own: that of the application is never sent on\n  leave it out`,
    ],
    [
      'everything at once',
      () => Policy.responseHeaders({ set: { Date: 'x', 'X-A': '\0' }, hide: ['Date'] }),
      'set: "Date" is',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('headers to hide where nothing is passed on are a finding', () => {
  const findings = reviewOf((web, site) => {
    const mount = new StaticMount(site, 'files', { path: '/', source: StaticSource.hostPath('/srv') });
    web.addStatic(mount).addPolicy(Policy.responseHeaders({ hide: ['X-Powered-By'] }));
  }).findings.join('\n');
  expect(findings).toMatch(
    /policy responseHeaders: Policy.responseHeaders has nothing to hide[^]*construct: site\/web\/location--/,
  );
});

const POLICY = Policy.responseHeaders({
  set: { 'X-Powered-By': 'us', 'X-Price': '$1 ${host}' },
  hide: ['x-powered-by', 'X-Version'],
});
const OTHER: IPolicy = {
  kind: 'other',
  bindPolicy: () => ({ directives: [Directive.of('add_header', ['X-Other', 'yes'])] }),
};
const ANSWERED = { 'X-Powered-By': 'them', 'X-Version': '1', 'X-Kept': 'yes' };

/** Each header of an answer with all that it says; of the deep path unless another is given. */
async function headersOf(
  at: At,
  { path = DEEP, ...more }: Surroundings & { readonly path?: string } = {},
): Promise<Record<string, unknown>> {
  let found: Record<string, unknown> = {};
  await withPlaces(
    at,
    async (asks) => {
      found = (await asks(path)).headers;
    },
    { answered: () => ANSWERED, ...more },
  );
  return found;
}

describeWith(['nginx'], 'headers of answers', () => {
  const protocols = Object.values(BackendProtocol);
  const rows = LEVELS.flatMap((level) => protocols.map((protocol) => [level, protocol] as const));

  test.each(rows)(
    'at the %s, over %s: one header instead of that of the application',
    async (level, protocol) => {
      const headers = await headersOf({ [level]: POLICY }, { protocol });
      expect(headers).toMatchObject({ 'x-powered-by': 'us', 'x-price': '$1 ${host}', 'x-kept': 'yes' });
      expect(headers).not.toHaveProperty('x-version');
    },
  );

  test.each(protocols)('one further in leaves nothing of one further out, over %s', async (protocol) => {
    const more: Surroundings = {
      protocol,
      more: ({ server }) => {
        server.addDirective(Directive.of('add_header', ['X-Users', 'yes']));
      },
    };
    for (const level of ['frontend', 'server', 'location'] as const) {
      const hiding = { [level]: [POLICY, OTHER], nested: Policy.responseHeaders({ hide: ['X-Kept'] }) };
      const hidden = await headersOf(hiding, more);
      expect(hidden).toMatchObject({ 'x-powered-by': 'them', 'x-version': '1', 'x-other': 'yes' });
      expect(hidden).not.toHaveProperty('x-kept');
      expect(hidden).not.toHaveProperty('x-nothing');
      const setting = { [level]: [POLICY, OTHER], nested: Policy.responseHeaders({ set: { 'X-A': 'b' } }) };
      expect(await headersOf(setting, more)).toMatchObject({
        'x-a': 'b',
        ...{ 'x-powered-by': 'them', 'x-version': '1', 'x-kept': 'yes', 'x-other': 'yes', 'x-users': 'yes' },
      });
    }
  });

  test.each(rows)(
    'at the %s, over %s, beside headers that are hidden further in',
    async (level, protocol) => {
      const family = protocol === BackendProtocol.UWSGI ? 'uwsgi' : 'proxy';
      const headers = await headersOf(
        { [level]: POLICY },
        {
          protocol,
          more: ({ nested }) => {
            nested.addDirective(Directive.of(`${family}_hide_header`, ['X-Kept']));
          },
        },
      );
      expect(headers).toMatchObject({ 'x-powered-by': 'us' });
      expect(headers).not.toHaveProperty('x-kept');
      expect(headers).not.toHaveProperty('x-version');
    },
  );

  test('further in, beside headers that were hidden by a directive further out', async () => {
    const more: Surroundings = {
      more: ({ frontend }) => {
        frontend.addDirective(Directive.of('proxy_hide_header', ['X-Kept']));
      },
    };
    for (const level of ['server', 'location', 'nested'] as const) {
      expect(await headersOf({ [level]: POLICY }, more)).not.toHaveProperty('x-kept');
    }
  });

  test('beside policies that add and hide others', async () => {
    const cached = Policy.clientCache({ noStore: true, overrides: true });
    const headers = await headersOf({ frontend: POLICY, nested: [cached, Policy.securityHeaders()] });
    expect(headers).toMatchObject({
      'x-powered-by': 'us',
      'cache-control': 'no-store',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(headers).not.toHaveProperty('x-version');
  });

  test('a header that was passed through stands instead', async () => {
    const headers = await headersOf(
      { server: POLICY },
      {
        more: ({ nested }) => {
          nested.addDirective(Directive.of('add_header', ['X-Powered-By', 'me']));
        },
      },
    );
    expect(headers['x-powered-by']).toBe('me');
    expect(headers['x-price']).toBe('$1 ${host}');
  });

  test('are on errors too', async () => {
    expect(await headersOf({ server: POLICY }, { path: '/nothing' })).toMatchObject({ 'x-powered-by': 'us' });
    expect(await headersOf({ location: POLICY }, { path: OUTER })).toMatchObject({ 'x-powered-by': 'us' });
  });

  test('nginx has nothing to say of it', async () => {
    const said = await nginxWarns((web, site) => {
      const source = StaticSource.hostPath('/srv');
      web.addPolicy(Policy.responseHeaders({ set: { 'X-A': 'a; b "c" \\ {d}' } }));
      web.addStatic(new StaticMount(site, 'files', { path: '/', source }));
    });
    expect(said).not.toMatch(/\[(?:warn|emerg)\]/);
  });
});

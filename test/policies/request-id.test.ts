import { BackendProtocol, ExternalBackend, Policy, PolicyKind } from 'cdktf-wsgi';
import { heard } from '../helpers/echo';
import { blockOf, confOf } from '../helpers/frontends';
import { DEEP, LEVELS, OUTER, withPlaces } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';

const HEX = /^[0-9a-f]{32}$/;

test.each<[string, ExternalBackend, readonly string[]]>([
  [
    'http',
    ExternalBackend.http('10.0.0.7', 80),
    ['proxy_hide_header X-Request-Id;', 'proxy_set_header X-Request-Id $request_id;'],
  ],
  [
    'uwsgi',
    ExternalBackend.uwsgi('10.0.0.7', 3031),
    ['uwsgi_hide_header X-Request-Id;', 'uwsgi_param HTTP_X_REQUEST_ID $request_id;'],
  ],
])('an id of requests is exactly these lines, over %s', (_, backend, lines) => {
  const text = confOf((web) => {
    web.addBackend('/x', backend).addPolicy(Policy.requestId());
  });
  expect(blockOf(text, 'location /x {').filter((line) => /request.id/i.test(line))).toEqual([
    'add_header X-Request-Id $request_id always;',
    ...lines,
  ]);
});

test.each([
  ['Host', 'header[0] "Host" tells applications the address'],
  ['X Id', 'header[0] "X Id" is not the name of a header'],
])('%s is no header for one', (header, message) => {
  expect(() => Policy.requestId({ header })).toThrow(message);
});

describeWith(['nginx'], 'an id of requests of a real nginx', () => {
  const forged = { headers: { 'X-Request-Id': 'mine' } };
  const answered = (): Record<string, string> => ({ 'X-Request-Id': 'theirs' });

  describe.each(Object.values(BackendProtocol))('over %s', (protocol) => {
    test.each(LEVELS)('attached to the %s is one for application and client, whatever they say', (level) =>
      withPlaces(
        { [level]: Policy.requestId() },
        async (asks) => {
          const answer = await asks(DEEP, forged);
          const told = heard(answer);
          const id = told['x-request-id'] ?? told['HTTP_X_REQUEST_ID'];
          expect(id).toMatch(HEX);
          expect(answer.headers['x-request-id']).toBe(id);
          expect((await asks(DEEP)).headers['x-request-id']).not.toBe(id);
        },
        { protocol, answered },
      ),
    );
  });

  test('stands beside headers of requests and answers that policies set, and is let go of', () =>
    withPlaces(
      {
        frontend: Policy.requestId(),
        location: [
          Policy.requestHeaders({ set: { 'X-Environment': 'staging' } }),
          Policy.responseHeaders({ set: { 'X-Own': 'yes' } }),
        ],
        nested: Policy.off(PolicyKind.REQUEST_ID),
      },
      async (asks) => {
        const outer = await asks(OUTER);
        expect(heard(outer)).toMatchObject({
          'x-environment': 'staging',
          'x-request-id': expect.stringMatching(HEX) as string,
        });
        expect(outer.headers).toMatchObject({
          'x-own': 'yes',
          'x-request-id': expect.stringMatching(HEX) as string,
        });
        const nested = await asks(DEEP);
        expect(heard(nested)).toMatchObject({ 'x-environment': 'staging' });
        expect(heard(nested)).not.toHaveProperty('x-request-id');
        expect(nested.headers).toMatchObject({ 'x-own': 'yes', 'x-request-id': 'theirs' });
      },
      { answered },
    ));
});

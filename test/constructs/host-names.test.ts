import { ExternalBackend, StatsdAddress } from 'cdktf-wsgi';

describe('the name of a host', () => {
  test.each(['a:80', '1.2.3.4:5:6', ':', '[::1]', 'http://a'])(
    'fails on %p, with the place of the port',
    (host) => {
      expect(() => ExternalBackend.http(host, 80)).toThrow(
        `ExternalBackend.http: host ${JSON.stringify(host)} is neither the name of a host nor an address\n  give it without a scheme, such as 'metrics' or '10.0.0.7': the port is given beside it, as port`,
      );
    },
  );

  test.each([
    '',
    '.',
    '..',
    'a..b',
    '-',
    '-a',
    'a-',
    'a.-b',
    '999.1.1.1',
    '1.2.3',
    '80',
    'a b',
    'a'.repeat(64),
  ])('fails on %p, which DNS and Docker do not have', (host) => {
    expect(() => StatsdAddress.udp(host, 80)).toThrow(
      `host ${JSON.stringify(host)} is neither the name of a host nor an address\n  give one such as 'metrics', 'api.example.com' or '10.0.0.7'`,
    );
  });

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', 'LOCALHOST', '::1'])(
    'fails on %p, which is nginx’s own container',
    (host) => {
      expect(() => ExternalBackend.uwsgi(host, 80)).toThrow(
        `ExternalBackend.uwsgi: host ${JSON.stringify(host)} is nginx's own container`,
      );
    },
  );

  test.each([
    'a',
    'a_b',
    'team-api_1',
    '4a.example.com',
    'xn--mnchen-3ya.de',
    '10.0.0.7',
    '::2',
    'localhost.example.com',
    'a'.repeat(63),
  ])('is taken: %s', (host) => {
    expect(ExternalBackend.uwsgi(host, 80).bindBackend().members).toEqual([{ host, port: 80 }]);
  });
});

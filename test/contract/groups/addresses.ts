import type { Contract } from '../backend-contract';
import { converse as converseWith, head } from '../client';
import type { RawAnswer } from '../client';
import { factsOf, valuesOf } from '../facts';
import type { Facts } from '../facts';
import { withTlsEdge } from '../tls-edge';
import { NAMES } from '../variant';

/** Headers with which a client could pretend to be somebody else, somewhere else, or the proxy itself. */
const FORGED = [
  'X-Forwarded-For: 6.6.6.6',
  'X-Real-IP: 6.6.6.6',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Ssl: on',
  'X-Forwarded-Protocol: ssl',
  'X-Forwarded-Host: evil.test',
  'X-Forwarded-Port: 1',
  'X-Forwarded-Prefix: /evil',
  'Forwarded: for=6.6.6.6;proto=https;host=evil.test',
  'Proxy: http://evil.test',
  'Script-Name: /evil',
  'SCRIPT_NAME: /evil',
  'PATH_INFO: /evil',
  'REMOTE_ADDR: 6.6.6.6',
  'X_FORWARDED_FOR: 6.6.6.6',
  'X_FORWARDED_PROTO: https',
  'UWSGI_FILE: /evil.py',
  'UWSGI_SCHEME: https',
  'Uwsgi-File: /evil.py',
];

/** Headers of `FORGED` that arrive as what they are: HTTP_SCRIPT_NAME and HTTP_UWSGI_FILE mean nothing to anybody. */
const HARMLESS = ['script-name', 'uwsgi-file'];

/** An address that only the client has: nginx reaches a server over TCP from 127.0.0.1. */
const CLIENT = '127.0.0.2';

export function addressTests({ promises, ask, converse, port }: Contract): void {
  describe('addresses', () => {
    test('a client cannot say who it is, nor how it came', async () => {
      const plain = factsOf(await ask(head('GET', '/echo')));
      const forged = factsOf(await ask(head('GET', '/echo', FORGED)));
      expect(comparable(forged)).toEqual(comparable(plain));
      expect(forged.strange).toEqual([]);
    });

    test('a client cannot undo what nginx was told of TLS before it', async () => {
      const forged = ['X-Forwarded-Proto: http', 'X-Forwarded-Ssl: off', 'HTTPS: off'];
      const plain = factsOf(await ask(head('GET', '/echo', [], NAMES.tls)));
      const facts = factsOf(await ask(head('GET', '/echo', forged, NAMES.tls)));
      expect(facts.headers['x-forwarded-proto']).toBe('https');
      expect(facts.scheme).toBe(plain.scheme);
    });

    test('nginx says who the client is and how it came', async () => {
      const facts = factsOf(await converse({ pieces: [head('GET', '/echo')], from: CLIENT }));
      expect(facts.headers).toMatchObject({
        'x-forwarded-for': CLIENT,
        'x-real-ip': CLIENT,
        'x-forwarded-proto': 'http',
        'x-forwarded-port': String(port()),
      });
      expect(facts.scheme).toBe('http');
      expect(facts.client === CLIENT).toBe(promises.client === 'client');
    });

    test('what the regex of a location has captured is left alone', async () => {
      const answer = await ask(head('GET', '/echo/captured/this'));
      expect(valuesOf(answer, 'x-captured')).toEqual(['this']);
    });

    test('the application’s own address leads back to it behind another published port', async () => {
      const host = `any.test:${String(port())}`;
      const redirect = await ask(head('GET', '/redirect', [], host));
      expect(redirect.status).toBe(302);
      expect(valuesOf(redirect, 'location')).toEqual([`http://${host}/echo`]);
    });

    test('addresses and redirects of the application are https where TLS ends before nginx and nginx is told so', async () => {
      await withTlsEdge(port(), async (tlsPort) => {
        const host = `${NAMES.tls}:${String(tlsPort)}`;
        const get = (target: string): Promise<RawAnswer> =>
          converseWith(tlsPort, { pieces: [head('GET', target, [], host)], tls: true });
        const facts = factsOf(await get('/echo'));
        expect(facts.headers['x-forwarded-proto']).toBe('https');
        expect(facts.scheme).toBe(promises.scheme ? 'https' : 'http');
        expect(facts.url).toBe(`${facts.scheme}://${host}/`);
        const redirect = await get('/redirect');
        expect(redirect.status).toBe(302);
        expect(valuesOf(redirect, 'location')).toEqual([`${facts.scheme}://${host}/echo`]);
      });
    });
  });
}

/** What must not change: all but the worker, and headers that are their senders' own under any name. */
function comparable(facts: Facts): object {
  const headers = Object.entries(facts.headers).filter(([name]) => !HARMLESS.includes(name));
  return { ...facts, process: 0, headers: Object.fromEntries(headers) };
}

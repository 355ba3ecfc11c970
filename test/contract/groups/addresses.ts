import type { Contract } from '../backend-contract';
import { head } from '../client';
import { factsOf, valuesOf } from '../facts';
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

export function addressTests({ promises, ask, port }: Contract): void {
  describe('addresses', () => {
    test('a client cannot say who it is, nor how it came', async () => {
      const plain = factsOf(await ask(head('GET', '/echo')));
      const forged = factsOf(await ask(head('GET', '/echo', FORGED)));
      const harmless = ['script-name', 'uwsgi-file'];
      const left = Object.entries(forged.headers).filter(([name]) => !harmless.includes(name));
      const { process: _, headers: __, ...facts } = forged;
      expect(Object.fromEntries(left)).toEqual(plain.headers);
      expect(plain).toMatchObject(facts);
      expect(forged.strange).toEqual([]);
    });

    test('nginx says who the client is and how it came', async () => {
      const facts = factsOf(await ask(head('GET', '/echo')));
      expect(facts.headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-real-ip': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': String(port()),
      });
      expect(facts.scheme).toBe('http');
    });

    test('the application’s own address leads back to it behind another published port', async () => {
      const host = `any.test:${String(port())}`;
      const redirect = await ask(head('GET', '/redirect', [], host));
      expect(redirect.status).toBe(302);
      expect(valuesOf(redirect, 'location')).toEqual([`http://${host}/echo`]);
    });

    test('the application’s own address is https where TLS ends before nginx and nginx is told so', async () => {
      const facts = factsOf(await ask(head('GET', '/echo', [], NAMES.tls)));
      expect(facts.headers['x-forwarded-proto']).toBe('https');
      expect(facts.scheme).toBe(promises.scheme ? 'https' : 'http');
      expect(facts.url).toBe(`${facts.scheme}://${NAMES.tls}/`);
    });
  });
}

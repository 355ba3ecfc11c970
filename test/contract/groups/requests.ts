import type { Contract } from '../backend-contract';
import { head, keptHead } from '../client';
import { factsOf, valuesOf } from '../facts';
import { PATH } from '../promises';

export function requestTests({ promises, ask, converse }: Contract): void {
  describe('requests', () => {
    test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'M-SEARCH'])(
      '%s reaches the application with its path, its query and its body',
      async (method) => {
        const lines = ['Content-Type: text/special', 'Content-Length: 5'];
        const facts = factsOf(await ask(head(method, '/echo/x?a=%2F&b=1', lines), 'hello'));
        expect(facts).toMatchObject({ method, path: '/echo/x', script: '', query: 'a=%2F&b=1' });
        expect(facts).toMatchObject({ type: 'text/special', length: 5 });
      },
    );

    test.each(['TRACE', 'CONNECT'])('%s is refused by nginx', async (method) => {
      expect((await ask(head(method, '/echo'))).status).toBe(405);
    });

    test('an answer keeps its status, every header of one name, and headers of 12 kB', async () => {
      const answer = await ask(head('GET', '/answer?status=299'));
      expect(answer.status).toBe(299);
      expect(valuesOf(answer, 'set-cookie')).toEqual(['one=1; Path=/', 'two=2; Path=/']);
      expect(valuesOf(answer, 'x-empty')).toEqual(['']);
      expect(valuesOf(answer, 'x-long')).toEqual(['x'.repeat(12_000)]);
      expect(answer.body.toString()).toBe('answered\n');
      expect(answer.reason === 'Its Own Reason').toBe(promises.reason);
    });

    test('HEAD gets the head of the answer and no body', async () => {
      const answer = await ask(head('HEAD', '/empty'));
      expect(answer).toMatchObject({ status: 200, body: Buffer.alloc(0) });
      expect(valuesOf(answer, 'content-type')).toEqual(['text/plain']);
      expect(valuesOf(answer, 'x-method')).toEqual(['HEAD']);
      const withBody = await ask(head('HEAD', '/many?bytes=100'));
      expect(withBody).toMatchObject({ status: promises.headWithBody, body: Buffer.alloc(0) });
    });

    test('a path is decoded as WSGI and ASGI want it, and there as it was sent', async () => {
      const { path, raw, script } = factsOf(await ask(head('GET', PATH)));
      expect({ path, raw, script }).toEqual({
        path: promises.path,
        raw: promises.rawPath ? PATH : null,
        script: '',
      });
    });

    test('bytes in a path that are neither ASCII nor encoded', async () => {
      const answer = await ask(Buffer.from(head('GET', '/echo/é')));
      expect(answer.status === 200 ? factsOf(answer).path : answer.status).toBe(promises.bytes);
    });

    test.each([
      ['HEAD', keptHead('HEAD', '/empty'), 200],
      [
        'HEAD that the application answers with a body',
        keptHead('HEAD', '/many?bytes=100'),
        promises.headWithBody,
      ],
      ['an unread body', `${keptHead('POST', '/unread', ['Content-Length: 1000'])}${'x'.repeat(1000)}`, 200],
    ])('a connection serves another request after %s', async (_, first, status) => {
      const answer = await converse({ pieces: [first, head('GET', '/process')], pauseMs: 50 });
      expect(answer.status).toBe(status);
      const second = answer.body.subarray(answer.body.indexOf('HTTP/1.1 '));
      expect(second.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n\d+$/);
    });

    test('Expect: 100-continue is answered before the body comes', async () => {
      const pieces = [head('POST', '/echo', ['Content-Length: 5', 'Expect: 100-continue']), 'hello'];
      const answer = await converse({ pieces, pauseMs: 300 });
      expect(answer.status).toBe(100);
      expect(answer.body.toString()).toContain('HTTP/1.1 200 OK');
      expect(answer.body.toString()).toContain('"length": 5');
    });

    test('clients that send and read slowly keep nobody waiting', async () => {
      const piece = 'x'.repeat(10);
      const drips = Array.from({ length: 10 }, () => piece);
      const dripping = { pieces: [head('POST', '/echo', ['Content-Length: 100']), ...drips], pauseMs: 150 };
      const sipping = { pieces: [head('GET', '/many?bytes=2000000')], sip: 65_000 };
      const slow = Promise.all([dripping, dripping, dripping, sipping, sipping, sipping].map(converse));
      const quick = await ask(head('GET', '/process'));
      const answers = await slow;
      expect(answers.slice(0, 3).map((answer) => factsOf(answer).length)).toEqual([100, 100, 100]);
      expect(answers.slice(3).map(({ body }) => body.length)).toEqual([2_000_000, 2_000_000, 2_000_000]);
      expect(quick.status).toBe(200);
      expect(quick.milliseconds).toBeLessThan(
        Math.min(...answers.map(({ milliseconds }) => milliseconds)) / 2,
      );
    });
  });
}

import type { Contract } from '../backend-contract';
import { head } from '../client';
import { factsOf } from '../facts';

/** nginx's buffer for a line of the head, without the end of the line. */
const LINE = 8190;

export function headTests({ promises, ask }: Contract): void {
  describe('heads', () => {
    const echoing = (...lines: string[]): ReturnType<typeof ask> => ask(head('GET', '/echo', lines));

    test('a request line as long as nginx takes it arrives whole, a longer one is 414', async () => {
      const target = '/echo?'.padEnd(LINE - 'GET  HTTP/1.1'.length, 'q');
      expect(factsOf(await ask(head('GET', target))).query).toHaveLength(target.length - '/echo?'.length);
      expect((await ask(head('GET', `${target}qqq`))).status).toBe(414);
    });

    test('a header as long as nginx takes it arrives whole, a longer one is 400', async () => {
      const value = 'v'.repeat(LINE - 'X-Long: '.length);
      expect(factsOf(await echoing(`X-Long: ${value}`)).headers['x-long']).toHaveLength(value.length);
      expect((await echoing(`X-Long: ${value}vvv`)).status).toBe(400);
    });

    test('as many long headers as nginx takes arrive whole, one more is 400', async () => {
      const long = (count: number): string[] =>
        Array.from({ length: count }, (_, index) => `X-L${String(index)}: ${'v'.repeat(8000)}`);
      const { headers } = factsOf(await echoing(...long(4)));
      expect(Object.entries(headers).filter(([name]) => name.startsWith('x-l'))).toHaveLength(4);
      expect((await echoing(...long(5))).status).toBe(400);
    });

    test.each([100, 500])('%i headers arrive', async (count) => {
      const lines = Array.from({ length: count }, (_, index) => `X-N${String(index)}: ${String(index)}`);
      const { headers } = factsOf(await echoing(...lines));
      expect(Object.keys(headers).filter((name) => name.startsWith('x-n'))).toHaveLength(count);
    });

    test.each([1000, 3000, 8000])(
      '%i headers of no length are never a fault of the server',
      async (count) => {
        const lines = Array.from({ length: count }, (_, index) => `A${index.toString(36)}:`);
        expect((await echoing(...lines)).status).toBeLessThan(500);
      },
    );

    test('cookies of 30 kB arrive whole and as one header, in one line of 30 kB they are 400', async () => {
      const cookies = ['a', 'b', 'c', 'd'].map((name) => `${name}=${'v'.repeat(7500)}`);
      const { headers } = factsOf(await echoing(...cookies.map((cookie) => `Cookie: ${cookie}`)));
      expect(headers['cookie']).toBe(cookies.join('; '));
      expect((await echoing(`Cookie: ${cookies.join('; ')}`)).status).toBe(400);
    });

    test('headers of one name become one', async () => {
      expect(factsOf(await echoing('X-Two: 1', 'X-Two: 2')).headers['x-two']).toBe(promises.repeated);
    });
  });
}

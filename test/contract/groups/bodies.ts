import { createHash } from 'node:crypto';
import type { Contract } from '../backend-contract';
import { chunked, head } from '../client';
import { factsOf } from '../facts';
import { BODY_LIMIT } from '../variant';

const LIMIT = BODY_LIMIT.toBytes();
const PIECE = 'y'.repeat(50_000);

export function bodyTests({ promises, ask, converse }: Contract): void {
  describe('bodies', () => {
    test.each([
      ['nothing', 0],
      ['one byte', 1],
      ['a megabyte', 2 ** 20],
      ['exactly clientMaxBodySize', LIMIT],
    ])('%s arrives whole', async (_, size) => {
      const body = Buffer.alloc(size, 'abcdefg');
      const facts = factsOf(await ask(head('POST', '/echo', [`Content-Length: ${String(size)}`]), body));
      expect(facts.length).toBe(size);
      expect(facts.digest).toBe(digest(body));
    });

    test('one byte more is 413', async () => {
      const size = LIMIT + 1;
      const lines = [`Content-Length: ${String(size)}`];
      expect((await ask(head('POST', '/echo', lines), Buffer.alloc(size))).status).toBe(413);
    });

    test('a chunked body arrives whole, and as nginx has decoded it', async () => {
      const pieces = chunked(Array.from({ length: 20 }, () => PIECE));
      const facts = factsOf(await ask(head('POST', '/echo', ['Transfer-Encoding: chunked']), ...pieces));
      expect(facts.length).toBe(20 * PIECE.length);
      expect(facts.headers).not.toHaveProperty('transfer-encoding');
    });

    test(`a chunked body that nginx does not wait for is ${promises.chunks}`, async () => {
      const request = head('POST', '/echo/uploading', ['Transfer-Encoding: chunked']);
      const pieces = [request, ...chunked(['first', 'second', 'third'])];
      const answer = await converse({ pieces, pauseMs: 150 });
      const arrived = answer.status === 502 ? '' : factsOf(answer).digest;
      expect(arrived === digest('firstsecondthird') ? 'whole' : 'lost').toBe(promises.chunks);
    });

    test('a chunked body over the limit is 413', async () => {
      const pieces = chunked(Array.from({ length: 50 }, () => PIECE));
      expect((await ask(head('POST', '/echo', ['Transfer-Encoding: chunked']), ...pieces)).status).toBe(413);
    });

    test('a body that the application does not read harms nothing', async () => {
      const unread = (size: number): Promise<{ readonly status: number }> =>
        ask(head('POST', '/unread', [`Content-Length: ${String(size)}`]), Buffer.alloc(size));
      expect((await unread(1000)).status).toBe(200);
      expect(promises.unread).toContain((await unread(LIMIT)).status);
      expect((await ask(head('GET', '/process'))).status).toBe(200);
    });
  });
}

function digest(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

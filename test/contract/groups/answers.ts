import type { Contract } from '../backend-contract';
import { framed, head, keptHead } from '../client';
import { valuesOf } from '../facts';
import { NAMES } from '../variant';

/** A second answer on the same connection. */
const ANOTHER = /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n\d+$/;

export function answerTests({ promises, ask, converse }: Contract): void {
  describe('answers', () => {
    test.each([204, 304])(
      '%i arrives with its headers and no body, and its connection serves on',
      async (status) => {
        const pieces = [keptHead('GET', `/bare?status=${String(status)}`), head('GET', '/process')];
        const answer = await converse({ pieces, pauseMs: 50 });
        expect(answer.status).toBe(status);
        expect(valuesOf(answer, 'etag')).toEqual(['"one"']);
        expect(answer.body.toString()).toMatch(ANOTHER);
      },
    );

    test('one whose length the application has not told arrives whole, and its connection serves on', async () => {
      const pieces = [keptHead('GET', '/stream?pieces=3&length=untold'), head('GET', '/process')];
      const { body, rest } = framed(await converse({ pieces, pauseMs: 50 }));
      expect(body).toBe('piece\n'.repeat(3));
      expect(rest).toMatch(ANOTHER);
    });

    if (promises.brokenOff === 'an error') {
      test(`one that the application breaks off is ${String(promises.raise)}: nothing of it was sent before its end`, async () => {
        const answer = await ask(head('GET', '/stream?pieces=3&end=broken', [], NAMES.short));
        expect(answer.status).toBe(promises.raise);
      });
      return;
    }

    test.each([
      ['told', 'broken'],
      ['untold', promises.brokenOff],
    ])('one with its length %s that the application breaks off looks %s', async (length, looks) => {
      const answer = await ask(head('GET', `/stream?pieces=3&length=${length}&end=broken`));
      const { body, rest } = framed(answer);
      expect(body).toBe('piece\n'.repeat(2));
      expect(rest === undefined ? 'broken' : 'whole').toBe(looks);
    });
  });
}

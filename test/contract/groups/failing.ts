import { existsSync } from 'node:fs';
import type { Contract } from '../backend-contract';
import type { RawAnswer } from '../client';
import { head } from '../client';
import { sleeperOf } from '../running';
import { MAX_REQUESTS, NAMES } from '../variant';

/** Longer than any limit of the application with short limits. */
const HANGS = '/sleep?seconds=5';

export function failureTests({ promises, ask, server }: Contract): void {
  const request = (target: string): Promise<RawAnswer> => ask(head('GET', target, [], NAMES.short));
  const answering = async (): Promise<number> => {
    const answer = await request('/process');
    expect(answer.status).toBe(200);
    return Number(answer.body.toString());
  };
  const asked = async (times: number): Promise<Set<number>> => {
    const found = new Set<number>();
    for (let time = 0; time < times; time++) found.add(await answering());
    return found;
  };

  describe('failing', () => {
    test(`an application that raises is ${String(promises.raise)}, and its worker lives`, async () => {
      const before = await asked(8);
      expect((await request('/raise')).status).toBe(promises.raise);
      for (const worker of before) expect(existsSync(`/proc/${String(worker)}`)).toBe(true);
      await answering();
    });

    test(`an application that hangs is ${String(promises.hang.status)}, by ${promises.hang.by}`, async () => {
      const answer = await request(HANGS);
      expect(answer.status).toBe(promises.hang.status);
      expect(answer.milliseconds).toBeGreaterThan(1000);
      expect(answer.milliseconds).toBeLessThan(4900);
      await answering();
    });

    test('an application that ends its process loses that request alone', async () => {
      expect((await request('/die')).status).toBe(502);
      await answering();
    });

    test('a worker that is killed loses the request that it has alone', async () => {
      const hanging = request(HANGS);
      process.kill(await sleeperOf(server('short')), 'SIGKILL');
      expect((await hanging).status).toBe(502);
      await answering();
    });

    test(`${promises.recycles ? 'a worker is' : 'no worker is'} recycled after maxRequests, without a lost request`, async () => {
      const before = await asked(2 * MAX_REQUESTS + 10);
      const until = Date.now() + (promises.recycles ? 20_000 : 3000);
      let fresh = false;
      while (!fresh && Date.now() < until) {
        fresh = !before.has(await answering());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(fresh || before.size > 2).toBe(promises.recycles);
    });
  });
}

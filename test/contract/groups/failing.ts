import type { Contract } from '../backend-contract';
import type { RawAnswer } from '../client';
import { head } from '../client';
import { sleeperOf, workersOf } from '../running';
import { MAX_REQUESTS, MEMORY_LIMIT, NAMES, WORKERS } from '../variant';
import type { Limits } from '../variant';

/** Longer than any limit of the application with short limits. */
const HANGS = '/sleep?seconds=6';

/** When a request that hangs has ended: servers count whole seconds and look once in each, and this machine may be busy. */
const ENDS_MS = {
  harakiri: [1000, 5000],
  timeout: [1000, 5000],
  heartbeat: [1000, 5400],
  nginx: [2900, 5900],
} as const;

export function failureTests({ promises, ask, server }: Contract): void {
  const request = (target: string): Promise<RawAnswer> => ask(head('GET', target, [], NAMES.short));
  const answering = async (): Promise<void> => {
    expect((await request('/process')).status).toBe(200);
  };
  const workers = (limits: Limits): string[] => workersOf(server(limits));
  /** Those that serve when whatever ended before has its successor. */
  const settled = async (): Promise<string[]> => {
    for (let tries = 0; workers('short').length < WORKERS.short && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(workers('short')).toHaveLength(WORKERS.short);
    return workers('short');
  };
  const untilOneIsGone = async (
    before: readonly string[],
    limits: Limits,
    meanwhile: () => Promise<unknown>,
  ): Promise<void> => {
    const lost = (): string[] => before.filter((worker) => !workers(limits).includes(worker));
    for (let tries = 0; lost().length === 0 && tries < 200; tries++) {
      await meanwhile();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(lost()).not.toEqual([]);
  };

  describe('failing', () => {
    test(`an application that raises is ${String(promises.raise)}, and its worker lives`, async () => {
      const before = workers('short');
      expect((await request('/raise')).status).toBe(promises.raise);
      expect(workers('short')).toEqual(before);
      await answering();
    });

    test(`an application that hangs is ${String(promises.hang.status)}, by ${promises.hang.by}, and its worker ${promises.hang.by === 'nginx' ? 'goes on' : 'is gone'}`, async () => {
      const begun = sleeperOf(server('short'));
      const answer = await request(HANGS);
      const worker = String(await begun);
      const [earliest, latest] = ENDS_MS[promises.hang.by];
      expect(answer.status).toBe(promises.hang.status);
      expect(answer.milliseconds).toBeGreaterThan(earliest);
      expect(answer.milliseconds).toBeLessThan(latest);
      if (promises.hang.by === 'nginx') expect(workers('short')).toContain(worker);
      else await untilOneIsGone([worker], 'short', answering);
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

    if (promises.recycles) {
      test('a worker is recycled after maxRequests, without a lost request', async () => {
        const before = await settled();
        const answered = async (): Promise<void> => {
          expect((await request('/process')).status).toBe(200);
        };
        for (let time = 0; time < 2 * MAX_REQUESTS; time++) await answered();
        await untilOneIsGone(before, 'short', answered);
      });
    }

    if (promises.watchesMemory) {
      test('a worker that has outgrown reloadOnRss is recycled, without a lost request', async () => {
        const leak = await ask(head('GET', `/leak?bytes=${String(2 * MEMORY_LIMIT.toBytes())}`));
        await untilOneIsGone([leak.body.toString()], 'generous', async () => {
          expect((await ask(head('GET', '/process'))).status).toBe(200);
        });
      });
    }
  });
}

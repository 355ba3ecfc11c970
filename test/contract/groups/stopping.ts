import { once } from 'node:events';
import type { Contract } from '../backend-contract';
import { head } from '../client';
import type { RawAnswer } from '../client';
import type { Statuses } from '../promises';
import { sleeperOf } from '../running';
import { hungStop } from './hung-stop';
import type { HungStop } from './hung-stop';

/**
 * What wsgiref.validate says of a server, and Python of what it has not closed; the ASGI application asserts by itself. That a method
 * is none of its few is the client's doing.
 */
const VIOLATIONS =
  /AssertionError.*|WSGIWarning(?!: Unknown REQUEST_METHOD).*|garbage collected without being closed.*/g;

function said(stopped: readonly Statuses[]): string {
  return stopped.map((statuses) => statuses.join(' or ')).join(', ');
}

/** What has become of a request: one that was cut off in its body is as lost as one for which nginx had to answer. */
function outcome({ status, headers, body }: RawAnswer): number {
  const [, length] = headers.find(([name]) => name === 'content-length') ?? [];
  return status === 200 && Number(length) !== body.length ? 502 : status;
}

/** A request that is still sending its body a second after it has begun, past nginx, which waits for none of it. */
function upload(): string[] {
  const pieces = Array.from({ length: 10 }, () => 'x'.repeat(10));
  return [head('POST', '/echo/uploading', ['Content-Length: 100']), ...pieces];
}

export function stopTests(contract: Contract): void {
  const { promises, ask, converse, server, graceMs } = contract;

  describe('stopping', () => {
    // Both servers are stopped at once: most of either stop is waiting.
    let hung: Promise<HungStop>;
    beforeAll(() => {
      hung = hungStop(contract);
      hung.catch(() => undefined);
    });

    test(`SIGTERM makes ${said(promises.stopped)} of requests in flight, and the server ends with 0 within its grace`, async () => {
      const { process: child } = server('generous');
      const uploading = converse({ pieces: upload(), pauseMs: 150 });
      await new Promise((resolve) => setTimeout(resolve, 300));
      const inFlight = [uploading];
      for (const target of ['/sleep?seconds=1.5', '/stream?pieces=15']) {
        const begun = sleeperOf(server('generous'));
        inFlight.push(ask(head('GET', target)));
        await begun;
      }
      const ended = once(child, 'exit');
      const begun = Date.now();
      child.kill('SIGTERM');
      const answers = await Promise.all(inFlight);
      const statuses = answers.map(outcome);
      // On a busy machine a request may be answered before the signal comes: what is lost is what may be lost.
      statuses.forEach((status, at) => {
        const isPromised = status === 200 || promises.stopped[at]?.includes(status);
        expect({ statuses, isPromised }).toEqual({ statuses, isPromised: true });
      });
      expect(await ended).toEqual([0, null]);
      expect(Date.now() - begun).toBeLessThan(graceMs('generous'));
    });

    test(`a server that is told to stop while a request hangs answers others ${promises.stopped[1].join(' or ')}, and is ended by ${promises.hungStop}`, async () => {
      const { hanging, working, endedBy } = await hung;
      expect(endedBy).toBe(promises.hungStop);
      expect([200, ...promises.stopped[1]]).toContain(working.status);
      expect(hanging.status).toBeGreaterThanOrEqual(500);
    });

    test('what the servers have done so far is what WSGI or ASGI asks of them', () => {
      const said = server('generous').output() + server('short').output();
      expect(said.match(VIOLATIONS) ?? []).toEqual([]);
    });
  });
}

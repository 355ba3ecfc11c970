import { once } from 'node:events';
import type { Contract } from '../backend-contract';
import { head } from '../client';
import type { Statuses } from '../promises';
import { sleeperOf } from '../running';

/** What wsgiref.validate says of a server, and Python of what it has not closed; the ASGI application asserts by itself. */
const VIOLATIONS = /AssertionError.*|WSGIWarning.*|garbage collected without being closed.*/g;

function said(stopped: readonly Statuses[]): string {
  return stopped.map((statuses) => statuses.join(' or ')).join(', ');
}

/** A request that is still sending its body a second after it has begun, past nginx, which waits for none of it. */
function upload(): string[] {
  const pieces = Array.from({ length: 10 }, () => 'x'.repeat(10));
  return [head('POST', '/echo/uploading', ['Content-Length: 100']), ...pieces];
}

/** Time that the container gets by default, from the signal to SIGKILL. */
const GRACE_MS = 35_000;

export function stopTests({ promises, ask, converse, server }: Contract): void {
  describe('stopping', () => {
    test(`SIGTERM makes ${said(promises.stopped)} of requests in flight, and the server ends with 0 within its grace`, async () => {
      const { process: child } = server('generous');
      const uploading = converse({ pieces: upload(), pauseMs: 250 });
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
      const statuses = answers.map(({ status }) => status);
      // On a busy machine a request may be answered before the signal comes: what is lost is what may be lost.
      statuses.forEach((status, at) => {
        const isPromised = status === 200 || promises.stopped[at]?.includes(status);
        expect({ statuses, isPromised }).toEqual({ statuses, isPromised: true });
      });
      const [, slept, streamed] = answers;
      if (slept?.status === 200) expect(slept.body.toString()).toBe('slept\n');
      if (streamed?.status === 200) expect(streamed.body.toString()).toBe('piece\n'.repeat(15));
      expect(await ended).toEqual([0, null]);
      expect(Date.now() - begun).toBeLessThan(GRACE_MS);
    });

    test('what the servers have done so far is what WSGI or ASGI asks of them', () => {
      const said = server('generous').output() + server('short').output();
      expect(said.match(VIOLATIONS) ?? []).toEqual([]);
    });
  });
}

import { once } from 'node:events';
import type { Contract } from '../backend-contract';
import { head } from '../client';
import { sleeperOf } from '../running';

/** What wsgiref.validate says of a server, and Python of what it has not closed; the ASGI application asserts by itself. */
const VIOLATIONS = /AssertionError.*|WSGIWarning.*|garbage collected without being closed.*/g;

/** Time that the container gets by default, from the signal to SIGKILL. */
const GRACE_MS = 35_000;

export function stopTests({ ask, server }: Contract): void {
  describe('stopping', () => {
    test('SIGTERM lets the request in flight finish, and the server ends with 0 within its grace', async () => {
      const { process: child } = server('generous');
      const inFlight = ask(head('GET', '/sleep?seconds=1.5'));
      await sleeperOf(server('generous'));
      const ended = once(child, 'exit');
      const begun = Date.now();
      child.kill('SIGTERM');
      expect(await inFlight).toMatchObject({ status: 200, body: Buffer.from('slept\n') });
      expect(await ended).toEqual([0, null]);
      expect(Date.now() - begun).toBeLessThan(GRACE_MS);
    });

    test('what the servers have done so far is what WSGI or ASGI asks of them', () => {
      const said = server('generous').output() + server('short').output();
      expect(said.match(VIOLATIONS) ?? []).toEqual([]);
    });
  });
}

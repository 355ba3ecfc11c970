import type { Contract } from '../backend-contract';
import { head } from '../client';
import { factsOf } from '../facts';
import type { Facts } from '../facts';

/** The application as it is mounted at `/mounted/`. */
export function mountTests({ promises, ask }: Contract): void {
  const asked = async (target: string): Promise<Facts | number> => {
    const answer = await ask(head('GET', target));
    return answer.status === 200 ? factsOf(answer) : answer.status;
  };
  const told = (path: string): object =>
    promises.mounted === 'SCRIPT_NAME'
      ? { path, script: '/mounted' }
      : {
          path,
          script: '',
          headers: expect.objectContaining({ 'x-forwarded-prefix': '/mounted' }) as unknown,
        };

  describe('mounted below /', () => {
    test('it gets the path without its prefix, and is told the prefix', async () => {
      expect(await asked('/mounted/echo/x?a=%2F&b=1')).toMatchObject({
        ...told('/echo/x'),
        query: 'a=%2F&b=1',
      });
    });

    test('what is encoded is decoded once, and there as the client wrote it too', async () => {
      const facts = await asked('/mounted/echo/a%2Fb%20c/%2525/%C3%A9?d=e');
      expect(facts).toMatchObject(told(promises.path.replace('/x/..', '').replace('/d/', '/')));
      if (promises.rawPath)
        expect(facts).toMatchObject({
          raw: expect.stringContaining('/echo/a%2Fb%20c/%2525/%C3%A9') as string,
        });
    });

    test.each(['/mounted/x/../echo/a', '/mounted//echo//a', '/mount%65d/echo/a', '/x/%2e%2e/mounted/echo/a'])(
      '%s is the path that nginx makes of it, or refused',
      async (target) => {
        const facts = await asked(target);
        if (promises.oddMounted === 400) expect(facts).toBe(400);
        else expect(facts).toMatchObject(told('/echo/a'));
      },
    );

    test('a path that leads out of it is none of its', async () => {
      const facts = await asked('/mounted/../echo/a');
      // At `/` a path crosses as it was written, where the protocol lets it, and nothing is there that begins so.
      if (typeof facts === 'number') expect(facts).toBe(404);
      else expect(facts).toMatchObject({ script: '', path: '/echo/a' });
    });

    test('a client cannot say where it is mounted', async () => {
      const forged = ['X-Forwarded-Prefix: /evil', 'SCRIPT_NAME: /evil', 'Script-Name: /evil'];
      const below = factsOf(await ask(head('GET', '/mounted/echo/x', forged)));
      expect(below).toMatchObject(told('/echo/x'));
      expect(factsOf(await ask(head('GET', '/echo/x', forged)))).toMatchObject({
        script: '',
        path: '/echo/x',
      });
    });
  });
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Case, Choice, GunicornApp, NginxFrontend, Review, Share, Split } from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { onDebian12 } from '../helpers/examples';
import { withDirectory } from '../helpers/nginx';
import type { Answer, Ask } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { asking, withServers } from '../helpers/stack-of-servers';
import { GUNICORN, siteStack } from '../helpers/stacks';

const answering = (name: string): string => `
def app(environ, start_response):
    start_response("200 OK", [])
    return [b"${name} " + environ["PATH_INFO"].encode()]
`;

describeWith(['nginx', 'gunicorn'], 'requests that are told apart', () => {
  /** Runs two applications, `stable` and `canary`, and asks a frontend that chooses between them. */
  const serving = (
    choose: (stable: IBackend, canary: IBackend) => IBackend,
    body: (asks: (what: Partial<Ask>) => Promise<string>) => Promise<void>,
  ): Promise<void> =>
    withDirectory(async (directory) => {
      const stack = siteStack((site) => {
        const app = (id: string): IBackend => {
          mkdirSync(join(directory, id));
          writeFileSync(join(directory, id, 'g.py'), answering(id));
          return new GunicornApp(site, id, GUNICORN);
        };
        const [stable, canary] = [app('stable'), app('canary')];
        const web = new NginxFrontend(site, 'web');
        web.addBackend('/', choose(stable, canary));
        web.addBackend('/api/', choose(stable, canary), { stripPrefix: true });
      });
      expect(Review.of(stack).findings).toEqual([]);
      const code = { stable: join(directory, 'stable'), canary: join(directory, 'canary') };
      await withServers(onDebian12(StackTopology.of(stack).topology()), { code, statics: {} }, (bed) =>
        body(async (what) => {
          const answer: Answer = await asking(bed, 'web', 8080)({ path: '/', ...what });
          return answer.body.toString();
        }),
      );
    });

  test('by a header, and in a location below which they are mounted', () =>
    serving(
      (stable, canary) =>
        Choice.byHeader('X-Version', [Case.of('2', canary), Case.regex('^3\\.', canary)], stable),
      async (asks) => {
        expect(await asks({})).toBe('stable /');
        expect(await asks({ headers: { 'X-Version': '2' } })).toBe('canary /');
        expect(await asks({ headers: { 'X-Version': '3.1' } })).toBe('canary /');
        expect(await asks({ headers: { 'X-Version': '4' } })).toBe('stable /');
        expect(await asks({ path: '/api/x', headers: { 'X-Version': '2' } })).toBe('canary /x');
      },
    ));

  test('by a cookie, a query or the method, whatever is in them', () =>
    serving(
      (stable, canary) => {
        const byQuery = Choice.byQuery(
          'preview',
          [Case.of('default', canary), Case.of('$x', canary)],
          stable,
        );
        return Choice.byCookie(
          'beta',
          [Case.of('yes', canary)],
          Choice.byMethod([Case.of('PUT', canary)], byQuery),
        );
      },
      async (asks) => {
        expect(await asks({})).toBe('stable /');
        expect(await asks({ headers: { Cookie: 'a=b; beta=yes' } })).toBe('canary /');
        expect(await asks({ method: 'PUT' })).toBe('canary /');
        expect(await asks({ path: '/?preview=default' })).toBe('canary /');
        expect(await asks({ path: '/?preview=$x' })).toBe('canary /');
        expect(await asks({ path: '/?preview=canary' })).toBe('stable /');
      },
    ));

  test('by shares: the same client is sent the same way, and about as many as were meant', () =>
    serving(
      (stable, canary) => Split.by('$arg_client', [Share.of(75, stable), Share.of(25, canary)]),
      async (asks) => {
        const clients = Array.from({ length: 200 }, (_, at) => `/?client=${String(at)}`);
        const answers = [];
        for (const path of clients) answers.push(await asks({ path }));
        const canaries = answers.filter((answer) => answer.startsWith('canary'));
        expect(canaries.length).toBeGreaterThan(25);
        expect(canaries.length).toBeLessThan(75);
        expect(await asks({ path: clients[7] ?? '' })).toBe(answers[7]);
      },
    ));
});

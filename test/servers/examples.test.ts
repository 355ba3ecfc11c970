import { readFileSync } from 'node:fs';
import { exampleOnDebian12, examplePath } from '../helpers/examples';
import type { Answer } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { asking, portOf, withServers } from '../helpers/stack-of-servers';

const SHOP = examplePath('hand-written/p_test');
const API = examplePath('hand-written/g_test');
const DIRECT = { api: examplePath('direct/api'), old: examplePath('direct/old') };
const PROGRAMS = ['nginx', 'uwsgi', 'gunicorn', 'flask'] as const;

describeWith(PROGRAMS, 'the rendered files of example hand-written, run by the real programs', () => {
  test('serve the shop and its files through nginx, and the API directly', async () => {
    const where = { code: { shop: SHOP, api: API }, statics: { static: `${SHOP}/static` } };
    await withServers(exampleOnDebian12('hand-written'), where, async (bed) => {
      const web = asking(bed, 'web', 8000);
      expect(text(await web({ path: '/' }))).toBe('200 hello from uWSGI\n');
      const css = await web({ path: '/static/site.css' });
      expect(text(css)).toBe(`200 ${readFileSync(`${SHOP}/static/site.css`, 'utf8')}`);
      expect(css.headers['content-type']).toBe('text/css');
      expect(text(await asking(bed, 'api', 5000)({ path: '/api/' }))).toBe('200 hello from gunicorn\n');
      expect((await web({ path: '/static/../p.py' })).status).toBe(404);
    });
  });
});

describeWith(PROGRAMS, 'the rendered files of example direct, run by the real programs', () => {
  test('serve without nginx, and believe no client about the scheme', async () => {
    await withServers(exampleOnDebian12('direct'), { code: DIRECT, statics: {} }, async (bed) => {
      const [api, old] = [asking(bed, 'api', 5000), asking(bed, 'old', 9090)];
      expect(text(await api({ path: '/api/' }))).toMatch(/^200 hello from gunicorn/);
      expect(text(await old({ path: '/' }))).toMatch(/^200 hello from uWSGI/);
      const count = { path: '/api/count', method: 'POST', body: Buffer.from('two words\n'.repeat(10_000)) };
      const forged = { host: 'api.example.com', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil' };
      // Not as the loopback that gunicorn believes: in its container that is nobody but itself.
      expect(json(await api({ ...count, headers: forged, from: '127.0.0.2' }))).toEqual({
        lines: 10_000,
        words: 20_000,
        bytes: 100_000,
        url: 'http://api.example.com/api/count',
      });
    });
  });

  test('and each does what it is for', async () => {
    await withServers(exampleOnDebian12('direct'), { code: DIRECT, statics: {} }, async (bed) => {
      const old = asking(bed, 'old', 9090);
      const sum = async (body: string): Promise<string> =>
        text(await old({ path: '/sum', method: 'POST', body }));
      expect(await sum('12.50\n0.5\n-3\n')).toBe('200 10.00\n');
      expect(await sum('twelve\n')).toBe('400 one number a line, such as 12.50\n');
      expect(text(await old({ path: '/sum' }))).toBe('405 POST numbers, one a line\n');
      expect(text(await old({ path: '/healthz' }))).toBe('200 ok\n');
      expect(text(await old({ path: '/other' }))).toBe('404 there is no /other\n');
    });
  });
});

describeWith(PROGRAMS, 'the rendered files of example many-domains, run by the real programs', () => {
  const where = {
    code: { shop: SHOP, api: API, reports: API },
    statics: { assets: `${SHOP}/static`, docs: examplePath('many-domains/site') },
  };

  test('serve each name its own: replicas, two servers on one name, TCP, files', async () => {
    await withServers(exampleOnDebian12('many-domains'), where, async (bed) => {
      const web = asking(bed, 'web', 80);
      const on = (host: string, path: string): Promise<Answer> => web({ path, headers: { host } });
      for (let time = 0; time < 4; time++) {
        expect(text(await on('shop.example.com', '/'))).toBe('200 hello from uWSGI\n');
      }
      expect(text(await on('shop.example.com', '/api/'))).toBe('200 hello from gunicorn\n');
      expect((await on('shop.example.com', '/static/site.css')).status).toBe(200);

      const report = json(await on('reports.example.com', '/api/echo'));
      expect(report).toMatchObject({
        scheme: 'http',
        host: 'reports.example.com',
        forwarded_for: '127.0.0.1',
        forwarded_port: String(portOf(bed, 'web', 80)),
      });
      const page = readFileSync(examplePath('many-domains/site/index.html'), 'utf8');
      for (const [host, path] of [
        ['docs.example.com', '/'],
        ['de.docs.example.com', '/'],
        ['docs.example.com', '/no/such/page'],
      ] as const) {
        expect(text(await on(host, path))).toBe(`200 ${page}`);
      }
    });
  });

  test('refuse every other name without an answer, and go on when one replica is gone', async () => {
    const topology = exampleOnDebian12('many-domains');
    await withServers(topology, where, async (bed) => {
      const web = asking(bed, 'web', 80);
      await expect(web({ path: '/', headers: { host: 'other.example.com' } })).rejects.toThrow(
        'socket hang up',
      );
    });
    const oneReplica = topology.apps.map((app) => (app.id === 'shop' ? { ...app, replicas: 1 } : app));
    await withServers({ ...topology, apps: oneReplica }, where, async (bed) => {
      for (let time = 0; time < 6; time++) {
        const answer = await asking(bed, 'web', 80)({ path: '/', headers: { host: 'shop.example.com' } });
        expect(text(answer)).toBe('200 hello from uWSGI\n');
      }
    });
  });
});

function text(answer: Answer): string {
  return `${String(answer.status)} ${answer.body.toString()}`;
}

function json(answer: Answer): unknown {
  return JSON.parse(answer.body.toString());
}

import { readFileSync } from 'node:fs';
import { exampleOnDebian12, examplePath } from '../helpers/examples';
import type { Answer } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { asking, portOf, withServers } from '../helpers/stack-of-servers';

const SHOP = examplePath('hand-written/p_test');
const API = examplePath('hand-written/g_test');
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
    await withServers(
      exampleOnDebian12('direct'),
      { code: { api: API, old: SHOP }, statics: {} },
      async (bed) => {
        const [api, old] = [asking(bed, 'api', 5000), asking(bed, 'old', 9090)];
        expect(text(await api({ path: '/api/' }))).toBe('200 hello from gunicorn\n');
        expect(text(await old({ path: '/' }))).toBe('200 hello from uWSGI\n');
        const body = Buffer.alloc(100_000, 'x');
        expect(json(await old({ path: '/echo', method: 'POST', body }))).toMatchObject({ length: 100_000 });
        expect(json(await api({ path: '/api/echo', method: 'POST', body }))).toMatchObject({
          length: 100_000,
        });
      },
    );
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

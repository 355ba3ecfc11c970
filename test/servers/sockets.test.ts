import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Topology } from '../../lib/topology/topology';
import type { Answer, Ask } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { accessLog, asking, portOf, withServers } from '../helpers/stack-of-servers';
import type { Bed } from '../helpers/stack-of-servers';
import {
  frontendOf,
  gunicornApp,
  locationOf,
  passTo,
  serverOf,
  topologyOf,
  uwsgiApp,
} from '../helpers/topologies';

const EXAMPLE = resolve(__dirname, '../../examples/hand-written');

describeWith(
  ['nginx', 'uwsgi', 'gunicorn', 'flask'],
  'uWSGI and gunicorn behind one nginx over Unix sockets, run by the real programs',
  () => {
    test('serve through gate, nginx and Unix sockets, and say the truth to the applications', async () => {
      await onBed(async (request, bed) => {
        expect(text(await request({ path: '/' }))).toBe('200 hello from uWSGI\n');
        expect(text(await request({ path: '/api/' }))).toBe('200 hello from gunicorn\n');
        const css = readFileSync(join(EXAMPLE, 'p_test/static/site.css'), 'utf8');
        expect(text(await request({ path: '/static/site.css' }))).toBe(`200 ${css}`);

        const forged = {
          host: 'shop.example.com',
          'x-forwarded-proto': 'https',
          'x-forwarded-ssl': 'on',
          'x-forwarded-for': '6.6.6.6',
          proxy: 'http://evil',
        };
        expect(json(await request({ path: '/echo?a=%2F', headers: forged }))).toEqual({
          scheme: 'http',
          host: 'shop.example.com',
          remote_addr: '127.0.0.1',
          path: '/echo?a=%2F',
          port: String(portOf(bed, 'web', 8000)),
          proxy: '',
          forwarded_for: '127.0.0.1',
          length: 0,
        });
        expect(json(await request({ path: '/api/echo', headers: forged }))).toMatchObject({
          scheme: 'http',
          host: 'shop.example.com',
          proxy: '',
          forwarded_for: '127.0.0.1',
          forwarded_port: String(portOf(bed, 'web', 8000)),
        });
        expect(accessLog(bed)).toContain('127.0.0.1 - - ');
      });
    });

    test('carry a body of a megabyte to both, and refuse one over the limit', async () => {
      await onBed(async (request) => {
        const body = Buffer.alloc(2 ** 20, 'x');
        expect(json(await request({ path: '/echo', method: 'POST', body }))).toMatchObject({
          length: 2 ** 20,
        });
        expect(json(await request({ path: '/api/echo', method: 'POST', body }))).toMatchObject({
          length: 2 ** 20,
        });
        const tooLarge = { 'content-length': String(76 * 2 ** 20) };
        expect((await request({ path: '/echo', method: 'POST', headers: tooLarge })).status).toBe(413);
      });
    });

    test.each(['/static../p.py', '/static/../p.py', '/static/.hidden', '/static-private/k'])(
      'serve no source and no sibling under %s',
      async (path) => {
        await onBed(async (request) => {
          expect((await request({ path })).status).toBe(404);
        });
      },
    );

    test('make a generation current by its probe, through a link that names its own socket', async () => {
      await onBed(async (_, bed) => {
        await Promise.resolve();
        const link = join(bed.directory, 'sockets/shop/uwsgi-0.sock');
        expect(lstatSync(link).isSymbolicLink()).toBe(true);
        expect(lstatSync(join(bed.directory, 'sockets/shop', readlinkSync(link))).isSocket()).toBe(true);
        expect(lstatSync(join(bed.directory, 'sockets/shop', readlinkSync(link))).mode & 0o777).toBe(0o660);
        const api = join(bed.directory, 'sockets/api');
        expect(lstatSync(join(api, readlinkSync(join(api, 'http-0.sock')))).mode & 0o777).toBe(0o660);
      });
    });
  },
);

async function onBed(
  body: (request: (what: Ask) => Promise<Answer>, bed: Bed) => Promise<void>,
): Promise<void> {
  const where = {
    code: { shop: join(EXAMPLE, 'p_test'), api: join(EXAMPLE, 'g_test') },
    statics: { assets: join(EXAMPLE, 'p_test/static') },
  };
  await withServers(handWritten(), where, (bed) => body(asking(bed, 'web', 8000), bed));
}

function handWritten(): Topology {
  const shop = uwsgiApp('shop');
  const api = gunicornApp('api', { chdir: '/opt/g_test' });
  const assets = {
    id: 'assets',
    construct: 'Site/assets',
    path: '/static/',
    source: { kind: 'directory' as const, directory: 'static' },
    immutable: false,
  };
  const locations = [
    passTo('/', shop),
    passTo('/api/', api),
    locationOf('/static/', { kind: 'static', mount: 'assets' }),
  ];
  return topologyOf([shop, api], [frontendOf([serverOf([], locations)])], { staticMounts: [assets] });
}

function text(answer: Answer): string {
  return `${String(answer.status)} ${answer.body.toString()}`;
}

function json(answer: Answer): unknown {
  return JSON.parse(answer.body.toString());
}

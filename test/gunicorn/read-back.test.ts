import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { GunicornApp, GunicornHook, Listener, Review, WsgiModule } from 'cdktf-wsgi';
import type { GunicornAppProps } from 'cdktf-wsgi';
import { isAtLeast } from '../../lib/server-version';
import { ask, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { GUNICORN, siteStack } from '../helpers/stacks';
import { freePort } from '../helpers/free-port';
import { RELEASES, furnish, withGunicorn } from './running';
import type { Release, Running } from './running';
import { gunicornSamples } from './samples';
import type { GunicornProp } from './samples';
import { VARIANTS, nameOf, propsIn, propsOf } from './variants';
import type { Variant } from './variants';

const file = (props: Partial<GunicornAppProps>): string => {
  const stack = siteStack((site) => {
    new GunicornApp(site, 'x', { ...GUNICORN, ...props });
  });
  return Review.of(stack).files['x/gunicorn.conf.py'] ?? '';
};

/** Options of the probe that asks for a path in whatever a variant speaks. */
function question({ speaks, base }: Variant, directory: string, port: number): string[] {
  const isPublished = base(port).listeners !== undefined;
  const address = isPublished ? String(port) : `unix:${directory}/sockets/${hostname()}.sock`;
  const protocol = speaks === 'uwsgi' ? 'uwsgi' : 'http';
  return [`address=${address}`, 'path=/', `protocol=${protocol}`, ...(speaks === 'tls' ? ['tls=1'] : [])];
}

const effectiveOf = (prop: GunicornProp, release: string, directory: string): unknown => {
  const { effective, before } = gunicornSamples(directory)[prop];
  return before === undefined || isAtLeast(release, before.release) ? effective : before.effective;
};

/** Hooks that a server calls which starts, answers one request and stops. */
const CALLED = [
  'on_starting',
  'when_ready',
  'pre_fork',
  'post_fork',
  'post_worker_init',
  'pre_request',
  'post_request',
];
const CALLED_AT_THE_END = ['worker_exit', 'on_exit', 'nworkers_changed'];

describe.each(RELEASES)('gunicorn %s', (release) => {
  const variants = VARIANTS.filter((variant) => propsIn(variant, release).length > 0);

  describeWith([`gunicorn-${release}`, 'openssl'], 'runs what was asked for', () => {
    test.each(variants)(
      '$title',
      async (variant) => {
        await withDirectory(async (directory) => {
          furnish(directory);
          const port = await freePort();
          const text = file(propsOf(variant, release, directory, port));
          await withGunicorn(
            release,
            directory,
            text,
            async ({ settings, sendfile, probe }) => {
              const props = propsIn(variant, release);
              expect(Object.fromEntries(props.map((prop) => [prop, settings[nameOf(prop)]]))).toEqual(
                Object.fromEntries(props.map((prop) => [prop, effectiveOf(prop, release, directory)])),
              );
              expect(sendfile).toBe(!props.includes('sendfile'));
              expect(settings).toMatchObject(derived(variant, release, directory, port));
              if (variant.speaks !== 'nothing to ask for') {
                const [where = '', , ...how] = question(variant, directory, port);
                const connect = [where, `loaded=${directory}/tmp-loaded`, ...how];
                expect(probe(...question(variant, directory, port))).toMatchObject({ status: 0, stderr: '' });
                expect(probe(...connect)).toMatchObject({ status: 0, stderr: '' });
              }
              await Promise.resolve();
            },
            variant.mayMissSignals,
          );
          const fired = readFileSync(`${directory}/fired`, 'utf8').split('\n');
          if (variant.props.includes('onStarting')) {
            expect([...CALLED, ...CALLED_AT_THE_END].filter((name) => !fired.includes(name))).toEqual([]);
          }
          expect(fired.includes('ssl_context')).toBe(propsIn(variant, release).includes('sslContext'));
          expect(fired.includes('dirty_worker_init')).toBe(
            propsIn(variant, release).includes('dirtyWorkerInit'),
          );
        });
      },
      90_000,
    );
  });
});

/** What the construct decides by itself. */
function derived(variant: Variant, release: Release, directory: string, port: number): Running['settings'] {
  const isPublished = variant.base(port).listeners !== undefined;
  const bind = isPublished ? `127.0.0.1:${String(port)}` : `unix:${directory}/sockets/${hostname()}.sock`;
  return {
    wsgi_app: variant.title === 'ASGI' ? 'a:app' : 'g:app',
    chdir: `${directory}/code`,
    bind: [bind],
    worker_tmp_dir: '/dev/shm',
    secure_scheme_headers: { 'X-FORWARDED-PROTO': 'https' },
    ...(isPublished ? {} : { umask: 0o117 }),
    ...(isAtLeast(release, '25.1.0')
      ? { control_socket_disable: !variant.props.includes('controlSocket') }
      : {}),
    daemon: false,
    pidfile: null,
  };
}

describe.each(RELEASES)('an application factory with gunicorn %s', (release) => {
  describeWith([`gunicorn-${release}`, 'openssl'], 'is called by the server', () => {
    test('as the module', async () => {
      await withDirectory(async (directory) => {
        furnish(directory);
        const port = await freePort();
        const module = WsgiModule.factory('factory', 'create_app');
        const text = file({ module, listeners: [Listener.http(port)], serverVersion: release });
        await withGunicorn(release, directory, text, async ({ settings }) => {
          expect(settings['wsgi_app']).toBe('factory:create_app()');
          const { status, body } = await ask({ port, path: '/' });
          expect([status, body.toString()]).toEqual([200, 'made']);
        });
      });
    });
  });
});

describe.each(['23.0.0', '27.0.1'] as const)('hooks with gunicorn %s', (release) => {
  describeWith(
    [`gunicorn-${release}`, 'openssl'],
    'the worker says that it has loaded the application',
    () => {
      const run = async (postWorkerInit: GunicornHook): Promise<boolean> => {
        let isLoaded = false;
        await withDirectory(async (directory) => {
          furnish(directory);
          const port = await freePort();
          const text = file({ listeners: [Listener.http(port)], postWorkerInit, serverVersion: release });
          await withGunicorn(release, directory, text, async () => {
            expect((await ask({ port, path: '/' })).status).toBe(200);
            isLoaded = existsSync(`${directory}/tmp-loaded`);
          });
        });
        return isLoaded;
      };

      test.each<[string, GunicornHook]>([
        [
          'returns early',
          GunicornHook.python('def post_worker_init(worker):\n    if worker:\n        return\n    x()'),
        ],
        ['comes from a module', GunicornHook.imported('shop_hooks', 'worker_int')],
      ])('after a hook that %s', async (_, hook) => {
        expect(await run(hook)).toBe(true);
      });

      test('but not after one that raises: the server ends', async () => {
        const hook = GunicornHook.python('def post_worker_init(worker):\n    raise ValueError("no")');
        await expect(run(hook)).rejects.toThrow('ValueError: no');
      });
    },
  );
});

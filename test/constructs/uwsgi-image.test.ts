import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AppImage, Duration, Listener, UwsgiApp, UwsgiOption, UwsgiPlugin } from 'cdktf-wsgi';
import type { UwsgiAppProps } from 'cdktf-wsgi';
import { UWSGI } from '../helpers/stacks';

const CODE = 'examples/hand-written/p_test';

function dockerfile(over: Partial<UwsgiAppProps>): string[] {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'wsgi-')) });
  const stack = new TerraformStack(app, 'site');
  new DockerProvider(stack, 'docker');
  const image = AppImage.python(CODE, { systemPackages: ['libpq5'] });
  new UwsgiApp(stack, 'app', { ...UWSGI, image, listeners: [Listener.http(1)], ...over });
  app.synth();
  const context = join(app.outdir, 'stacks/site/context');
  const [folder = ''] = readdirSync(context);
  return readFileSync(join(context, folder, 'Dockerfile'), 'utf8').split('\n');
}

const apt = (packages: string): string =>
  `RUN apt-get update && apt-get install -y --no-install-recommends ${packages} && rm -rf /var/lib/apt/lists/*`;

test('an image of Python code gets a uWSGI with regular expressions, and gevent for an application that asks for it', () => {
  expect(dockerfile({ gevent: 10 })).toEqual([
    'FROM python:3.13-slim AS build',
    apt('build-essential libpcre2-dev'),
    'RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels uwsgi==2.0.30',
    'COPY files/ /app/',
    'RUN pip install --no-cache-dir --find-links /wheels --prefix /install uwsgi==2.0.30 gevent',
    'FROM python:3.13-slim',
    'LABEL cdktf-wsgi.construct="site/app"',
    apt('libpcre2-8-0 libpq5'),
    'COPY --from=build /install/ /usr/local/',
    'COPY files/ /app/',
    'USER 10001:10001',
    '',
  ]);
});

test('without gevent it gets none', () => {
  expect(dockerfile({}).join('\n')).not.toContain('gevent');
});

test.each<[Partial<UwsgiAppProps>, string]>([
  [{ plugin: UwsgiPlugin.modular() }, 'plugin UwsgiPlugin.modular("python3") with AppImage.python'],
  [{ plugin: UwsgiPlugin.modular(), asyncio: 10 }, 'with AppImage.python'],
  [
    {
      serverVersion: '2.0.24',
      staticMaps: { '/static': '/srv/static' },
      staticExpires: { '\\.css$': Duration.hours(1) },
    },
    'static-expires needs regular expressions, which uWSGI 2.0.24 of AppImage.python is built without',
  ],
  [
    { serverVersion: '2.0.24', options: [UwsgiOption.of('route', '^/a log:b')] },
    'route needs regular expressions',
  ],
])('fails on %j', (over, message) => {
  expect(() => dockerfile(over)).toThrow(message);
});

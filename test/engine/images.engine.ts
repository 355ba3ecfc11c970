import { cpSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppImage, GunicornApp, NginxImage, UwsgiPlugin, WorkerCount } from 'cdktf-wsgi';
import { Deployment, failure } from './deployment';
import type { Run } from './deployment';
import { buildImage, docker } from './docker';
import { testName } from './names';
import { makePythonBase, PYTHON, VERSIONS } from './python-base';
import { Rollouts } from './rollouts';
import { GUNICORN, site } from './site';
import type { Change } from './site';

const FIXTURES = resolve('test/engine/images');
const HOSTILE = testName('hostile:12');

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
/** A container of one of the stacks, by the beginning of its name. */
const id = (name: string): string => docker('ps', '-q', '--filter', `name=^/?${testName(name)}`);
const inside = (name: string, script: string): string => docker('exec', id(name), 'sh', '-c', script);

/** What the engine says of a container. */
interface Container {
  readonly Config: {
    readonly User: string;
    readonly WorkingDir: string;
    readonly StopSignal: string;
    readonly Entrypoint: readonly string[];
    readonly Cmd: readonly string[] | null;
    readonly Healthcheck: { readonly Test: readonly string[] };
  };
  readonly State: { readonly Health?: { readonly Status: string } };
}

const inspected = (...ids: string[]): Container[] => JSON.parse(docker('inspect', ...ids)) as Container[];

async function answers(port: number, ...paths: string[]): Promise<string[]> {
  return Promise.all(
    paths.map(async (path) => (await fetch(`http://127.0.0.1:${String(port)}${path}`)).text()),
  );
}

/** Fails with what Terraform said, and not with a number alone. */
function done(run: Run): void {
  expect(failure(run)).toBe('');
}

describe('19: an image that says everything about how to run it, and all of it wrong', () => {
  const anonymousVolumes = (): string[] =>
    lines(docker('volume', 'ls', '-q')).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const before = anonymousVolumes();
  const image = AppImage.registry(HOSTILE);
  const hostile = (version: string): Change => ({
    shop: { image, processes: 3, environment: { VERSION: version, 'dotted.name': 'kept' } },
    api: { image, workers: WorkerCount.of(3), environment: { VERSION: version } },
    web: {
      image: NginxImage.of(HOSTILE, {
        version: '1.22.1',
        streamModule: '/usr/lib/nginx/modules/ngx_stream_module.so',
      }),
    },
  });
  let rollouts: Rollouts;

  beforeAll(async () => {
    buildImage(HOSTILE, join(FIXTURES, 'hostile'));
    rollouts = await Rollouts.start('images-hostile', 8340);
    done(await rollouts.apply(hostile('1')));
  });

  afterAll(async () => {
    const declared = anonymousVolumes().filter((name) => !before.includes(name));
    await rollouts.end();
    docker('image', 'rm', HOSTILE);
    expect(declared).not.toEqual([]);
    expect(anonymousVolumes().filter((name) => !before.includes(name))).toEqual([]);
  });

  test('serves the code of the topology, and the second plan is empty', async () => {
    expect(await answers(8340, '/', '/api/')).toEqual(['1', '1']);
    expect(await rollouts.deployment.planIsEmpty()).toBe(true);
  });

  test.each([
    ['shop-0', '^uWSGI worker', 3],
    ['api-0', '^/usr/bin/python3 /usr/bin/gunicorn', 1 + 3],
  ])('%s has the workers that were asked for, and listens on its socket alone', (part, pattern, count) => {
    const commands = inside(
      `images-hostile-${part}`,
      "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done",
    );
    expect(lines(commands).filter((line) => new RegExp(pattern).test(line))).toHaveLength(count);
    const listening = inside(`images-hostile-${part}`, 'cat /proc/net/tcp /proc/net/tcp6');
    expect(lines(listening).filter((line) => /^\s*\d+: \S+ \S+ 0A /.test(line))).toEqual([]);
  });

  test('uWSGI is started without the variables of the image that are its options, and with every other one', () => {
    const [shop] = inspected(id('images-hostile-shop-0'));
    const started = docker('exec', id('images-hostile-shop-0'), ...(shop?.Config.Entrypoint ?? []), 'env');
    expect(lines(started).filter((line) => line.startsWith('UWSGI_'))).toEqual([]);
    expect(lines(started)).toEqual(
      expect.arrayContaining(['dotted.name=kept', 'HOME=/tmp', 'PYTHONPATH=/evil']),
    );
  });

  test('every container is run as the topology says', () => {
    const ids = lines(docker('ps', '-aq', '--filter', `label=cdktf-wsgi.stack=${rollouts.stack}`));
    const containers = inspected(...ids);
    expect(containers.length).toBeGreaterThan(8);
    for (const { Config: config } of containers) {
      expect(config.User).toMatch(/^\d+:\d+$/);
      expect(config.WorkingDir).toBe('/');
      expect(config.StopSignal).toMatch(/^SIG(?:TERM|QUIT)$/);
      expect(config.Entrypoint).not.toContain('false');
      expect(config.Cmd ?? []).not.toContain('evil');
      expect(config.Healthcheck.Test).not.toContain('false');
      expect(config.Healthcheck.Test[0]).toMatch(/^(?:CMD|NONE)$/);
    }
  });

  test.each([
    ['shop-0', '10001:10001', 'SIGTERM', 'python3'],
    ['api-0', '10001:10001', 'SIGTERM', 'gunicorn'],
    ['web-nginx', '101:101', 'SIGQUIT', 'sh'],
    ['web-gate', '101:101', 'SIGQUIT', 'sh'],
  ])('%s is healthy by our probe, as %s, stopped by %s, started by %s', (part, user, signal, program) => {
    const [found] = inspected(id(`images-hostile-${part}`));
    expect(found?.Config).toMatchObject({ User: user, StopSignal: signal });
    expect(found?.Config.Entrypoint[0]).toBe(program);
    expect(found?.State.Health?.Status).toBe('healthy');
  });

  test('another version under load: nothing is lost', async () => {
    const { lost, bodies, ...run } = await rollouts.under('19: a hostile image', hostile('2'));
    done(run);
    expect(lost).toEqual([]);
    expect([...bodies].sort()).toEqual(['1', '2']);
    expect(await rollouts.deployment.planIsEmpty()).toBe(true);
  });
});

describe('images that are built from a directory', () => {
  const built = (code: string): Change => {
    const inImage = { codeDirectory: undefined, chdir: '/app' };
    const python = { baseImage: PYTHON, requirements: 'requirements.txt' };
    const gunicorn = { ...inImage, serverVersion: VERSIONS.gunicorn };
    const buildArgs = { BASE: PYTHON, GUNICORN: VERSIONS.gunicorn };
    return {
      shop: {
        ...inImage,
        serverVersion: VERSIONS.uwsgi,
        plugin: UwsgiPlugin.embedded(),
        image: AppImage.python(code, python),
      },
      api: { ...gunicorn, image: AppImage.python(code, { ...python, systemPackages: ['netbase'] }) },
      more: (stack, web) => {
        const image = AppImage.dockerfile(code, { buildArgs });
        web.addBackend('/own/', new GunicornApp(stack, 'own', { ...GUNICORN, ...gunicorn, image }));
      },
    };
  };
  /** Images by the beginning of their names. */
  const images = (start: string): string[] =>
    lines(docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).filter((name) =>
      name.startsWith(testName(start)),
    );
  const running = (stack: string): string[] =>
    lines(docker('ps', '-q', '--filter', `label=cdktf-wsgi.stack=${testName(stack)}`)).sort();
  let rollouts: Rollouts;
  let checkout: string;
  let code: string;

  beforeAll(async () => {
    makePythonBase();
    rollouts = await Rollouts.start('images-built', 8341);
    checkout = resolve(rollouts.deployment.folder, '../..');
    code = join(checkout, 'code');
    cpSync(join(FIXTURES, 'app'), code, { recursive: true });
    done(await rollouts.apply(built(code)));
  });

  afterAll(async () => {
    await rollouts.end();
    expect(images('images-')).toEqual([]);
  });

  test('serve, and the second plan is empty', async () => {
    expect(await answers(8341, '/', '/api/', '/own/')).toEqual(['1', '1', '1']);
    expect(await rollouts.deployment.planIsEmpty()).toBe(true);
  });

  test.each([
    ['shop-0', 'uwsgi --version', VERSIONS.uwsgi],
    ['api-0', 'gunicorn --version', `gunicorn (version ${VERSIONS.gunicorn})`],
    ['own-0', 'gunicorn --version', `gunicorn (version ${VERSIONS.gunicorn})`],
  ])('%s has its server in the declared version, by %s', (part, command, version) => {
    expect(inside(`images-built-${part}`, command)).toBe(version);
  });

  test.each(['shop-0', 'api-0', 'own-0'])('%s does not run as root', (part) => {
    expect(inside(`images-built-${part}`, 'stat -c %u:%g /proc/1')).toBe('10001:10001');
  });

  test.each(['shop', 'api'])('the image of %s says itself that it is no root’s', (app) => {
    const [name = ''] = images(`images-built-${app}:`);
    expect(docker('image', 'inspect', '--format', '{{.Config.User}}', name)).toBe('10001:10001');
  });

  test('a Debian package that was asked for is there', () => {
    expect(inside('images-built-api-0', 'head -c 1 /etc/protocols')).toBe('#');
  });

  test.each(['shop', 'api'])('nothing that an installation leaves behind is in the image of %s', (app) => {
    const [name = ''] = images(`images-built-${app}:`);
    const left =
      'find /root/.cache /tmp /install /var/lib/apt/lists -mindepth 1 -not -type d 2>/dev/null || true';
    expect(docker('run', '--rm', '--network', 'none', '--user', '0:0', name, 'sh', '-c', left)).toBe('');
  });

  test.each(['shop-0', 'api-0', 'own-0'])('what .dockerignore names is not in the image of %s', (part) => {
    expect(lines(inside(`images-built-${part}`, 'ls /app'))).toEqual([
      'Dockerfile',
      'app.py',
      'requirements.txt',
      'version.txt',
    ]);
  });

  test('what .dockerignore names is not in what is staged beside cdk.tf.json either', () => {
    const staged = readdirSync(rollouts.deployment.folder, { recursive: true, encoding: 'utf8' });
    expect(staged.filter((file) => file.endsWith('version.txt'))).toHaveLength(2);
    expect(staged.filter((file) => file.includes('secret'))).toEqual([]);
  });

  test('a file that is touched, and one that is ignored, change nothing', async () => {
    const ids = running('images-built');
    utimesSync(join(code, 'app.py'), new Date(0), new Date(0));
    writeFileSync(join(code, 'secret.key'), 'another');
    done(await rollouts.apply(built(code)));
    expect(running('images-built')).toEqual(ids);
  });

  test('the same code in another checkout plans nothing', async () => {
    const other = mkdtempSync(join(tmpdir(), 'checkout-'));
    cpSync(code, join(other, 'code'), { recursive: true });
    cpSync(join(checkout, 'terraform.tfstate'), join(other, 'terraform.tfstate'));
    const deployment = await Deployment.start(rollouts.stack, other);
    deployment.synthesize(site(8341, built(join(other, 'code'))));
    done(await deployment.terraform('init', '-input=false'));
    expect(await deployment.planIsEmpty()).toBe(true);
    // Only a destruction ends the provider: of nothing, so that what is deployed stays.
    rmSync(join(other, 'terraform.tfstate'));
    done(await deployment.destroy());
  });

  test('a changed file is a new image of every application, and a rollout that loses nothing', async () => {
    const old = images('images-built-');
    writeFileSync(join(code, 'version.txt'), '2\n');
    const { lost, bodies, ...run } = await rollouts.under('a file of built images', built(code));
    done(run);
    expect(lost).toEqual([]);
    expect([...bodies].sort()).toEqual(['1', '2']);
    expect(await answers(8341, '/', '/api/', '/own/')).toEqual(['2', '2', '2']);
    expect(await rollouts.deployment.planIsEmpty()).toBe(true);
    const kept = images('images-built-').filter((name) => old.includes(name));
    expect(kept.map((name) => name.replace(/:.*/, ''))).toEqual([testName('images-built-static')]);
    expect(images('images-built-')).toHaveLength(old.length);
  });

  test('files that take the engine a while to copy: nginx takes over when the last of them is there', async () => {
    const files = join(checkout, 'files');
    cpSync(resolve('examples/hand-written/p_test/static'), files, { recursive: true });
    writeFileSync(join(files, 'a-first.bin'), Buffer.alloc(200 * 1024 ** 2, 7));
    const { lost, ...run } = await rollouts.under('200 MB of static files', {
      ...built(code),
      staticDirectory: files,
    });
    done(run);
    expect(lost).toEqual([]);
    expect(inside('images-built-web-nginx', 'stat -c %s /srv/static/*/a-first.bin')).toBe(
      String(200 * 1024 ** 2),
    );
    const { lost: back, ...revert } = await rollouts.under('and the few of before', built(code));
    done(revert);
    expect(back).toEqual([]);
  });

  test('another stack builds the same directory, and is destroyed without harm to the first', async () => {
    const other = await Rollouts.start('images-other', 8342);
    done(await other.apply(built(code)));
    expect(await answers(8342, '/', '/api/', '/own/')).toEqual(['2', '2', '2']);
    const { lost, ...run } = await rollouts.during('another stack of the same directory destroyed', () =>
      other.deployment.destroy(),
    );
    done(run);
    expect(lost).toEqual([]);
    expect(images('images-other-')).toEqual([]);
    expect(await rollouts.deployment.planIsEmpty()).toBe(true);
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TerraformVariable } from 'cdktf';
import { SecretFile } from 'cdktf-wsgi';
import { failure } from './deployment';
import { docker } from './docker';
import { Rollouts } from './rollouts';
import type { Change } from './site';

const SECRET = 'correct-horse-battery';
const ANOTHER = 'staple-of-another-kind';

/** The secret in both ways in which it may reach an application. */
const SECRETIVE: Change = {
  shopOf: (stack) => {
    const password = new TerraformVariable(stack, 'password', { sensitive: true });
    return {
      environment: { PASSWORD: password.stringValue },
      secretFiles: [SecretFile.of('/run/secrets/password', password.stringValue)],
    };
  },
};

let site: Rollouts;
/** What Terraform and the synthesis said and wrote for people to read. */
const said: string[] = [];

beforeAll(async () => {
  process.env['TF_VAR_password'] = SECRET;
  site = await Rollouts.start('security', 8328);
  const run = await site.apply(SECRETIVE);
  said.push(run.output);
  if (run.code !== 0) throw new Error(failure(run));
});

afterAll(async () => {
  await site.end();
  delete process.env['TF_VAR_password'];
});

const id = (part: string): string => site.only(part);

/** A line of a container's first process, as the kernel has it. */
function status(part: string, name: string): string {
  const text = docker('exec', id(part), 'cat', '/proc/1/status');
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
}

/** A mount of a container. */
interface Mount {
  readonly path: string;
  readonly readOnly: boolean;
}

/** What every container has, whatever is declared. */
const OF_THE_ENGINE =
  /^\/$|^\/(proc|sys|dev)(\/|$)|^\/etc\/(resolv.conf|hostname|hosts)$|^(\/usr)?\/sbin\/docker-init$/;

const byPath = (a: Mount, b: Mount): number => a.path.localeCompare(b.path);

/** As the kernel has them, in the container. */
function mountsOf(part: string): Mount[] {
  return docker('exec', id(part), 'cat', '/proc/mounts')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, path = '', , options = '']) => ({ path, readOnly: options.split(',').includes('ro') }))
    .sort(byPath);
}

/** As they were synthesized. */
function declaredMounts(part: string): Mount[] {
  interface Synthesized {
    readonly tmpfs?: Readonly<Record<string, string>>;
    readonly volumes: readonly { readonly container_path: string; readonly read_only: boolean }[];
  }
  const text = readFileSync(join(site.deployment.folder, 'cdk.tf.json'), 'utf8');
  const { resource } = JSON.parse(text) as {
    resource: { docker_container: Readonly<Record<string, Synthesized>> };
  };
  const [, found] =
    Object.entries(resource.docker_container).find(([name]) => name.includes(`_${part}_`)) ?? [];
  return [
    ...Object.keys(found?.tmpfs ?? {}).map((path) => ({ path, readOnly: false })),
    ...(found?.volumes ?? []).map((each) => ({ path: each.container_path, readOnly: each.read_only })),
  ].sort(byPath);
}

const SERVICES = ['shop-0', 'api-0', 'web-nginx', 'web-gate'] as const;

describe.each(SERVICES)('%s, seen from inside', (part) => {
  test('has no capability and can gain none', () => {
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      expect(status(part, set)).toMatch(/^0+$/);
    expect(status(part, 'NoNewPrivs')).toBe('1');
  });

  test('has the mounts that were declared, written and read as declared, and no other', () => {
    const seen = mountsOf(part).filter(({ path }) => !OF_THE_ENGINE.test(path));
    expect(seen).toEqual(declaredMounts(part));
  });

  test('can write where that was declared and to its shared memory, and nowhere else', () => {
    const everywhere = ['find', '/', '-path', '/proc', '-prune', '-o', '-type', 'd', '-writable', '-print'];
    const { stdout } = spawnSync('docker', ['exec', id(part), ...everywhere], { encoding: 'utf8' });
    const writable = declaredMounts(part).filter(({ readOnly }) => !readOnly);
    const outside = stdout
      .split('\n')
      .filter((path) => path !== '' && !/^\/dev\/(shm|mqueue)$/.test(path))
      .filter((path) => !writable.some((mount) => path === mount.path || path.startsWith(`${mount.path}/`)));
    expect(outside).toEqual([]);
    expect(stdout.split('\n')).toContain('/tmp');
  });

  test('can write to its own /tmp, which is of the size that was planned', () => {
    expect(spawnSync('docker', ['exec', id(part), 'touch', '/tmp/x']).status).toBe(0);
    expect(docker('exec', id(part), 'grep', ' /tmp ', '/proc/mounts')).toMatch(/^tmpfs .*size=\d+k,mode=700/);
  });
});

test.each([
  ['shop-0', '10001', '10001', '10001'],
  ['api-0', '10001', '10001', '10001'],
  ['web-nginx', '101', '101', '101 10001'],
  ['web-gate', '101', '101', '101'],
])('%s runs as %s:%s in the groups %s', (part, uid, gid, groups) => {
  expect(status(part, 'Uid').split(/\s+/)).toEqual([uid, uid, uid, uid]);
  expect(status(part, 'Gid').split(/\s+/)).toEqual([gid, gid, gid, gid]);
  expect(
    [...new Set([gid, ...status(part, 'Groups').split(/\s+/)])].filter((group) => group !== '').join(' '),
  ).toBe(groups);
});

test('an application has no volume of the other, and so neither its sockets nor its files', () => {
  const volumes = (part: string): string[] =>
    docker('inspect', '--format', '{{range .Mounts}}{{.Name}}\n{{end}}', id(part))
      .split('\n')
      .filter((name) => name !== '');
  expect(volumes('shop-0').length).toBeGreaterThan(2);
  expect(volumes('shop-0').filter((name) => volumes('api-0').includes(name))).toEqual([]);
  expect(docker('exec', id('api-0'), 'ls', '/run/wsgi').split('\n')).toHaveLength(2);
  expect(spawnSync('docker', ['exec', id('web-nginx'), 'ls', '/etc/wsgi']).status).not.toBe(0);
});

test.each([
  ['/etc/wsgi/uwsgi.ini', '400 10001:10001'],
  ['/run/secrets/password', '400 10001:10001'],
])('%s is its reader’s alone: %s', (path, owner) => {
  expect(docker('exec', id('shop-0'), 'stat', '-c', '%a %u:%g', path)).toBe(owner);
  expect(spawnSync('docker', ['exec', '-u', '4242:4242', id('shop-0'), 'cat', path]).status).not.toBe(0);
});

describe('a sensitive variable', () => {
  const seenByTheApplication = (): string[] => [
    docker('exec', id('shop-0'), 'cat', '/run/secrets/password'),
    docker('exec', id('shop-0'), 'printenv', 'PASSWORD'),
  ];

  /** Everything that is synthesized, but for what Terraform keeps for itself. */
  const written = (): string[] =>
    readdirSync(site.deployment.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.terraform'))
      .map((entry) => join(entry.parentPath, entry.name));

  const shows = (secret: string): string[] => [
    ...said.filter((text) => text.includes(secret)),
    ...written().filter((file) => readFileSync(file, 'utf8').includes(secret)),
  ];

  test('reaches the application, in a file and in its environment', () => {
    expect(seenByTheApplication()).toEqual([SECRET, SECRET]);
  });

  test('shows nowhere in what is synthesized, nor in what Terraform says', () => {
    const names = written().map((file) => relative(site.deployment.folder, file));
    expect(names).toEqual(
      expect.arrayContaining(['cdk.tf.json', 'review/topology.json', 'review/findings.json']),
    );
    expect(names.filter((name) => name.startsWith('review/files/')).length).toBeGreaterThan(3);
    expect(said[0]).toContain('(sensitive value)');
    expect(shows(SECRET)).toEqual([]);
  });

  test('with another value replaces what reads it and nothing else, nothing is lost, and neither value is shown', async () => {
    process.env['TF_VAR_password'] = ANOTHER;
    said.push((await site.deployment.terraform('plan', '-input=false')).output);
    const outcome = await site.under('security: another value of a secret', SECRETIVE);
    said.push(outcome.output);
    expect([failure(outcome), outcome.lost]).toEqual(['', []]);
    expect([outcome.begun, outcome.gone]).toEqual([['shop-0'], ['shop-0']]);
    expect(seenByTheApplication()).toEqual([ANOTHER, ANOTHER]);
    expect([shows(SECRET), shows(ANOTHER)]).toEqual([[], []]);
    expect(await site.deployment.planIsEmpty()).toBe(true);
  });
});

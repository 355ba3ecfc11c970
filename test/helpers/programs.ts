import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** A real program that tests need, with the command that proves it is there and how to get it. */
interface Program {
  readonly probe: readonly string[];
  readonly from: string;
}

const PROGRAMS = {
  nginx: { probe: ['nginx', '-v'], from: 'nginx' },
  uwsgi: { probe: ['uwsgi', '--version'], from: 'uwsgi-core uwsgi-plugin-python3' },
  gunicorn: { probe: ['gunicorn', '--version'], from: 'gunicorn python3-gevent' },
  flask: { probe: ['/usr/bin/python3', '-c', 'import flask'], from: 'python3-flask' },
  python3: { probe: ['python3', '--version'], from: 'python3' },
  cc: { probe: ['cc', '--version'], from: 'gcc' },
  openssl: { probe: ['openssl', 'version'], from: 'openssl' },
  crossplane: { probe: ['crossplane', '--version'], from: 'crossplane from PyPI' },
  ...release('gunicorn', '20.1.0'),
  ...release('gunicorn', '23.0.0'),
  ...release('gunicorn', '26.1.0'),
  ...release('gunicorn', '27.0.1'),
  ...release('uwsgi', '2.0.28'),
  ...release('uwsgi', '2.0.31'),
  terraform: { probe: ['terraform', 'version'], from: 'the Terraform CLI' },
} satisfies Record<string, Program>;

/** A program of `scripts/test-servers.sh`. */
function release<S extends 'gunicorn' | 'uwsgi', V extends string>(
  server: S,
  version: V,
): Record<`${S}-${V}`, Program> {
  const program: Program = {
    probe: [serverCommand(`${server}-${version}`), '--version'],
    from: 'it with scripts/test-servers.sh',
  };
  return { [`${server}-${version}`]: program } as Record<`${S}-${V}`, Program>;
}

/** Path of a server that `scripts/test-servers.sh` has installed, such as `gunicorn-26.1.0`. */
export function serverCommand(name: `${'gunicorn' | 'uwsgi'}-${string}`): string {
  return resolve(`.servers/${name}/bin/${name.slice(0, name.indexOf('-'))}`);
}

export type ProgramName = keyof typeof PROGRAMS;

/**
 * A `describe` whose tests need real programs. Where one is missing, the tests are skipped by name with the
 * reason printed; with CI=true they fail instead, so that CI never passes by not looking.
 */
export function describeWith(programs: readonly ProgramName[], title: string, body: () => void): void {
  const missing = programs.filter((name) => !isInstalled(name));
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const reason = missing.map((name) => `${name} is missing (install ${PROGRAMS[name].from})`).join(', ');
  if (process.env['CI'] === 'true') {
    test(`${title}: needs ${missing.join(', ')}`, () => {
      throw new Error(`CI may not skip: ${reason}`);
    });
    return;
  }
  process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
  describe.skip(`${title} [skipped: ${reason}]`, body);
}

const installed = new Map<ProgramName, boolean>();

function isInstalled(name: ProgramName): boolean {
  const known = installed.get(name);
  if (known !== undefined) return known;
  const [command = '', ...args] = PROGRAMS[name].probe;
  const found = spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  installed.set(name, found);
  return found;
}

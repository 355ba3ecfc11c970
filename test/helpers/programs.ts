import { spawnSync } from 'node:child_process';

/** A real program that tests need, with the command that proves it is there and how to get it. */
interface Program {
  readonly probe: readonly string[];
  readonly debianPackage: string;
}

const PROGRAMS = {
  nginx: { probe: ['nginx', '-v'], debianPackage: 'nginx' },
  uwsgi: { probe: ['uwsgi', '--version'], debianPackage: 'uwsgi-core uwsgi-plugin-python3' },
  gunicorn: { probe: ['gunicorn', '--version'], debianPackage: 'gunicorn python3-gevent' },
  flask: { probe: ['/usr/bin/python3', '-c', 'import flask'], debianPackage: 'python3-flask' },
  python3: { probe: ['python3', '--version'], debianPackage: 'python3' },
  crossplane: { probe: ['crossplane', '--version'], debianPackage: 'crossplane from PyPI' },
  terraform: { probe: ['terraform', 'version'], debianPackage: 'the Terraform CLI' },
} satisfies Record<string, Program>;

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
  const reason = missing
    .map((name) => `${name} is missing (install ${PROGRAMS[name].debianPackage})`)
    .join(', ');
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

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a command of package.json on a machine that has these programs, each of which says what it was told, and no other. */
function run(
  script: string,
  programs: readonly string[],
  ...args: string[]
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const path = mkdtempSync(join(tmpdir(), 'path-'));
  for (const program of programs) {
    writeFileSync(join(path, program), `#!/bin/sh\necho ${program} "$@"\n`);
    chmodSync(join(path, program), 0o755);
  }
  const options = { encoding: 'utf8', env: { ...process.env, PATH: path } } as const;
  return spawnSync(process.execPath, [`scripts/${script}.mjs`, ...args], options);
}

/** What it says when it fails. */
function said(script: string, programs: readonly string[], ...args: string[]): string {
  const { status, stdout, stderr } = run(script, programs, ...args);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  return stderr;
}

describe.each(['deploy', 'destroy'])('npm run %s fails before it does anything', (script) => {
  test('without the Terraform CLI', () => {
    expect(said(script, ['docker'])).toBe("the Terraform CLI is needed: 'terraform version' fails\n");
  });

  test('without a Docker engine', () => {
    expect(said(script, ['terraform'])).toBe(
      "a Docker engine that you may use is needed: 'docker version' fails\n",
    );
  });

  test('for an example that is none, with those there are', () => {
    expect(said(script, ['docker', 'terraform'], 'shop')).toBe(
      'there is no example shop: there are direct, hand-written, many-domains\n',
    );
  });
});

describe.each(['deploy', 'destroy'])('npm run %s', (script) => {
  const cdktf = (...args: string[]): string => {
    const { status, stdout } = run(script, ['docker', 'terraform', 'npm', 'npx'], ...args);
    expect(status).toBe(0);
    return /^npx (.*)$/m.exec(stdout)?.[1] ?? '';
  };
  const called = (name: string): string =>
    `cdktf ${script} ${name} --auto-approve --app node dist/examples/${name}/main.js`;

  test('takes the first example when none is named', () => {
    expect(cdktf()).toBe(called('hand-written'));
  });

  test('hands whatever stands behind the example to cdktf', () => {
    expect(cdktf('direct', '--skip-provider-lock', '--var', 'a=b c')).toBe(
      `${called('direct')} --skip-provider-lock --var a=b c`,
    );
    expect(cdktf('--skip-provider-lock')).toBe(`${called('hand-written')} --skip-provider-lock`);
  });
});

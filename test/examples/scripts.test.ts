import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command of package.json says on a machine that has these programs, and no other. */
function said(script: string, programs: readonly string[], ...args: string[]): string {
  const path = mkdtempSync(join(tmpdir(), 'path-'));
  for (const program of programs) {
    writeFileSync(join(path, program), '#!/bin/sh\n');
    chmodSync(join(path, program), 0o755);
  }
  const options = { encoding: 'utf8', env: { ...process.env, PATH: path } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`, ...args], options);
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

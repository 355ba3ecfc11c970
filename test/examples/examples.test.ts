import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { Testing } from 'cdktf';
import { Review } from 'cdktf-wsgi';
import { Direct } from '../../examples/direct/main';
import { HandWritten } from '../../examples/hand-written/main';
import { ManyDomains } from '../../examples/many-domains/main';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

const EXAMPLES: readonly [string, () => TerraformStack][] = [
  ['hand-written', () => new HandWritten(Testing.app(), 'hand-written')],
  ['direct', () => new Direct(Testing.app(), 'direct')],
  ['many-domains', () => new ManyDomains(Testing.app(), 'many-domains')],
];

test.each(EXAMPLES)('example %s synthesizes without a finding', (_, build) => {
  const stack = build();
  expect(Review.of(stack).findings).toEqual([]);
  expect(() => Testing.synth(stack, true)).not.toThrow();
});

describeWith(['nginx'], 'the real nginx', () => {
  test.each(EXAMPLES)(
    'accepts every nginx.conf of example %s that its release can read',
    async (_, build) => {
      const stack = build();
      for (const [path, text] of Object.entries(Review.of(stack).files)) {
        if (!path.endsWith('nginx.conf')) continue;
        await withDirectory(async (directory) => {
          await Promise.resolve();
          const { ok, output } = nginxTest(directory, forDebian12(text, directory));
          expect(ok ? 'accepted' : output).toBe('accepted');
        });
      }
    },
  );
});

describeWith(['gunicorn', 'flask'], 'the real gunicorn', () => {
  test.each(EXAMPLES)('accepts every gunicorn.conf.py of example %s', async (_, build) => {
    for (const [path, text] of Object.entries(Review.of(build()).files)) {
      if (!path.endsWith('gunicorn.conf.py')) continue;
      await withDirectory(async (directory) => {
        await Promise.resolve();
        writeFileSync(join(directory, 'g.py'), 'def app(environ, start_response):\n    return []\n');
        writeFileSync(
          join(directory, 'gunicorn.conf.py'),
          text.replace(/chdir = '[^']*'/, `chdir = '${directory}'`),
        );
        const run = spawnSync('gunicorn', ['--check-config', '-c', 'gunicorn.conf.py'], {
          cwd: directory,
          encoding: 'utf8',
        });
        expect(run.stderr).toBe('');
        expect(run.status).toBe(0);
      });
    }
  });
});

/** The examples run nginx 1.28; Debian 12 has 1.22, which resolves names of an upstream only at its start. */
function forDebian12(text: string, directory: string): string {
  return text
    .replace(/^ *resolver 127.0.0.11.*;\n/gm, '')
    .replace(/server reports:8000 max_fails=0 resolve;/, 'server 127.0.0.1:8000 max_fails=0;')
    .replaceAll('/tmp/', `${directory}/`)
    .replaceAll('/edge/', '/')
    .replaceAll('/dev/stdout', `${directory}/access.log`);
}

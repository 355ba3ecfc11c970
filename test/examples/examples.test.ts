import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { Review } from 'cdktf-wsgi';
import { EXAMPLES, exampleFiles } from '../../scripts/example-files';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

const ALL = Object.entries(EXAMPLES);

test.each(ALL)('example %s synthesizes without a finding', (_, build) => {
  const stack = build();
  expect(Review.of(stack).findings).toEqual([]);
  expect(() => Testing.synth(stack, true)).not.toThrow();
});

describe.each(ALL)('example %s renders, line by line, what stands in its folder', (name, build) => {
  const files = exampleFiles(name, build());

  test.each(files.map(({ path, text }) => [path, text]))('%s', (path, text) => {
    expect(text.split('\n')).toEqual(readFileSync(path, 'utf8').split('\n'));
  });

  test('and nothing else', () => {
    const folder = `examples/${name}/rendered`;
    const present = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(present.sort()).toEqual(files.map(({ path }) => path).sort());
  });
});

describeWith(['nginx'], 'the real nginx', () => {
  test.each(ALL)('accepts every nginx.conf of example %s that its release can read', async (_, build) => {
    const stack = build();
    for (const [path, text] of Object.entries(Review.of(stack).files)) {
      if (!path.endsWith('nginx.conf')) continue;
      await withDirectory(async (directory) => {
        await Promise.resolve();
        const { ok, output } = nginxTest(directory, forDebian12(text, directory));
        expect(ok ? 'accepted' : output).toBe('accepted');
      });
    }
  });
});

describeWith(['gunicorn', 'flask'], 'the real gunicorn', () => {
  test.each(ALL)('accepts every gunicorn.conf.py of example %s', async (_, build) => {
    for (const [path, text] of Object.entries(Review.of(build()).files)) {
      if (!path.endsWith('gunicorn.conf.py')) continue;
      await withDirectory(async (directory) => {
        await Promise.resolve();
        const [, module = ''] = /^wsgi_app = '(\w+):app'$/m.exec(text) ?? [];
        writeFileSync(join(directory, `${module}.py`), 'def app(environ, start_response):\n    return []\n');
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

test('the nginx.conf in the README is what the example renders, its lines in their order', () => {
  const [, snippet = ''] = /```nginx\n([^]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const lines = snippet
    .split('\n')
    .map((line) => line.replace(/ *#.*$/, '').trim())
    .filter((line) => line !== '' && line !== '…');
  const rendered = readFileSync('examples/hand-written/rendered/web/nginx.conf', 'utf8')
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toContain('uwsgi_pass shop;');
  expect(inOrder(lines, rendered)).toEqual(lines);
});

/** The lines that are found in a text, each after the one before. */
function inOrder(lines: readonly string[], text: readonly string[]): string[] {
  let from = 0;
  return lines.filter((line) => {
    const at = text.indexOf(line, from);
    if (at >= 0) from = at + 1;
    return at >= 0;
  });
}

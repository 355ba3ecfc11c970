import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { option } from '../../lib/uwsgi/option';
import type { UwsgiOption } from '../../lib/uwsgi/option';
import { renderUwsgi } from '../../lib/uwsgi/render';
import { hostileText, longestTexts } from '../helpers/hostile';
import { ask, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { withUwsgi } from '../helpers/uwsgi';

const APPLICATION = [
  'import json, os',
  'def application(environ, start_response):',
  "    start_response('200 OK', [])",
  "    return [json.dumps({k: v for k, v in os.environ.items() if k.startswith('VALUE_')}).encode()]",
  '',
].join('\n');

function server(directory: string, options: readonly UwsgiOption[]): string {
  writeFileSync(join(directory, 'app.py'), APPLICATION);
  return renderUwsgi([...serverOptions(directory), ...options]);
}

function serverOptions(directory: string): UwsgiOption[] {
  return [
    option('strict', true),
    option('need-plugin', 'python3'),
    option('master', true),
    option('need-app', true),
    option('http-socket', join(directory, 's.sock')),
    option('wsgi-file', join(directory, 'app.py')),
    option('hook-master-start', 'unix_signal:15 gracefully_kill_them_all'),
  ];
}

describeWith(['uwsgi'], 'the real uWSGI', () => {
  test('reads exactly the text of 300 hostile values', async () => {
    const values = fc.sample(hostileText, 600).filter(isRepresentable).slice(0, 300);
    expect(values).toHaveLength(300);
    const options = values.map((value, index) => option('env', `VALUE_${String(index)}=${value}`));
    await withDirectory((directory) =>
      withUwsgi(directory, server(directory, options), join(directory, 's.sock'), async () => {
        const answer = await ask({ socketPath: join(directory, 's.sock'), path: '/' });
        const seen = JSON.parse(answer.body.toString()) as Record<string, string>;
        expect(values.map((_, index) => seen[`VALUE_${String(index)}`])).toEqual(values);
      }),
    );
  });

  test('reads exactly the text of tokens of 4,094 bytes', async () => {
    await withDirectory((directory) =>
      withUwsgi(directory, server(directory, numbered(longestTexts)), join(directory, 's.sock'), async () => {
        const answer = await ask({ socketPath: join(directory, 's.sock'), path: '/' });
        const seen = JSON.parse(answer.body.toString()) as Record<string, string>;
        expect(longestTexts.map((_, index) => seen[`VALUE_${String(index)}`])).toEqual(longestTexts);
      }),
    );
  });

  test('reads exactly the text of 300 values that play with references', async () => {
    const words = fc.constantFrom(
      'env',
      'ini',
      'strict',
      'dollar',
      'nope',
      '1',
      ' ',
      '+',
      '(',
      ')',
      '(nope)',
      '$',
      '@',
    );
    const inner = fc.array(words, { maxLength: 4 }).map((found) => found.join(''));
    const reference = fc.tuple(fc.constantFrom('%', '$', '@'), inner).map(([sign, key]) => `${sign}(${key})`);
    const piece = fc.oneof(reference, words, fc.constantFrom('%', '%('));
    const playful = fc.array(piece, { maxLength: 4 }).map((found) => found.join(''));
    const values = fc.sample(playful, 4000).filter(isKept).slice(0, 300);
    expect(values).toHaveLength(300);
    await withDirectory((directory) =>
      withUwsgi(directory, server(directory, numbered(values)), join(directory, 's.sock'), async () => {
        const answer = await ask({ socketPath: join(directory, 's.sock'), path: '/' });
        const seen = JSON.parse(answer.body.toString()) as Record<string, string>;
        expect(values.map((_, index) => seen[`VALUE_${String(index)}`])).toEqual(values);
      }),
    );
  });

  test.each([
    ['an option that it does not know', option('harakirii', 30), 'unknown config directive: harakirii'],
    ['a socket mode of four digits', option('chmod-socket', '0660'), 'invalid chmod value'],
    ['a negative number', option('listen', '-1'), ''],
  ])('refuses %s, as the table does', async (_, wrong, message) => {
    await withDirectory(async (directory) => {
      await Promise.resolve();
      const file = join(directory, 'wrong.ini');
      writeFileSync(file, server(directory, [wrong]));
      const run = spawnSync('uwsgi', ['--ini', file], { encoding: 'utf8', timeout: 20_000 });
      expect(run.status).toBe(1);
      expect(run.stderr).toContain(message);
    });
  });
});

function numbered(values: readonly string[]): UwsgiOption[] {
  return values.map((value, index) => option('env', `VALUE_${String(index)}=${value}`));
}

/** Whether the renderer takes the value in the file of `server`, whose options are names of their own. */
function isKept(value: string): boolean {
  try {
    renderUwsgi([...serverOptions('/tmp'), ...numbered([value])]);
    return true;
  } catch {
    return false;
  }
}

/** A trailing blank is cut, and the names of the options above are replaced: both refused by the renderer. */
function isRepresentable(value: string): boolean {
  try {
    renderUwsgi([option('env', `A=${value}`)]);
    return true;
  } catch {
    return false;
  }
}

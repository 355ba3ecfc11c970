import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { renderGunicorn } from '../../lib/gunicorn/render';
import { setting } from '../../lib/gunicorn/setting';
import type { PythonValue } from '../../lib/gunicorn/setting';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { longestTexts } from '../helpers/hostile';
import { pythonValue } from '../helpers/python-value';

describeWith(['python3'], 'a real Python', () => {
  test('imports exactly the values of 300 hostile settings, and of tokens of 4,094 bytes', async () => {
    const values = [...fc.sample(pythonValue, 300), ...longestTexts];
    const settings = values.map((value, index) => setting(`v${String(index)}`, value));
    const seen = await imported(renderGunicorn({ settings, hooks: [] }));
    expect(values.map((_, index) => seen[`v${String(index)}`])).toEqual(values.map(plain));
  });
});

describeWith(['gunicorn'], 'the real gunicorn', () => {
  const good = [
    setting('bind', { before: 'unix:/tmp/', after: '.sock' }),
    setting('umask', { octal: '117' }),
    setting('workers', 2),
  ];

  test('accepts a whole file', async () => {
    expect(
      await checkConfig(
        renderGunicorn({
          settings: good,
          hooks: [{ name: 'on_exit', text: 'def on_exit(server):\n    pass' }],
        }),
      ),
    ).toBe(0);
  });

  test.each([
    ['a count that is text', setting('workers', 'many')],
    ['a flag that is a number', setting('reload', 1)],
    ['a flag that is text', setting('daemon', 'perhaps')],
  ])('refuses %s, as the table does', async (_, wrong) => {
    expect(await checkConfig(renderGunicorn({ settings: [wrong], hooks: [] }))).not.toBe(0);
  });

  test.each([
    ['an unknown name', setting('worker', 3)],
    ['a removed name', setting('debug', true)],
    ['a log level that is none', setting('loglevel', 'verbose')],
  ])('skips %s without a word, which the table refuses', async (_, wrong) => {
    expect(await checkConfig(renderGunicorn({ settings: [wrong], hooks: [] }))).toBe(0);
  });
});

async function imported(text: string): Promise<Record<string, unknown>> {
  return withDirectory(async (directory) => {
    await Promise.resolve();
    const file = join(directory, 'gunicorn.conf.py');
    writeFileSync(file, text);
    const script =
      'import json, runpy, sys; print(json.dumps({k: v for k, v in runpy.run_path(sys.argv[1]).items() if k[0] == "v"}))';
    const run = spawnSync('python3', ['-I', '-c', script, file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    expect(run.stderr).toBe('');
    return JSON.parse(run.stdout) as Record<string, unknown>;
  });
}

async function checkConfig(text: string): Promise<number | null> {
  return withDirectory(async (directory) => {
    await Promise.resolve();
    writeFileSync(join(directory, 'gunicorn.conf.py'), text);
    writeFileSync(join(directory, 'app.py'), 'def app(environ, start_response):\n    return []\n');
    return spawnSync('gunicorn', ['--check-config', '-c', 'gunicorn.conf.py', 'app:app'], { cwd: directory })
      .status;
  });
}

function plain(value: PythonValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly PythonValue[]).map(plain);
  if ('octal' in value) return Number.parseInt(value.octal, 8);
  if ('dict' in value)
    return Object.fromEntries(Object.entries(value.dict).map(([key, item]) => [key, plain(item)]));
  return undefined;
}

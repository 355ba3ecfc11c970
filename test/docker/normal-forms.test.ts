import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerignore } from '../../lib/docker/dockerignore';
import { GENERATION_HOSTNAME, uniqueName } from '../../lib/docker/names';
import { capability, cpuLimits, goDuration, memoryLimits } from '../../lib/docker/normal-forms';
import { specHash } from '../../lib/docker/spec-hash';
import { literal } from '../../lib/docker/terraform-text';
import { hostileText } from '../helpers/hostile';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

test.each([
  [0, '0s'],
  [500, '500ms'],
  [5000, '5s'],
  [1500, '1.5s'],
  [60_000, '1m0s'],
  [90_000, '1m30s'],
  [3_600_000, '1h0m0s'],
])('%p milliseconds are %p to Go', (milliseconds, text) => {
  expect(goDuration(milliseconds)).toBe(text);
});

test('capabilities have their prefix, but for ALL', () => {
  expect(['chown', 'CAP_CHOWN', 'ALL'].map(capability)).toEqual(['CAP_CHOWN', 'CAP_CHOWN', 'ALL']);
});

test('memory is stated with its swap, cpus as period and quota', () => {
  expect(memoryLimits(256 * 1024 ** 2)).toEqual({ memory: 256, memorySwap: 256 });
  expect(cpuLimits(0.5)).toEqual({ cpuPeriod: 100_000, cpuQuota: 50_000 });
  expect([memoryLimits(undefined), cpuLimits(undefined)]).toEqual([{}, {}]);
});

test('names are readable, unique and new at each creation', () => {
  expect(uniqueName('My Site', 'web/nginx')).toBe('my-site-web-nginx-${substr(uuid(),0,8)}');
  expect(uniqueName('s'.repeat(80), 'x')).toHaveLength(48 + '-${substr(uuid(),0,8)}'.length);
  expect(GENERATION_HOSTNAME).toBe('${formatdate("YYYYMMDDhhmmss", timestamp())}-${substr(uuid(),0,8)}');
});

test('the hash of a plan does not depend on the order of its members, and on everything else', () => {
  expect(specHash({ a: 1, b: { c: 2, d: 3 } })).toBe(specHash({ b: { d: 3, c: 2 }, a: 1 }));
  expect(specHash({ a: [1, 2] })).not.toBe(specHash({ a: [2, 1] }));
});

describe('text for Terraform', () => {
  test('doubles what begins a template and leaves the rest', () => {
    expect(literal('$host ${uri} %{x} %(y) $${z}')).toBe('$host $${uri} %%{x} %(y) $$${z}');
  });

  test("fails on a '${' that is never closed", () => {
    expect(() => literal('a ${b')).toThrow("holds a '${' that is never closed");
  });
});

describe('.dockerignore', () => {
  const ignored = dockerignore(
    '# comment\nnode_modules\n*.pyc\n**/cache\n/dist/\ndocs/*.md\n!docs/keep.md\n',
  );

  test.each([
    ['node_modules/a/b', true],
    ['a.pyc', true],
    ['sub/a.pyc', false],
    ['sub/deep/cache/x', true],
    ['dist/x', true],
    ['docs/a.md', true],
    ['docs/keep.md', false],
    ['app.py', false],
  ])('%p is left out: %p', (path, answer) => {
    expect(ignored(path)).toBe(answer);
  });
});

describeWith(['terraform'], 'a real Terraform', () => {
  test('reads back exactly the text of 100 hostile values', async () => {
    const values = fc.sample(hostileText, 300).filter(isWritable).slice(0, 100);
    expect(values).toHaveLength(100);
    await withDirectory(async (directory) => {
      await Promise.resolve();
      const resource = { terraform_data: { text: { input: values.map(literal) } } };
      const output = { text: { value: '${terraform_data.text.output}' } };
      writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ resource, output }));
      const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
      const terraform = (...args: string[]): string => {
        const run = spawnSync('terraform', args, {
          cwd: directory,
          env,
          encoding: 'utf8',
        });
        if (run.status !== 0) throw new Error(run.stdout + run.stderr);
        return run.stdout;
      };
      terraform('init', '-input=false');
      terraform('apply', '-auto-approve', '-input=false');
      expect(JSON.parse(terraform('output', '-json', 'text'))).toEqual(values);
    });
  });
});

function isWritable(text: string): boolean {
  try {
    literal(text);
    return true;
  } catch {
    return false;
  }
}

import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { literal, mixedText, terraformText } from '../../lib/docker/terraform-text';
import { Deferred } from '../../lib/topology/deferred';
import { hostileText } from '../helpers/hostile';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

test('doubles what begins a template and leaves the rest', () => {
  expect(literal('$host ${uri} %{x} %(y) $${z} ${')).toBe('$host $${uri} %%{x} %(y) $$${z} $${');
});

test('carries a token through', () => {
  expect(terraformText(new Deferred('${TfToken[TOKEN.1]}'))).toBe('${TfToken[TOKEN.1]}');
});

test('fails on a token where the text has to be known', () => {
  expect(() => literal('a ${TfToken[TOKEN.1]}')).toThrow(
    'a Terraform token stands where the text has to be known',
  );
});

test.each([
  ['a ${b', true],
  ['a ${b}', false],
  ['${a} ${b', true],
  ['${a ${b}', false],
  ['a $b', false],
])('before a token, %p is refused: %p', (text, refused) => {
  const mix = (): string => mixedText([text, new Deferred('<token>')]);
  if (refused) expect(mix).toThrow("holds a '${' that is never closed, and a Terraform token follows it");
  else expect(mix()).toMatch(/<token>$/);
});

test('a dollar right before a token does not escape it, and a brace after a dollar is escaped across parts', () => {
  expect(mixedText(['a$$', new Deferred('${t}')])).toBe('a${"$$"}${t}');
  expect(mixedText(['a$', '{b}'])).toBe('a$${b}');
});

describeWith(['terraform'], 'a real Terraform, through cdktf,', () => {
  test('reads back exactly 300 hostile values, alone and in front of a token', async () => {
    const values = [...fc.sample(hostileText, 300), '\r${uri}', '\r%{x}', '$', '$$', 'a\r'];
    const stack = new TerraformStack(Testing.app(), 'text');
    const variable = new TerraformVariable(stack, 'token', { default: 'TOKEN' });
    const mixed = values.flatMap((value) => mixedOrRefused(value, variable.stringValue));
    expect(mixed.length).toBeGreaterThan(150);
    output(stack, 'alone', values.map(literal));
    output(
      stack,
      'mixed',
      mixed.map(({ text }) => text),
    );
    const read = await applied(stack);
    expect(read('alone')).toEqual(values);
    expect(read('mixed')).toEqual(mixed.map(({ value }) => `${value}TOKEN`));
  });
});

function mixedOrRefused(value: string, token: string): { readonly value: string; readonly text: string }[] {
  try {
    return [{ value, text: mixedText([value, new Deferred(token)]) }];
  } catch {
    return [];
  }
}

function output(stack: TerraformStack, name: string, value: unknown): void {
  new TerraformOutput(stack, name, { value }).overrideLogicalId(name);
}

async function applied(stack: TerraformStack): Promise<(name: string) => unknown> {
  return withDirectory(async (directory) => {
    await Promise.resolve();
    writeFileSync(join(directory, 'main.tf.json'), Testing.synth(stack));
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
    const terraform = (...args: string[]): string => {
      const run = spawnSync('terraform', args, { cwd: directory, env, encoding: 'utf8' });
      if (run.status !== 0) throw new Error(run.stdout + run.stderr);
      return run.stdout;
    };
    terraform('init', '-input=false');
    terraform('apply', '-auto-approve', '-input=false');
    const outputs = JSON.parse(terraform('output', '-json')) as Record<string, { readonly value: unknown }>;
    return (name) => outputs[name]?.value;
  });
}

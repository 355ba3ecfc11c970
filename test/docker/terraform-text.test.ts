import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { GunicornApp, SecretFile } from 'cdktf-wsgi';
import { literal, mixedText, terraformText } from '../../lib/docker/terraform-text';
import { textOf } from '../../lib/constructs/checked/tokens';
import { Deferred } from '../../lib/topology/deferred';
import { hostileText } from '../helpers/hostile';
import { GUNICORN } from '../helpers/stacks';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

test('doubles what begins a template and leaves the rest', () => {
  expect(literal('$host ${uri} %{x} %(y) $${z} ${')).toBe('$host $${uri} %%{x} %(y) $$${z} $${');
});

const TOKEN = new Deferred([{ token: '${t}' }]);

test('carries a token through', () => {
  expect(terraformText(TOKEN)).toBe('${t}');
});

test('fails on a token where the text has to be known', () => {
  expect(() => literal('a ${TfToken[TOKEN.1]}')).toThrow(
    'a Terraform token stands where the text has to be known',
  );
});

test.each([
  ['a ${b', 'a ${"$\\u007b"}b${t}'],
  ['a ${b}', 'a ${"$\\u007b"}b}${t}'],
  ['$${', '${"$$\\u007b"}${t}'],
  ['%{if}', '%%{if}${t}'],
  ['$\r$', '${"$\\r"}${"$"}${t}'],
  ['a $b', 'a $b${t}'],
])(
  'before a token, %p is written so that neither Terraform nor cdktf sees an expression',
  (text, written) => {
    expect(mixedText([text, TOKEN])).toBe(written);
  },
);

test('a brace after a dollar is escaped across texts', () => {
  expect(mixedText(['a$', '{b}'])).toBe('a$${b}');
  expect(mixedText([TOKEN, 'a$', '{b}'])).toBe('${t}a${"$\\u007b"}b}');
});

test('a text is taken apart at its tokens, of strings and of numbers', () => {
  const variable = new TerraformVariable(new TerraformStack(Testing.app(), 'text'), 'v', {});
  const text = variable.stringValue;
  const mixed = textOf(`a\${b ${text}1${String(variable.numberValue)}.5`);
  expect((mixed as Deferred).reveal()).toEqual([
    { literal: 'a${b ' },
    { token: text },
    { literal: '1' },
    { token: expect.stringMatching(/^\$\{TfToken\[/) as string },
    { literal: '.5' },
  ]);
  expect(textOf('a${b -8.1e+29 ${TfToken}')).toBe('a${b -8.1e+29 ${TfToken}');
});

describeWith(['terraform'], 'a real Terraform, through cdktf,', () => {
  test('reads back exactly 300 hostile values, alone and around tokens', async () => {
    const values = [...fc.sample(hostileText, 300), '\r${uri}', '\r%{x}', '$', '$$', 'a\r', 'a ${b ', '7'];
    const stack = new TerraformStack(Testing.app(), 'text');
    const token = new TerraformVariable(stack, 'token', { default: 'TO${K}EN' }).stringValue;
    const number = String(new TerraformVariable(stack, 'number', { default: 42 }).numberValue);
    const mixtures: ((value: string, token: string, number: string) => string)[] = [
      (value, text) => value + text,
      (value, text) => text + value,
      (value, text, digits) => value + text + value + digits + value + text,
      (value, _, digits) => `=${value}${digits}`,
      (value, _, digits) => `=${digits}${value}`,
    ];
    output(stack, 'alone', values.map(literal));
    mixtures.forEach((mix, at) => {
      const texts = values.map((value) => terraformText(textOf(mix(value, token, number))));
      output(stack, `mixed${String(at)}`, texts);
    });
    const read = await applied(Testing.synth(stack));
    expect(read('alone')).toEqual(values);
    mixtures.forEach((mix, at) => {
      expect(read(`mixed${String(at)}`)).toEqual(values.map((value) => mix(value, 'TO${K}EN', '42')));
    });
  });

  test('gives a container the text around a token of an environment variable and of a secret file', async () => {
    const stack = new TerraformStack(Testing.app(), 'text');
    const token = new TerraformVariable(stack, 'token', { default: 'TOKEN' }).stringValue;
    const text = `open \${b \${file("/etc/passwd")} %{if} ${token}`;
    const app = new GunicornApp(stack, 'api', {
      ...GUNICORN,
      environment: { A: text },
      secretFiles: [SecretFile.of('/run/secrets/key', text)],
    });
    const read = await applied(resourcesAsData(stack, app.containers[0]?.friendlyUniqueId ?? ''));
    const expected = 'open ${b ${file("/etc/passwd")} %{if} TOKEN';
    expect(read('env')).toContain(`A=${expected}`);
    expect(read('upload')).toBe(expected);
  });
});

/** The values of a stack's containers as outputs of a configuration that needs no provider. */
function resourcesAsData(stack: TerraformStack, name: string): string {
  const { resource, variable } = JSON.parse(Testing.synth(stack)) as Synthesized;
  const containers = resource['docker_container'] ?? {};
  const publisher = Object.entries(containers).find(([key]) => key.includes('secrets'))?.[1];
  return JSON.stringify({
    variable,
    output: {
      env: { value: containers[name]?.env },
      upload: { value: publisher?.upload?.[0]?.content },
    },
  });
}

interface Synthesized {
  readonly variable: unknown;
  readonly resource: Record<
    string,
    Record<string, { readonly env?: string[]; readonly upload?: { readonly content: string }[] }>
  >;
}

function output(stack: TerraformStack, name: string, value: unknown): void {
  new TerraformOutput(stack, name, { value }).overrideLogicalId(name);
}

async function applied(configuration: string): Promise<(name: string) => unknown> {
  return withDirectory(async (directory) => {
    await Promise.resolve();
    writeFileSync(join(directory, 'main.tf.json'), configuration);
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

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Which provider the engine tests run with: the genuine one where Terraform can install it, otherwise the double. */
export type ProviderInUse = 'genuine' | 'double';

const VARIABLE = 'ENGINE_TESTS_PROVIDER';
const CACHE = join(tmpdir(), 'cdktf-wsgi-terraform-plugins');

/** Asks Terraform whether it can install the provider, from the registry or a mirror of the user's configuration. */
export function findProvider(): ProviderInUse {
  const directory = mkdtempSync(join(tmpdir(), 'provider-'));
  mkdirSync(CACHE, { recursive: true });
  const required = { docker: { source: 'kreuzwerker/docker', version: '3.6.2' } };
  writeFileSync(
    join(directory, 'main.tf.json'),
    JSON.stringify({ terraform: { required_providers: required } }),
  );
  const env = { ...process.env, ...GENUINE_ENVIRONMENT };
  const { status } = spawnSync('terraform', ['init', '-input=false'], {
    cwd: directory,
    env,
    timeout: 60_000,
  });
  rmSync(directory, { recursive: true });
  const found = status === 0 ? 'genuine' : 'double';
  process.env[VARIABLE] = found;
  return found;
}

/** What `findProvider` found at the start of the run. */
export function providerInUse(): ProviderInUse {
  return process.env[VARIABLE] === 'genuine' ? 'genuine' : 'double';
}

/** What Terraform needs in its environment for the genuine provider, which it downloads once. */
export const GENUINE_ENVIRONMENT = { TF_PLUGIN_CACHE_DIR: CACHE, CHECKPOINT_DISABLE: '1' };

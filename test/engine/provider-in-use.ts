import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Which provider the engine tests run with: the genuine one where Terraform can install it, otherwise the double. */
export type ProviderInUse = 'genuine' | 'double';

const VARIABLE = 'ENGINE_TESTS_PROVIDER';
const CACHE = join(tmpdir(), 'cdktf-wsgi-terraform-plugins');
const MIRROR = join(CACHE, 'mirror.tfrc');

/**
 * How Terraform may come by the provider: from the registry or a mirror of the user's configuration, and, where there is no network
 * as around the engine of Debian testing, from what a run before has downloaded.
 */
const WAYS: readonly NodeJS.ProcessEnv[] = [
  { TF_PLUGIN_CACHE_DIR: CACHE, CHECKPOINT_DISABLE: '1' },
  { TF_CLI_CONFIG_FILE: MIRROR, CHECKPOINT_DISABLE: '1' },
];

/** Asks Terraform whether it can install the provider. */
export function findProvider(): ProviderInUse {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(MIRROR, `provider_installation {\n  filesystem_mirror {\n    path = "${CACHE}"\n  }\n}\n`);
  const way = WAYS.findIndex(canInstall);
  process.env[VARIABLE] = String(way);
  return providerInUse();
}

function canInstall(environment: NodeJS.ProcessEnv): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'provider-'));
  const required = { docker: { source: 'kreuzwerker/docker', version: '3.6.2' } };
  const main = { terraform: { required_providers: required } };
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(main));
  const options = { cwd: directory, env: { ...process.env, ...environment }, timeout: 60_000 };
  const { status } = spawnSync('terraform', ['init', '-input=false'], options);
  rmSync(directory, { recursive: true });
  return status === 0;
}

/** What `findProvider` found at the start of the run. */
export function providerInUse(): ProviderInUse {
  return wayInUse() === undefined ? 'double' : 'genuine';
}

/** What Terraform needs in its environment for the genuine provider. */
export function genuineEnvironment(): NodeJS.ProcessEnv {
  return wayInUse() ?? {};
}

function wayInUse(): NodeJS.ProcessEnv | undefined {
  return WAYS[Number(process.env[VARIABLE] ?? '-1')];
}

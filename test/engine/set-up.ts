import { spawnSync } from 'node:child_process';
import { ENGINE_VERSION } from './engine-version';
import { findProvider } from './provider-in-use';
import { removeLeftOver } from './left-over';
import { beginReport } from './report';
import { takeEngine } from './run-lock';

const docker = (...args: string[]): string => spawnSync('docker', args, { encoding: 'utf8' }).stdout;

/** Says which engine and which provider the run is about to use, and refuses to begin without an engine. */
export default function setUp(): void {
  const version = docker('version', '--format', '{{.Server.Version}}').trim();
  if (version === '')
    throw new Error('no Docker engine answers: see CONTRIBUTING.md for scripts/engine/up.sh');
  takeEngine();
  // Of a run that was killed: whatever bears our names.
  removeLeftOver();
  beginReport();
  process.env[ENGINE_VERSION] = version;
  const store = docker('info', '--format', '{{.Driver}} {{.DriverStatus}}').trim();
  const provider = findProvider();
  const which =
    provider === 'genuine'
      ? 'the genuine kreuzwerker/docker 3.6.2'
      : 'the double in test/engine/provider: Terraform could not install the genuine one';
  process.stdout.write(`\nengine    ${version}, ${store}\nprovider  ${which}\n\n`);
}

// Writes API.md from the compiled library; run after a build.
import { spawnSync } from 'node:child_process';

const result = spawnSync('npx', ['jsii-docgen', '--output', 'API.md', '--language', 'typescript'], {
  stdio: 'inherit',
});
process.exit(result.status ?? 1);

// Puts an example live on the Docker host, with Terraform.
import { chosenExample, need, step } from './example.mjs';

const { name, app, further } = chosenExample();
need('terraform', ['version'], 'the Terraform CLI');
need('docker', ['version'], 'a Docker engine that you may use');
step('building the library (npm run build)', 'npm', ['run', '--silent', 'build']);
const args = ['cdktf', 'deploy', name, '--auto-approve', '--app', app, ...further];
step(`deploying examples/${name} (cdktf deploy)`, 'npx', args, { watched: true });
process.stdout.write(
  `\nNext\n  open one of the URLs above, change examples/${name}/main.ts, deploy again, or npm run destroy\n`,
);

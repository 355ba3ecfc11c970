// Removes an example from the Docker host.
import { chosenExample, need, step } from './example.mjs';

const { name, app, further } = chosenExample();
need('terraform', ['version'], 'the Terraform CLI');
need('docker', ['version'], 'a Docker engine that you may use');
step('building the library (npm run build)', 'npm', ['run', '--silent', 'build']);
const args = ['cdktf', 'destroy', name, '--auto-approve', '--app', app, ...further];
step(`removing examples/${name} (cdktf destroy)`, 'npx', args, { watched: true });

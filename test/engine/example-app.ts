/** The program that `cdktf deploy` runs in the tests of the examples: an example as it is, on images that the engine of the tests has. */
import { App } from 'cdktf';
import { Directive } from 'cdktf-wsgi';
import type { NginxFrontend } from 'cdktf-wsgi';
import { Direct } from '../../examples/direct/main';
import { HandWritten } from '../../examples/hand-written/main';
import { ManyDomains } from '../../examples/many-domains/main';
import { PYTHON } from './python-base';
import { NGINX } from './site';

const STACKS = { direct: Direct, 'hand-written': HandWritten, 'many-domains': ManyDomains };

const [name = '', stackName = ''] = process.argv.slice(2);
const app = new App();
const stack = new STACKS[name as keyof typeof STACKS](app, stackName, { python: PYTHON, nginx: NGINX });
const directive = process.env['DIRECTIVE'];
if (directive !== undefined) {
  const web = stack.node.children.find((child): child is NginxFrontend => child.node.id === 'web');
  web?.addDirective(Directive.of(directive, ['on']));
}
app.synth();

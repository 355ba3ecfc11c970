import type { NginxImage } from 'cdktf-wsgi';
import { buildImage } from './docker';
import { BASE, testName } from './names';
import { nginxOf } from './site';

/** Name of another image of the same nginx: what an upgrade of nginx looks like to everything around it. */
const NAME = testName('nginx:12');

/** Makes it. */
export function makeAnotherNginx(): NginxImage {
  buildImage(NAME, '-', `FROM ${BASE}\nLABEL another=image\n`);
  return nginxOf(NAME);
}

import type { GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { AppImage, WsgiModule } from 'cdktf-wsgi';

export const GUNICORN: GunicornAppProps = {
  image: AppImage.registry('acme/api:1'),
  module: WsgiModule.dotted('g', 'app'),
};
export const UWSGI: UwsgiAppProps = {
  image: AppImage.registry('acme/shop:1'),
  module: WsgiModule.file('p.py', 'app'),
};

export type Resource = Readonly<Record<string, unknown>>;

export function siteStack(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'site');
  new DockerProvider(stack, 'docker');
  build(stack);
  return stack;
}

export function resources(stack: TerraformStack, type: string): Record<string, Resource> {
  const synthesized = JSON.parse(Testing.synth(stack)) as {
    resource: Record<string, Record<string, Resource>>;
  };
  return synthesized.resource[type] ?? {};
}

export function container(stack: TerraformStack, part: string): Resource {
  const found = Object.entries(resources(stack, 'docker_container')).find(([name]) => name.includes(part));
  if (found === undefined) throw new Error(`no container ${part}`);
  return found[1];
}

import { Container } from '@cdktf/provider-docker/lib/container';
import type { ContainerConfig } from '@cdktf/provider-docker/lib/container';
import { Image } from '@cdktf/provider-docker/lib/image';
import type { ImageConfig } from '@cdktf/provider-docker/lib/image';
import { Network } from '@cdktf/provider-docker/lib/network';
import type { NetworkConfig } from '@cdktf/provider-docker/lib/network';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { Volume } from '@cdktf/provider-docker/lib/volume';
import { App, TerraformOutput, TerraformResource, TerraformStack, Testing } from 'cdktf';
import type { TerraformResourceLifecycle } from 'cdktf';
import { AppImage, GunicornApp, Listener, NginxFrontend, UwsgiApp, WsgiModule } from 'cdktf-wsgi';

/** One resource of a synthesized stack, ready to be made again by hand. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** One frontend and its applications, half in uWSGI and half in gunicorn, with the library. */
export function libraryProgram(apps: number, outdir: string): void {
  const app = new App({ outdir });
  buildSite(new TerraformStack(app, 'bench'), apps);
  app.synth();
}

/** The same resources with the bare bindings: references between them are references here too. */
export function bareProgram(resources: readonly Recorded[], outdir: string): void {
  const app = new App({ outdir });
  buildBare(new TerraformStack(app, 'bench'), resources);
  app.synth();
}

/** @throws Error when the bare program would make other resources than the library. */
export function assertSame(resources: readonly Recorded[]): void {
  const stack = new TerraformStack(Testing.app(), 'bench');
  buildBare(stack, resources);
  const outline = (all: readonly Recorded[]): string =>
    JSON.stringify(all.map(({ type, config }) => `${type} ${Object.keys(config).sort().join(' ')}`).sort());
  if (outline(synthesized(stack)) !== outline(resources))
    throw new Error('the two programs make different resources');
}

function buildBare(stack: TerraformStack, resources: readonly Recorded[]): void {
  new DockerProvider(stack, 'docker');
  const made = new Map<string, TerraformResource>();
  for (const { type, name, config } of resources) {
    const written = linked(config, made) as Record<string, unknown>;
    if (type === 'output') new TerraformOutput(stack, name, written as { readonly value: unknown });
    else made.set(`${type}.${name}`, create(stack, type, name, written));
  }
}

/** What the library makes for so many applications, in an order in which each resource follows what it refers to. */
export function recorded(apps: number): Recorded[] {
  const stack = new TerraformStack(Testing.app(), 'bench');
  buildSite(stack, apps);
  return inOrder(synthesized(stack));
}

function synthesized(stack: TerraformStack): Recorded[] {
  type Members = Record<string, Record<string, unknown>>;
  const { resource, output } = JSON.parse(Testing.synth(stack)) as {
    resource: Record<string, Members>;
    output: Members;
  };
  const parts: Record<string, Members> = { ...resource, output };
  const order = [
    'docker_image',
    'docker_network',
    'docker_volume',
    'docker_container',
    'terraform_data',
    'output',
  ];
  return order.flatMap((type) =>
    Object.entries(parts[type] ?? {}).map(([name, config]) => ({ type, name, config: camel(config) })),
  );
}

function buildSite(stack: TerraformStack, apps: number): void {
  new DockerProvider(stack, 'docker');
  const web = new NginxFrontend(stack, 'web', { listeners: [Listener.http(80)] });
  for (let at = 0; at < apps; at++) {
    const name = `app${String(at)}`;
    const image = AppImage.registry(`acme/${name}:1`);
    const app =
      at % 2 === 0
        ? new UwsgiApp(stack, name, { image, module: WsgiModule.file('p.py', 'app') })
        : new GunicornApp(stack, name, { image, module: WsgiModule.dotted('g', 'app') });
    web.addBackend(at === 0 ? '/' : `/${name}/`, app);
  }
}

const REFERENCE = /^(?:\$\{)?(docker_[a-z]+\.[A-Za-z0-9_-]+)(?:\.([a-z_]+)\})?$/;

/** Moves each resource behind those that its texts name. */
function inOrder(resources: readonly Recorded[]): Recorded[] {
  const byName = new Map(resources.map((resource) => [`${resource.type}.${resource.name}`, resource]));
  const done = new Set<Recorded>();
  const visit = (resource: Recorded): void => {
    if (done.has(resource)) return;
    for (const [, name = ''] of JSON.stringify(resource.config).matchAll(
      /(docker_[a-z]+\.[A-Za-z0-9_-]+)/g,
    )) {
      const other = byName.get(name);
      if (other !== undefined && other !== resource) visit(other);
    }
    done.add(resource);
  };
  resources.forEach(visit);
  return [...done];
}

/** Texts that refer to a resource become what a person would write: the resource, or a member of it. */
function linked(value: unknown, made: ReadonlyMap<string, TerraformResource>): unknown {
  if (typeof value === 'string') {
    const [, name, attribute] = REFERENCE.exec(value) ?? [];
    const resource = name === undefined ? undefined : made.get(name);
    if (resource === undefined) return value;
    return attribute === undefined ? resource : resource.getStringAttribute(attribute);
  }
  if (Array.isArray(value)) return value.map((member) => linked(member, made));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, linked(member, made)]));
}

function create(
  stack: TerraformStack,
  type: string,
  name: string,
  config: Record<string, unknown>,
): TerraformResource {
  switch (type) {
    case 'docker_image':
      return new Image(stack, name, config as unknown as ImageConfig);
    case 'docker_network':
      return new Network(stack, name, config as unknown as NetworkConfig);
    case 'docker_volume':
      return new Volume(stack, name, config);
    case 'terraform_data':
      return data(stack, name, config);
    default:
      return new Container(stack, name, config as unknown as ContainerConfig);
  }
}

/** What Terraform has built in, cdktf writes without bindings. */
function data(
  stack: TerraformStack,
  name: string,
  { lifecycle, input }: Readonly<Record<string, unknown>>,
): TerraformResource {
  const made = new TerraformResource(stack, name, {
    terraformResourceType: 'terraform_data',
    lifecycle: lifecycle as TerraformResourceLifecycle,
  });
  made.addOverride('input', input);
  return made;
}

/** Terraform's names as the bindings spell them; the keys of maps are data and stay. */
const MAPS = new Set(['tmpfs', 'log_opts', 'sysctls', 'triggers', 'driver_opts', 'build_args']);

function camel(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const renamed = Object.entries(config).map(([name, value]): [string, unknown] => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    MAPS.has(name) ? value : camelValue(value),
  ]);
  return Object.fromEntries(renamed);
}

function camelValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelValue);
  return typeof value === 'object' && value !== null ? camel(value as Record<string, unknown>) : value;
}

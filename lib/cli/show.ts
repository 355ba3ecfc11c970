import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { appPlan } from '../topology/plan/app-plan';
import type { ContainerPlan } from '../topology/plan/container-plan';
import { frontendPlan } from '../topology/plan/frontend-plan';
import { staticPlan } from '../topology/plan/static-plan';
import { locationsOf } from '../topology/render/frontend-parts';
import type { Frontend, Location } from '../topology/frontend';
import type { Image } from '../topology/image';
import type { Topology } from '../topology/topology';
import { memberAddress } from '../topology/render/nginx-upstream';

/** What a synthesized stack will run, for a terminal; `colour` decides about escapes. */
export function show(folder: string, colour: boolean): string {
  const review = join(folder, 'review');
  const topology = JSON.parse(readFileSync(join(review, 'topology.json'), 'utf8')) as Topology;
  const findings = JSON.parse(readFileSync(join(review, 'findings.json'), 'utf8')) as unknown[];
  const heading = (text: string): string => (colour ? `\u001b[1m${text}\u001b[0m` : text);
  const sections: [string, string[]][] = [
    [
      `Stack ${topology.stack}: containers`,
      containersOf(topology).map((plan) => containerLine(plan, imageNames(topology))),
    ],
    ['Routes', topology.frontends.flatMap(routeLines).concat(directLines(topology))],
    ['Rendered files', filesBelow(join(review, 'files')).map((file) => `  ${file}`)],
    [
      'Findings',
      findings.length === 0 ? ['  none'] : findings.map((finding) => `  ${JSON.stringify(finding)}`),
    ],
    ['Next', ['  npx cdktf deploy   (needs Docker and Terraform)']],
  ];
  return sections.map(([title, lines]) => `\n${heading(title)}\n${lines.join('\n')}\n`).join('');
}

function containersOf(topology: Topology): ContainerPlan[] {
  const noFiles = { nginxConf: '', gateConf: '', hash: '' };
  return [
    ...topology.frontends.flatMap((frontend) => frontendPlan(frontend, topology, noFiles).containers),
    ...topology.apps.flatMap((app) => appPlan(app, '').containers),
    ...topology.staticMounts.flatMap((mount) => staticPlan(mount).containers),
  ];
}

/** Image plans have keys; people know images by name or by what they are built from. */
function imageNames(topology: Topology): ReadonlyMap<string, string> {
  const owners = [...topology.apps, ...topology.frontends];
  return new Map(owners.map(({ id, image }) => [id, imageName(image)]));
}

function imageName(image: Image): string {
  if (image.kind === 'registry') return typeof image.name === 'string' ? image.name : 'known when applied';
  return `built from ${image.directory}`;
}

function containerLine(plan: ContainerPlan, images: ReadonlyMap<string, string>): string {
  const { cpus, memoryBytes } = plan.limits;
  const limits = [
    cpus === undefined ? 'all cpus' : `${String(cpus)} cpus`,
    memoryBytes === undefined ? 'all memory' : `${String(Math.ceil(memoryBytes / 1024 ** 2))} MiB`,
  ];
  const ports = plan.ports.map(({ ip, external }) => `${ip}:${String(external)}`);
  const mounts = plan.mounts.map((mount) => `${mount.path}${mount.readOnly ? ' (ro)' : ''}`);
  const head = `  ${plan.key.padEnd(24)} ${plan.role.padEnd(10)} image ${images.get(plan.image) ?? plan.image}, user ${plan.user}, ${limits.join(', ')}`;
  const published = ports.length === 0 ? '' : `, published on ${ports.join(', ')}`;
  return `${head}${published}\n  ${''.padEnd(24)} mounts ${mounts.join(', ')}`;
}

function routeLines(frontend: Frontend): string[] {
  return locationsOf(frontend).map(
    (location) => `  ${location.match.path.padEnd(24)} ${actionText(location)}`,
  );
}

function actionText({ action }: Location): string {
  switch (action.kind) {
    case 'pass': {
      const pass = action.backend.protocol === 'uwsgi' ? 'uwsgi_pass' : 'proxy_pass';
      return `${pass} ${action.backend.name} (${action.backend.members.map(({ address }) => memberAddress(address)).join(', ')})`;
    }
    case 'static':
      return `files of ${action.mount}`;
    case 'respond':
      return `return ${String(action.status)}`;
    case 'redirect':
      return `${String(action.status)} to ${action.to}`;
  }
}

function directLines(topology: Topology): string[] {
  return topology.apps.flatMap(({ id, server, listeners }) =>
    listeners.map(
      ({ address, port }) => `  ${`${address}:${String(port)}`.padEnd(24)} ${server} ${id}, without nginx`,
    ),
  );
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

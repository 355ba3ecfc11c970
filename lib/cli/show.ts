import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors';
import type { ContainerPlan, MountPlan } from '../topology/plan/container-plan';
import type { ImagePlan } from '../topology/plan/stack-plan';
import { topologyPlans } from '../topology/plan/topology-plan';
import type { Topology } from '../topology/topology';
import type { Paint } from './paint';
import { routesOf } from './routes';
import { sizeLines } from './sizes';
import { table } from './table';
import { MEBIBYTE } from '../values/mebibyte';

/** What a synthesized stack will run, as a person reads it; `next` is the command to go on with. */
export function show(folder: string, paint: Paint, next?: string): string {
  const review = join(folder, 'review');
  const topology = JSON.parse(readFileSync(join(review, 'topology.json'), 'utf8')) as Topology;
  const findings = JSON.parse(readFileSync(join(review, 'findings.json'), 'utf8')) as Problem[];
  const plans = topologyPlans(topology);
  const images = new Map(plans.flatMap((plan) => plan.images.map((image) => [image.key, imageName(image)])));
  const containers = plans.flatMap((plan) => plan.containers);
  const services = containers.filter(({ life }) => life === 'service');
  const helpers = containers.filter(({ life }) => life !== 'service');
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Containers', containerLines(services, images, paint)],
    ['Helpers, which write files and end', containerLines(helpers, images, paint)],
    ['Sizes', sizeLines(topology.apps, paint)],
    ['Routes', table(routesOf(topology), names(paint))],
    ['Rendered files', filesBelow(join(review, 'files'))],
    [
      'Findings',
      findings.length === 0 ? [paint('good', 'none')] : findings.map((each) => findingLine(each, paint)),
    ],
    ['Next', [next ?? `cdktf deploy ${topology.stack}`]],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  return `${paint('heading', `Stack ${topology.stack}`)}\n${shown
    .map(([title, lines]) => `\n${paint('heading', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('')}`;
}

/** Paints the first column: what a row is about. */
function names(paint: Paint): (cell: string, column: number) => string {
  return (cell, column) => (column === 0 ? paint('name', cell) : cell);
}

function containerLines(
  plans: readonly ContainerPlan[],
  images: ReadonlyMap<string, string>,
  paint: Paint,
): string[] {
  const rows = plans.map((plan) => [
    plan.key,
    plan.role,
    images.get(plan.image) ?? plan.image,
    `user ${plan.user}`,
    limitsText(plan),
    portsText(plan),
  ]);
  const mounts = plans.map((plan) => `    mounts ${mountTexts(plan).join(', ')}`);
  const paintCell = (cell: string, column: number): string => {
    if (cell === NO_LIMITS && plans.every(({ life }) => life === 'service')) return paint('warning', cell);
    return names(paint)(cell, column);
  };
  return table(rows, paintCell).flatMap((line, at) => [line, mounts[at] ?? '']);
}

function imageName(image: ImagePlan): string {
  if (image.kind === 'built') return `built from ${image.directory}`;
  return typeof image.name === 'string' ? image.name : 'an image known when applied';
}

/** Said of a container that may take all of its host. */
const NO_LIMITS = 'no limits';

function limitsText({ limits: { cpus, memoryBytes } }: ContainerPlan): string {
  const limits = [
    ...(cpus === undefined ? [] : [`${String(cpus)} ${cpus === 1 ? 'cpu' : 'cpus'}`]),
    ...(memoryBytes === undefined ? [] : [`${String(Math.ceil(memoryBytes / MEBIBYTE))} MiB`]),
  ];
  return limits.length === 0 ? NO_LIMITS : limits.join(', ');
}

function portsText({ ports }: ContainerPlan): string {
  const published = ports.map(
    ({ ip, external }) => `${ip.includes(':') ? `[${ip}]` : ip}:${String(external)}`,
  );
  return published.length === 0 ? '' : `published on ${published.join(', ')}`;
}

function mountTexts({ mounts, tmpfs }: ContainerPlan): string[] {
  return [...mounts.map(mountText), ...Object.entries(tmpfs).map(tmpfsText)];
}

function tmpfsText([path, options]: [path: string, options: string]): string {
  const bytes = Number(/^size=(\d+)/.exec(options)?.[1]);
  return `${path} (in memory, ${bytes % MEBIBYTE === 0 ? `${String(bytes / MEBIBYTE)} MiB` : `${String(bytes)} bytes`})`;
}

function mountText(mount: MountPlan): string {
  const from = mount.hostPath === undefined ? '' : ` from ${mount.hostPath}`;
  return `${mount.path}${from}${mount.readOnly ? ' (read-only)' : ''}`;
}

function findingLine({ what, fix, rule }: Problem, paint: Paint): string {
  const told = [rule, what].filter((part) => part !== undefined).map((part) => paint('error', part));
  return [...told, ...(fix === undefined ? [] : [fix])].join(': ');
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

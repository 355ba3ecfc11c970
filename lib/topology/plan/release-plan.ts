import type { Release } from '../app';
import type { App } from '../topology';
import type { ContainerPlan, NetworkAttachment } from './container-plan';
import { DEFAULT_LOGGING } from './helper-container';
import { shortHash } from '../short-hash';

/** Key of the container that runs an application's release task. */
export const releaseKey = (app: App): string => `${app.id}-release`;

/**
 * The container of a release task: what the application's own is, but for what makes that one a server. It runs again with
 * every other generation, also where only its server's settings changed.
 */
export function releasePlan(app: App, { command }: Release, generation: ContainerPlan): ContainerPlan {
  const [program = '', ...args] = command;
  return {
    ...behindTheScenes(app, generation),
    key: releaseKey(app),
    role: 'release',
    life: 'task',
    entrypoint: [program],
    command: args,
    generation: false,
    precedes: hashOf(generation),
    restart: 'no',
    logging: DEFAULT_LOGGING,
    createBeforeDestroy: true,
    failureHint: `the release task of ${app.construct} failed; the old version goes on serving`,
  };
}

/** A container of an application as nobody sends requests to it: without sockets, names, ports and a probe. */
export function behindTheScenes(app: App, generation: ContainerPlan): ContainerPlan {
  return {
    ...generation,
    health: undefined,
    mounts: generation.mounts.filter(({ volume }) => volume !== `${app.id}-sockets`),
    network: withoutNames(generation.network),
    ports: [],
    sysctls: {},
  };
}

/** Under the application's own names it would be sent requests. */
function withoutNames({ mode, networks }: NetworkAttachment): NetworkAttachment {
  return { mode, networks: networks.map((network) => ({ ...network, aliases: [] })) };
}

function hashOf(generation: ContainerPlan): string {
  return shortHash(JSON.stringify(generation));
}

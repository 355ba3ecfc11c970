import { backendProblems } from './backends';
import { basicAuthProblems } from './basic-auth';
import { bodyProblems } from './body-room';
import { containerProblems } from './container-options';
import { dataProblems } from './data-owners';
import { hostCodeProblems, mountProblems } from './mounts';
import { frontendProblems } from './frontends';
import { nginxProblems } from './nginx-language';
import { locationConditionProblems } from './location-conditions';
import { policyProblems } from './policies';
import { mixedPathProblems } from './mixed-paths';
import { redirectProblems } from './redirects';
import { headProblems } from './request-heads';
import { scratchProblems, tmpfsProblems } from './scratch';
import { staticSourceProblems } from './static-sources';
import { streamProblems } from './streams';
import { strippedRewrites } from './stripped-rewrites';
import { timeoutProblems } from './timeouts';
import { unbufferedProblems } from './unbuffered-bodies';
import type { Problem } from '../errors';
import { usedMounts } from '../topology/render/frontend-parts';
import { servedCode } from './uwsgi-served-code';
import { uwsgiOptions } from '../topology/render/uwsgi-options';
import { gunicornFile } from '../topology/render/gunicorn-settings';
import { optionProblems } from '../uwsgi/validate';
import { settingProblems } from '../gunicorn/validate';
import { backendsOf } from '../topology/render/nginx-upstream';
import { socketAccess, socketDirectory, whoMayConnect } from '../topology/derive/socket-access';
import type { App, Topology } from '../topology/topology';
import type { Frontend } from '../topology/frontend';
import type { Listener } from '../topology/listener';

/** Everything in a topology that would not work, all at once. */
export function topologyProblems(topology: Topology): Problem[] {
  const routed = new Set(topology.frontends.flatMap(backendsOf).flatMap(({ apps }) => apps));
  return [
    ...topology.apps.flatMap((app) => [
      ...unusedApp(app, routed),
      ...languageProblems(app),
      ...containerProblems(app),
      ...mountProblems(app),
      ...tmpfsProblems(app),
      ...hostCodeProblems(app),
      ...(app.server === 'uwsgi' ? servedCode(app) : []),
    ]),
    ...topology.frontends.flatMap((frontend) => [
      ...frontendProblems(frontend, topology),
      ...backendProblems(frontend, topology),
      ...nginxProblems(frontend, topology),
      ...policyProblems(frontend),
      ...locationConditionProblems(frontend),
      ...basicAuthProblems(frontend),
      ...unbufferedProblems(frontend, topology),
      ...streamProblems(frontend, topology),
      ...mixedPathProblems(frontend, topology),
      ...strippedRewrites(frontend),
      ...redirectProblems(frontend),
      ...headProblems(frontend, topology),
      ...bodyProblems(frontend, topology),
      ...scratchProblems(frontend),
      ...accessProblems(frontend, topology),
    ]),
    ...unusedMounts(topology),
    ...staticSourceProblems(topology),
    ...timeoutProblems(topology),
    ...sharedPorts(topology),
    ...dataProblems(topology),
  ];
}

function unusedApp(app: App, routed: ReadonlySet<string>): Problem[] {
  if (routed.has(app.id) || app.listeners.length > 0) return [];
  return [
    {
      what: `nobody can reach ${app.server} app "${app.id}": no frontend passes to it and it has no listeners`,
      fix: "add it to a frontend with addBackend('/', app), or give it listeners",
      construct: app.construct,
    },
  ];
}

function languageProblems(app: App): Problem[] {
  const found =
    app.server === 'uwsgi'
      ? optionProblems(uwsgiOptions(app), app.serverVersion)
      : settingProblems(gunicornFile(app), app.serverVersion);
  return found.map((problem) => ({ ...problem, construct: app.construct }));
}

/** Rule XT-SOCK-PERM: the most reported failure of the field is an nginx that may not open the socket. */
function accessProblems(frontend: Frontend, topology: Topology): Problem[] {
  const ids = new Set(backendsOf(frontend).flatMap((backend) => backend.apps));
  return topology.apps
    .filter((app) => ids.has(app.id) && app.transport?.kind === 'unix')
    .flatMap((app) => {
      const connector = { uid: frontend.uid, gid: frontend.gid, groups: [app.gid] };
      const directory = socketDirectory(app);
      const socket = { uid: app.uid, gid: app.gid, mode: app.socketMode };
      const access = socketAccess(connector, directory, socket);
      if (access.allowed) return [];
      return [
        {
          what: `nginx cannot open the socket of ${app.server} app "${app.id}": mode ${app.socketMode} lets ${whoMayConnect(socket)} connect, nginx runs as uid ${String(frontend.uid)} in group ${String(app.gid)}`,
          fix: wayToSocket(app.uid === frontend.uid),
          construct: app.construct,
          rule: 'XT-SOCK-PERM',
        },
      ];
    });
}

/** The bits of the owner alone count for the owner, whatever the group may. */
function wayToSocket(isOwner: boolean): string {
  const usual = "set socketMode to FileMode.of('660') (the default)";
  return isOwner
    ? `${usual}: nginx runs as the owner of the socket, for whom the first digit alone counts`
    : `${usual}, or run both as the same user`;
}

function unusedMounts(topology: Topology): Problem[] {
  const used = new Set(topology.frontends.flatMap((frontend) => usedMounts(frontend)));
  return topology.staticMounts
    .filter(({ id }) => !used.has(id))
    .map(({ id, construct }) => ({
      what: `nobody serves static mount "${id}"`,
      fix: 'add it to a frontend or a server with addStatic(mount)',
      construct,
    }));
}

function sharedPorts(topology: Topology): Problem[] {
  const all = [...topology.apps, ...topology.frontends].flatMap(({ construct, listeners }) =>
    listeners.map((listener) => ({ construct, ...listener })),
  );
  return all.flatMap((one, at) => {
    const other = all.slice(0, at).find((candidate) => collide(candidate, one));
    if (other === undefined) return [];
    return [{ ...collision(one, other), construct: one.construct }];
  });
}

interface Placed extends Listener {
  readonly construct: string;
}

function collision(one: Placed, other: Placed): Problem {
  const port = String(one.port);
  if (one.construct === other.construct) {
    const addresses = [...new Set([other.address, one.address])].join(' and ');
    return {
      what: `${one.construct} listens twice on port ${port}: on ${addresses}`,
      fix: 'leave one of the listeners out, or give it another port or address',
    };
  }
  const also = other.address === one.address ? '' : ` (as ${other.address})`;
  return {
    what: `${one.construct} and ${other.construct} both listen on ${one.address}:${port}${also}`,
    fix: 'give one of them another port or address',
  };
}

/** Two sockets of one port collide on the same address, and where one of them is every address of the family. */
function collide(one: Listener, other: Listener): boolean {
  if (one.port !== other.port) return false;
  const isSix = (address: string): boolean => address.includes(':');
  if (isSix(one.address) !== isSix(other.address)) return false;
  const every = new Set(['0.0.0.0', '::']);
  return one.address === other.address || every.has(one.address) || every.has(other.address);
}

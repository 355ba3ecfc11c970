import type { Backend, Frontend, Location, LocationMatch, Route, Server } from '../topology/frontend';
import { memberAddress } from '../topology/render/nginx-upstream';
import type { Topology } from '../topology/topology';

/** One row for each route: where a request comes in, which paths, what happens to it. */
export function routesOf(topology: Topology): string[][] {
  const behindNginx = topology.frontends.flatMap((frontend) =>
    frontend.servers.flatMap((server) =>
      server.locations.flatMap((location) => locationRows(location, serverText(server, frontend))),
    ),
  );
  const direct = topology.apps.flatMap(({ id, server, listeners }) =>
    listeners.map(({ address, port }) => [
      `${address}:${String(port)}`,
      'every path',
      `${server} ${id}, without nginx`,
    ]),
  );
  return [...behindNginx, ...direct];
}

function serverText(server: Server, frontend: Frontend): string {
  return server.serverNames.length === 0 ? `${frontend.id}, every name` : server.serverNames.join(' ');
}

function locationRows(location: Location, server: string): string[][] {
  return [
    [
      server,
      matchText(location.match),
      actionText(location) + (location.internal === true ? ', for nginx alone' : ''),
    ],
    ...location.locations.flatMap((nested) => locationRows(nested, server)),
  ];
}

/** The match as nginx writes it. */
function matchText({ kind, path }: LocationMatch): string {
  const modifier = { prefix: '', prefixOnly: '^~ ', exact: '= ', regex: '~ ', regexIgnoreCase: '~* ' }[kind];
  return `${modifier}${path}`;
}

function actionText({ action }: Location): string {
  switch (action.kind) {
    case 'pass': {
      const pass = action.backend.protocol === 'uwsgi' ? 'uwsgi_pass' : 'proxy_pass';
      return `${pass} ${backendText(action.backend)}`;
    }
    case 'static':
      return `files of ${action.mount}`;
    case 'respond':
      return `return ${String(action.status)}`;
    case 'redirect':
      return `return ${String(action.status)} ${action.to}`;
  }
}

/** An upstream with its servers, or what decides among several. */
function backendText({ name, members, choice }: Backend): string {
  if (choice === undefined)
    return `${name} (${members.map(({ address }) => memberAddress(address)).join(', ')})`;
  const routes = choice.routes.map((route) => `${routeText(route)} ${backendText(route.backend)}`);
  return `by ${choice.source}: ${routes.join(', ')}`;
}

function routeText({ percent, value }: Route): string {
  return percent === undefined ? (value ?? 'otherwise') : `${String(percent)} %`;
}

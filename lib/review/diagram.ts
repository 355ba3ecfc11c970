import { locationsOf } from '../topology/render/frontend-parts';
import { memberAddress } from '../topology/render/nginx-upstream';
import type { Action, Frontend, Member } from '../topology/frontend';
import type { Topology } from '../topology/topology';

/** A Mermaid diagram of who passes what to whom; GitHub draws it. */
export function topologyDiagram(topology: Topology): string {
  const nodes = [
    ...topology.frontends.map(({ id }) => `  ${nodeId(id)}["nginx ${label(id)}"]`),
    ...topology.apps.map(
      ({ id, server, replicas }) => `  ${nodeId(id)}["${server} ${label(id)} × ${String(replicas)}"]`,
    ),
    ...topology.staticMounts.map(({ id }) => `  ${nodeId(id)}[("files ${label(id)}")]`),
    ...topology.frontends.flatMap(outsideNodes),
  ];
  const edges = [...topology.frontends.flatMap(frontendEdges), ...topology.apps.flatMap(directEdges)];
  return ['flowchart LR', '  world((world))', ...new Set(nodes), ...new Set(edges), ''].join('\n');
}

/** What a frontend sends requests to and no construct stands for: servers that live elsewhere, places of redirects. */
function outsideNodes(frontend: Frontend): string[] {
  return locationsOf(frontend).flatMap(({ action }) => {
    if (action.kind === 'redirect')
      return [`  ${redirectId(action)}(["${String(action.status)} ${label(action.to)}"])`];
    return outsideMembers(action).map((member) => `  ${memberId(member)}["${label(addressOf(member))}"]`);
  });
}

function frontendEdges(frontend: Frontend): string[] {
  const from = nodeId(frontend.id);
  const ports = frontend.listeners.map(
    ({ address, port }) => `  world -->|"${address}:${String(port)}"| ${from}`,
  );
  const routes = locationsOf(frontend).flatMap(({ match, action }) =>
    targetsOf(action).map((target) => `  ${from} -->|"${label(match.path)}"| ${target}`),
  );
  return [...ports, ...routes];
}

/** The nodes that an action leads to; a fixed answer leads nowhere. */
function targetsOf(action: Action): string[] {
  switch (action.kind) {
    case 'static':
      return [nodeId(action.mount)];
    case 'redirect':
      return [redirectId(action)];
    case 'pass':
      return [...action.backend.apps.map(nodeId), ...outsideMembers(action).map(memberId)];
    case 'respond':
      return [];
  }
}

function outsideMembers(action: Action): Member[] {
  if (action.kind !== 'pass') return [];
  return action.backend.members.filter(({ address }) => address.kind === 'host' || address.kind === 'socket');
}

/** A socket is named as the Docker host knows it. */
function addressOf({ address }: Member): string {
  return address.kind === 'socket' ? address.path : memberAddress(address);
}

function directEdges(app: Topology['apps'][number]): string[] {
  return app.listeners.map(
    ({ address, port }) => `  world -->|"${address}:${String(port)}"| ${nodeId(app.id)}`,
  );
}

function nodeId(id: string): string {
  return `n_${spelled(id)}`;
}

function memberId(member: Member): string {
  return `m_${spelled(addressOf(member))}`;
}

function redirectId({ status, to }: Extract<Action, { kind: 'redirect' }>): string {
  return `r_${String(status)}_${spelled(to)}`;
}

/** Text as part of an id: what Mermaid does not take there becomes its number, so that no two texts are one node. */
function spelled(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, (character) => `_${String(character.codePointAt(0))}_`);
}

/** Mermaid's own escapes: quotes and brackets would end the label. */
function label(text: string): string {
  return text.replace(/[^\w ./:*-]/g, (character) => `#${String(character.codePointAt(0))};`);
}

import { locationsOf } from '../topology/render/frontend-parts';
import type { Frontend } from '../topology/frontend';
import type { Topology } from '../topology/topology';

/** A Mermaid diagram of who passes what to whom; GitHub draws it. */
export function topologyDiagram(topology: Topology): string {
  const nodes = [
    ...topology.frontends.map(({ id }) => `  ${nodeId(id)}["nginx ${label(id)}"]`),
    ...topology.apps.map(
      ({ id, server, replicas }) => `  ${nodeId(id)}["${server} ${label(id)} × ${String(replicas)}"]`,
    ),
    ...topology.staticMounts.map(({ id }) => `  ${nodeId(id)}[("files ${label(id)}")]`),
  ];
  const edges = [...topology.frontends.flatMap(frontendEdges), ...topology.apps.flatMap(directEdges)];
  return ['flowchart LR', '  world((world))', ...nodes, ...[...new Set(edges)], ''].join('\n');
}

function frontendEdges(frontend: Frontend): string[] {
  const ports = frontend.listeners.map(
    ({ address, port }) => `  world -->|"${address}:${String(port)}"| ${nodeId(frontend.id)}`,
  );
  const routes = locationsOf(frontend).flatMap(({ match, action }) => {
    const path = label(match.path);
    if (action.kind === 'static') return [`  ${nodeId(frontend.id)} -->|"${path}"| ${nodeId(action.mount)}`];
    if (action.kind !== 'pass') return [];
    return action.backend.apps.map((app) => `  ${nodeId(frontend.id)} -->|"${path}"| ${nodeId(app)}`);
  });
  return [...ports, ...routes];
}

function directEdges(app: Topology['apps'][number]): string[] {
  return app.listeners.map(
    ({ address, port }) => `  world -->|"${address}:${String(port)}"| ${nodeId(app.id)}`,
  );
}

function nodeId(id: string): string {
  return `n_${id.replace(/[^A-Za-z0-9]/g, '_')}`;
}

/** Mermaid's own escapes: quotes and brackets would end the label. */
function label(text: string): string {
  return text.replace(/[^\w ./:*-]/g, (character) => `#${String(character.codePointAt(0))};`);
}

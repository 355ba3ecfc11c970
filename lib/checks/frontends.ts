import type { Problem } from '../errors';
import type { Frontend } from '../topology/frontend';
import { hasContent } from '../topology/render/frontend-parts';
import { backendsOf } from '../topology/render/nginx-upstream';
import type { Topology } from '../topology/topology';

/** What a frontend has in vain: itself, a server, an upstream. */
export function frontendProblems(frontend: Frontend, topology: Topology): Problem[] {
  return [...unrouted(frontend), ...unusedUpstreams(frontend, topology)];
}

function unrouted(frontend: Frontend): Problem[] {
  if (!frontend.servers.some(hasContent)) {
    return [
      {
        what: `frontend "${frontend.id}" has no routes: every request would be answered 404`,
        fix: "add one, such as addBackend('/', app)",
        construct: frontend.construct,
      },
    ];
  }
  const empty = frontend.servers.filter((server) => server.serverNames.length > 0 && !hasContent(server));
  return empty.map(({ serverNames, construct }) => ({
    what: `the server ${serverNames.join(' ')} has no routes: every request for it would be answered 404`,
    fix: "add one, such as addBackend('/', app), or leave out its names",
    construct,
  }));
}

function unusedUpstreams(frontend: Frontend, { frontends }: Topology): Problem[] {
  const used = namesUsedBy(frontend);
  return frontend.upstreams
    .filter((name) => !used.has(name))
    .map((name) => {
      const { construct } = frontend;
      const borrower = frontends.find(
        (other) => !other.upstreams.includes(name) && namesUsedBy(other).has(name),
      );
      if (borrower === undefined) {
        return {
          what: `nothing passes to upstream ${name}`,
          fix: "add it to a location with addBackend('/', upstream), or leave it out",
          construct,
        };
      }
      return {
        what: `nothing of ${construct} passes to upstream ${name}, which was made for it: ${borrower.construct} does`,
        fix: `make it with addUpstream of ${borrower.construct}, or pass to it here as well`,
        construct,
      };
    });
}

function namesUsedBy(frontend: Frontend): ReadonlySet<string> {
  return new Set(backendsOf(frontend).map(({ name }) => name));
}

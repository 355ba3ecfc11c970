import { LITERAL_DOLLAR } from '../../nginx/literal-dollar';
import { declaredVariables } from '../../nginx/undeclared';
import type { Frontend } from '../frontend';
import { once } from '../once';
import type { Topology } from '../topology';
import { omittedPaths } from './access-log';
import { choiceMaps } from './backend-choice';
import { encodedPath, pathMap } from './encoded-path';
import { forwardedHost, portMap } from './forwarded-host';
import { passesThroughVariable, targetVariable } from './name-resolution';
import { backendsOf } from './nginx-upstream';
import { strippedMaps } from './stripped-path';
import { upgradeMap } from './web-sockets';

/** Variables that the library makes in a frontend's file, in small letters: what is passed to applications hangs on them. */
export const ownVariables = once((topology: Topology) =>
  once((frontend: Frontend): ReadonlySet<string> => {
    const passed = backendsOf(frontend).filter((backend) => passesThroughVariable(backend, frontend));
    return new Set([
      LITERAL_DOLLAR,
      ...declaredVariables([
        ...omittedPaths(frontend),
        ...portMap(frontend),
        ...pathMap(frontend, topology),
        ...strippedMaps(frontend, topology),
        ...upgradeMap(frontend),
        ...choiceMaps(frontend),
        ...frontend.servers.flatMap((server) => [
          ...forwardedHost(server, frontend),
          ...encodedPath(server, topology),
        ]),
      ]),
      ...passed.map((backend) => targetVariable(backend).toLowerCase()),
    ]);
  }),
);

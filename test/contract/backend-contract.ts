import { drainSeconds, stopGraceSeconds } from '../../lib/topology/derive/timeouts';
import { topologyProblems } from '../../lib/checks/structure';
import type { App, Topology } from '../../lib/topology/topology';
import { locationsOf } from '../../lib/topology/render/frontend-parts';
import { describeWith } from '../helpers/programs';
import { portOf } from '../helpers/stack-of-servers';
import type { Bed, Server } from '../helpers/stack-of-servers';
import type { Conversation, RawAnswer } from './client';
import { converse } from './client';
import { addressTests } from './groups/addresses';
import { answerTests } from './groups/answers';
import { bodyTests } from './groups/bodies';
import { failureTests } from './groups/failing';
import { headTests } from './groups/heads';
import { mountTests } from './groups/mounts';
import { requestTests } from './groups/requests';
import { stopTests } from './groups/stopping';
import type { Promises } from './promises';
import { start } from './running';
import type { Running } from './running';
import { promisesOf, topologyOf } from './variant';
import type { Limits, Variant } from './variant';

/** What the tests of one variant share: its servers, started once. */
export interface Contract {
  readonly promises: Promises;
  /** Port that the gate publishes. */
  readonly port: () => number;
  /** Speaks to nginx, through the gate. */
  readonly ask: (...pieces: (string | Buffer)[]) => Promise<RawAnswer>;
  /** The same, in another way than all at once. */
  readonly converse: (conversation: Conversation) => Promise<RawAnswer>;
  /** The server of the application with these limits. */
  readonly server: (limits: Limits) => Server;
  /** What the container of that server gets from the stop signal to SIGKILL. */
  readonly graceMs: (limits: Limits) => number;
}

/** Everything that holds of an application behind this library's nginx, whatever serves it. */
export function backendContract(variant: Variant): void {
  describeWith([...variant.programs, 'openssl'], variant.title, () => {
    const topology = topologyOf(variant);
    let running: Running | undefined;
    const bed = (): Bed => {
      if (running === undefined) throw new Error(`${variant.title} is not running`);
      return running.bed;
    };
    beforeAll(async () => {
      running = await start(topology, variant.command);
    });
    afterAll(() => running?.stop());

    test('is declared without a finding, but for bodies that are passed on as they come', () => {
      const rules = topologyProblems(topology).map(({ rule }) => rule);
      expect(rules).toEqual([
        ...(losesChunks(topology) ? ['UWS-CHUNKED'] : []),
        ...(hasOneAtATime(topology) ? ['XT-BUFFERING'] : []),
      ]);
    });

    const contract = contractOf(variant, topology, bed);
    requestTests(contract);
    mountTests(contract);
    answerTests(contract);
    bodyTests(contract);
    headTests(contract);
    addressTests(contract);
    failureTests(contract);
    stopTests(contract);
  });
}

function contractOf(variant: Variant, topology: Topology, bed: () => Bed): Contract {
  const port = (): number => portOf(bed(), 'web', 8000);
  return {
    promises: promisesOf(variant),
    port,
    ask: (...pieces) => converse(port(), { pieces }),
    converse: (conversation) => converse(port(), conversation),
    server: (limits) => {
      const server = bed().servers.get(`${limits}-0`);
      if (server === undefined) throw new Error(`there is no server with ${limits} limits`);
      return server;
    },
    graceMs: (limits) => {
      const app = topology.apps.find(({ id }) => id === limits);
      if (app === undefined) throw new Error(`there is no application with ${limits} limits`);
      return 1000 * stopGraceSeconds(drainSeconds(app));
    },
  };
}

/** Unbuffered bodies are tried of every backend; of this one the library says what becomes of them. */
function losesChunks(topology: Topology): boolean {
  return passedTo(topology).some(({ app, protocol }) => app.server === 'uwsgi' && protocol === 'http');
}

/** The same of workers that a slow client would hold. */
function hasOneAtATime(topology: Topology): boolean {
  return passedTo(topology).some(({ app }) =>
    app.server === 'gunicorn'
      ? app.workerClass === 'sync'
      : app.threads === undefined && !('gevent' in app.settings) && !('asyncio' in app.settings),
  );
}

function passedTo({ apps, frontends }: Topology): { readonly app: App; readonly protocol: string }[] {
  const backends = frontends
    .flatMap(locationsOf)
    .flatMap(({ action }) => (action.kind === 'pass' ? [action.backend] : []));
  return backends.flatMap(({ apps: ids, protocol }) =>
    apps.filter(({ id }) => ids.includes(id)).map((app) => ({ app, protocol })),
  );
}

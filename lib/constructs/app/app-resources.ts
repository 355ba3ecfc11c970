import type { Construct, Container, TerraformProvider, Volume } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import { requireDirectory } from '../../docker/build-context';
import { ResourceIndex } from '../../docker/resource-index';
import { appUrls } from '../../topology/derive/published-urls';
import { requestTimeoutMs } from '../../topology/derive/timeouts';
import { appKeys, appPlan } from '../../topology/plan/app-plan';
import { codePlans } from '../../topology/plan/static-plan';
import { appConfigText } from '../../topology/render/rendered-files';
import type { App } from '../../topology/topology';
import { Duration } from '../../values/duration';
import { BackendProtocol } from '../backend/backend';
import type { BackendConfig } from '../backend/backend';
import { refuseLongAddress } from '../checked/app-address';
import { addOutputs } from '../container/outputs';
import { createPlanned } from '../container/planned-resources';
import { StackTopology } from '../stack/stack-topology';

/** What an application construct exposes of its resources. */
export interface AppResources {
  readonly containers: Container[];
  readonly socketVolume: Volume | undefined;
}

/** Registers an application and creates its resources: everything about it is known in its constructor. */
export function createApp(scope: Construct, app: App, provider: TerraformProvider | undefined): AppResources {
  ConfigError.at(app.construct, () => {
    refuseLongAddress(app);
  });
  StackTopology.of(scope).addApp(app);
  const plans = ConfigError.at(app.construct, () => {
    if (app.development && app.codeDirectory !== undefined) requireDirectory(app.codeDirectory);
    return [...codePlans(app), appPlan(app, appConfigText(app))];
  });
  for (const plan of plans) createPlanned(scope, plan, provider);
  const index = ResourceIndex.of(scope);
  const containers = Array.from({ length: app.replicas }, (_, slot) =>
    index.container(appKeys.container(app.id, slot)),
  );
  const urls = appUrls(app);
  addOutputs(scope, app.id, { containers, ...(urls.length === 0 ? {} : { urls: () => urls }) });
  return {
    containers,
    socketVolume: app.transport?.kind === 'unix' ? index.volume(appKeys.sockets(app.id)) : undefined,
  };
}

/** An application as a backend: its replicas' sockets, or its name on its own network. */
export function appBackend(app: App): BackendConfig {
  if (app.transport === undefined) {
    throw new ConfigError({
      what: `${app.server} app "${app.id}" has listeners of its own and no transport: nginx has no way to it`,
      fix: 'give it transport: Transport.unixSocket() beside its listeners, or leave the listeners out',
      construct: app.construct,
    });
  }
  const timeout = requestTimeoutMs(app);
  const members =
    app.transport.kind === 'tcp'
      ? [{ app: app.id, host: app.id, port: app.transport.port }]
      : Array.from({ length: app.replicas }, (_, slot) => ({ app: app.id, slot }));
  return {
    name: app.id,
    protocol: app.protocol === 'uwsgi' ? BackendProtocol.UWSGI : BackendProtocol.HTTP,
    members,
    ...(timeout === undefined ? {} : { requestTimeout: Duration.milliseconds(timeout) }),
  };
}

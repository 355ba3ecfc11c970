import { join } from 'node:path';
import { Server, ServerCredentials, loadPackageDefinition } from '@grpc/grpc-js';
import type {
  ServiceDefinition,
  UntypedServiceImplementation,
  sendUnaryData,
  ServerUnaryCall,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import Docker from 'dockerode';
import { container } from './container';
import { imageIn } from './image';
import { network } from './network';
import { plan } from './plan';
import { Failure } from './resource-type';
import type { Call, ResourceType } from './resource-type';
import { providerRefusals, refusalsOf } from './refusals';
import { providerSchema, schemaOf, wireSchema } from './schema';
import { Stopping } from './stopping';
import { members, read, text, write } from './values';
import type { Members, Value } from './values';
import { volume } from './volume';

const typesIn = (directory: string): Readonly<Record<string, ResourceType>> => ({
  docker_container: container,
  docker_image: imageIn(directory),
  docker_network: network,
  docker_volume: volume,
});

interface Wire {
  readonly msgpack?: Uint8Array;
}

type Request = Readonly<Record<string, unknown>>;
type Handler = (request: Request) => Promise<object> | object;

/** A running double, and what Terraform needs in its environment to find it. */
export interface RunningProvider {
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  readonly stop: () => void;
}

/** Starts a double of the provider that drives an engine for a Terraform that runs in a directory. */
export async function startProvider(
  engineHost: string | undefined,
  directory: string,
): Promise<RunningProvider> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(
    service('protocol.proto', 'tfplugin5.Provider'),
    implementation(handlers(engineHost, typesIn(directory))),
  );
  server.addService(
    service('health.proto', 'grpc.health.v1.Health'),
    implementation({ Check: () => ({ status: 1 }) }),
  );
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) done(bound);
      else fail(error);
    });
  });
  const reattach = {
    Protocol: 'grpc',
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'tcp', String: `127.0.0.1:${String(port)}` },
  };
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify({ 'kreuzwerker/docker': reattach }) },
    stop: () => {
      server.forceShutdown();
    },
  };
}

function service(file: string, name: string): ServiceDefinition {
  const definition = loadSync(join(__dirname, file), {
    keepCase: true,
    longs: Number,
    defaults: false,
    oneofs: true,
  });
  const loaded = name
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], loadPackageDefinition(definition));
  return (loaded as { readonly service: ServiceDefinition }).service;
}

/** Every handler as gRPC wants it; what it throws becomes a diagnostic, as a provider would send it. */
function implementation(all: Readonly<Record<string, Handler>>): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(all).map(([name, handle]) => [
      name,
      (call: ServerUnaryCall<Request, object>, answer: sendUnaryData<object>): void => {
        Promise.resolve()
          .then(() => handle(call.request))
          .then(
            (response) => {
              answer(null, response);
            },
            (error: unknown) => {
              answer(null, { diagnostics: [diagnostic(error)] });
            },
          );
      },
    ]),
  );
}

function refusal(reason: string): object {
  return diagnostic(new Error(reason));
}

function diagnostic(error: unknown): object {
  return { severity: 1, summary: error instanceof Error ? error.message : String(error), detail: '' };
}

function handlers(
  engineHost: string | undefined,
  types: Readonly<Record<string, ResourceType>>,
): Readonly<Record<string, Handler>> {
  let engine = engineAt(engineHost);
  // One for each run: what begins after a stop belongs to the next one.
  let stopping = new Stopping();
  const call = (): Call => ({ engine, stopping });
  return {
    GetSchema: () => ({
      provider: wireSchema(providerSchema()),
      resource_schemas: Object.fromEntries(
        Object.keys(types).map((type) => [type, wireSchema(schemaOf(type))]),
      ),
      data_source_schemas: {},
    }),
    PrepareProviderConfig: ({ config }) => ({
      prepared_config: config,
      diagnostics: providerRefusals(members(read(config as Wire))).map(refusal),
    }),
    ValidateResourceTypeConfig: ({ type_name: type, config }) => ({
      diagnostics: refusalsOf(String(type), members(read(config as Wire))).map(refusal),
    }),
    UpgradeResourceState: ({ raw_state: raw }) => {
      const { json } = raw as { readonly json: Uint8Array };
      return { upgraded_state: write(JSON.parse(Buffer.from(json).toString()) as Value) };
    },
    Configure: ({ config }) => {
      const host = text(members(read(config as Wire))['host']);
      if (host !== undefined) engine = engineAt(host);
      return {};
    },
    ReadResource: async ({ type_name: type, current_state: current }) => {
      const state = await typeOf(types, type).read(call(), members(read(current as Wire)));
      return { new_state: write(state ?? null) };
    },
    PlanResourceChange: (request) => planned(request),
    ApplyResourceChange: (request) => applied(call(), types, request),
    Stop: () => {
      stopping.stop();
      stopping = new Stopping();
      return {};
    },
  };
}

function planned({
  type_name: type,
  prior_state: prior,
  proposed_new_state: proposed,
  config,
}: Request): object {
  const [before, after] = [read(prior as Wire), read(proposed as Wire)];
  if (after === null) return { planned_state: write(null), legacy_type_system: true };
  const result = plan(
    String(type),
    schemaOf(String(type)),
    before === null ? undefined : members(before),
    members(read(config as Wire)),
  );
  return {
    planned_state: write(result.state),
    requires_replace: result.replaces.map((name) => ({ steps: [{ attribute_name: name }] })),
    legacy_type_system: true,
  };
}

async function applied(
  call: Call,
  types: Readonly<Record<string, ResourceType>>,
  { type_name: type, prior_state: prior, planned_state: wanted }: Request,
): Promise<object> {
  const [before, after] = [read(prior as Wire), read(wanted as Wire)];
  const kind = typeOf(types, type);
  try {
    if (after === null) {
      await kind.remove(call, members(before));
      return { new_state: write(null), legacy_type_system: true };
    }
    const state =
      before === null
        ? await kind.create(call, known(members(after)))
        : await kind.update(call, members(before), known(members(after)));
    return { new_state: write(state), legacy_type_system: true };
  } catch (error) {
    const left = error instanceof Failure ? error.state : before;
    return { new_state: write(left), diagnostics: [diagnostic(error)], legacy_type_system: true };
  }
}

/** What is still unknown when something is made is not set. */
function known(state: Members): Members {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, typeof value === 'symbol' ? null : value]),
  );
}

function typeOf(types: Readonly<Record<string, ResourceType>>, type: unknown): ResourceType {
  const found = types[String(type)];
  if (found === undefined) throw new Error(`the double knows no ${String(type)}`);
  return found;
}

function engineAt(host: string | undefined): Docker {
  if (host === undefined) return new Docker();
  return host.startsWith('unix://') ? new Docker({ socketPath: host.slice('unix://'.length) }) : new Docker();
}

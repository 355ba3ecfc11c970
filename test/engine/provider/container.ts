import type Docker from 'dockerode';
import { isAtLeast } from '../../../lib/server-version';
import { createOptions, updatable } from './container-options';
import { readBack } from './container-state';
import { upload } from './container-upload';
import { goNanoseconds } from './go-duration';
import { Failure, ifThere } from './resource-type';
import type { Call, ResourceType } from './resource-type';
import { list, members, number, single, text, texts } from './values';
import type { Members } from './values';

/** The provider waits so long before it asks the engine for a container that it has just made. */
const READ_DELAY_MS = 100;

/** All that an update in place hands to the engine; the other attributes that it may change stay as they are there. */
const UPDATED = ['restart', 'max_retry_count', 'cpu_shares', 'memory', 'cpu_set', 'memory_swap'] as const;

/** `docker_container`, in the provider's order: create, networks, uploads, start, health, end, read. */
export const container: ResourceType = {
  create: async (call, planned) => {
    await refuseStartInterval(call.engine, planned);
    const creation = call.engine.createContainer(createOptions(planned));
    const made = await call.stopping.unless(creation, 'Unable to create container');
    let state: Members = { ...planned, id: made.id };
    try {
      state = { ...state, ...(await bringUp(call, made, planned)) };
    } catch (error) {
      // The id is known to Terraform from the creation on: whatever fails later leaves a tainted container.
      throw new Failure(messageOf(error), (await readState(call.engine, state)) ?? state);
    }
    if (planned['must_run'] !== false) await removeUnlessRunning(call, made, planned);
    return (await readState(call.engine, state)) ?? state;
  },
  read: async ({ engine, stopping }, state) => {
    const inspected = ifThere(engine.getContainer(text(state['id']) ?? '').inspect());
    const found = await stopping.unless(inspected, 'Unable to inspect container');
    if (found === undefined) return undefined;
    if (state['must_run'] !== false && !found.State.Running) {
      await engine.getContainer(found.Id).remove({ force: true, v: state['remove_volumes'] !== false });
      return undefined;
    }
    return readBack(found, state);
  },
  update: async ({ engine }, prior, planned) => {
    const changed = UPDATED.some((name) => JSON.stringify(prior[name]) !== JSON.stringify(planned[name]));
    if (changed) await engine.getContainer(text(prior['id']) ?? '').update(updatable(planned));
    // What is planned and never applied comes back from the engine as it was, plan after plan.
    return (await readState(engine, { ...prior, ...planned })) ?? planned;
  },
  remove: async ({ engine, stopping }, state) => {
    const doomed = engine.getContainer(text(state['id']) ?? '');
    const grace = number(state['destroy_grace_seconds']) ?? 0;
    if (state['attach'] !== true && grace > 0)
      await stopping.unless(ifThere(stopped(doomed, grace)), 'Error stopping container');
    const removal = doomed.remove({ force: true, v: state['remove_volumes'] !== false });
    await stopping.unless(ifThere(removal), 'Error deleting container');
  },
};

/** Everything between the creation and the read; what an attached container has ended with. */
async function bringUp(call: Call, made: Docker.Container, planned: Members): Promise<Members> {
  const { stopping } = call;
  await stopping.unless(connect(call, made, planned), 'Unable to connect to network');
  await stopping.unless(upload(made, planned), 'Unable to upload volume content');
  if (planned['start'] !== false) await stopping.unless(made.start(), 'Unable to start container');
  if (planned['wait'] === true) await healthy(call, made, number(planned['wait_timeout']) ?? 60);
  return planned['attach'] === true ? waitForEnd(call, made, planned) : {};
}

/** The client of an engine below API 1.44 refuses the create before it asks. */
async function refuseStartInterval(engine: Docker, planned: Members): Promise<void> {
  const block = single(planned['healthcheck']);
  if (goNanoseconds(text(block?.['start_interval']) ?? '0s') === 0) return;
  const { ApiVersion: version } = await engine.version();
  if (isAtLeast(version, '1.44')) return;
  throw new Error(
    `"specify health-check start interval" requires API version 1.44, but the Docker daemon API version is ${version}`,
  );
}

/** An engine says 304 for what has stopped already. */
async function stopped(doomed: Docker.Container, grace: number): Promise<void> {
  try {
    await doomed.stop({ t: grace });
  } catch (error) {
    if ((error as { readonly statusCode?: number }).statusCode !== 304) throw error;
  }
}

/** As a read after an apply: what has stopped is not removed, since nothing has gone wrong yet. */
async function readState(engine: Docker, state: Members): Promise<Members | undefined> {
  const found = await ifThere(engine.getContainer(text(state['id']) ?? '').inspect());
  return found === undefined ? undefined : readBack(found, state);
}

/** The read that ends a creation deletes what ought to run and does not: nothing is left to be tainted. */
async function removeUnlessRunning(call: Call, made: Docker.Container, planned: Members): Promise<void> {
  await call.stopping.pause(READ_DELAY_MS, 'Unable to read container');
  const { State: state } = await made.inspect();
  if (state.Running) return;
  await made.remove({ force: true, v: planned['remove_volumes'] !== false });
  const started = planned['start'] !== false;
  throw new Error(started ? 'container exited immediately' : 'container failed to be in running state');
}

async function connect({ engine }: Call, made: Docker.Container, planned: Members): Promise<void> {
  const networks = list(planned['networks_advanced']).map(members);
  if (networks.length === 0) return;
  await leaveBridge(engine, made);
  for (const each of networks) {
    await engine.getNetwork(text(each['name']) ?? '').connect({
      Container: made.id,
      EndpointConfig: { Aliases: texts(each['aliases']) },
    });
  }
}

/** A container of another network mode was never on it. */
async function leaveBridge(engine: Docker, made: Docker.Container): Promise<void> {
  try {
    await engine.getNetwork('bridge').disconnect({ Container: made.id });
  } catch (error) {
    if (!messageOf(error).includes('is not connected to')) throw error;
  }
}

/** Knows only healthy and not yet: an unhealthy or a crashed container does not end the wait early, an interruption does. */
async function healthy({ stopping }: Call, made: Docker.Container, seconds: number): Promise<void> {
  const failed = 'container failed to be in healthy state';
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const { State: state } = await stopping.unless(made.inspect(), failed);
    if (state.Health === undefined) throw new Error(`${failed}: it has no healthcheck`);
    if (state.Health.Status === 'healthy') return;
    if (Date.now() > end) throw new Error(failed);
    await stopping.pause(1000, failed);
  }
}

async function waitForEnd({ stopping }: Call, made: Docker.Container, planned: Members): Promise<Members> {
  const ended = made.wait() as Promise<{ readonly StatusCode: number }>;
  const { StatusCode: exitCode } = await stopping.unless(ended, 'Unable to wait container end of execution');
  if (planned['logs'] !== true) return { exit_code: exitCode };
  const output = await made.logs({ stdout: true, stderr: true });
  return { exit_code: exitCode, container_logs: output.toString().replaceAll('\r\n', '\n') };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

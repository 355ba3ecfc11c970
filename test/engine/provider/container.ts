import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { createOptions, updatable } from './container-options';
import { readBack } from './container-state';
import { goNanoseconds } from './go-duration';
import { isAtLeast } from '../../../lib/server-version';
import { Failure, ifThere } from './resource-type';
import type { ResourceType } from './resource-type';
import { list, members, number, text, texts } from './values';
import type { Members } from './values';

/** The provider waits so long before it asks the engine for a container that it has just made. */
const READ_DELAY_MS = 100;

/** `docker_container`, in the provider's order: create, networks, uploads, start, health, end, read. */
export const container: ResourceType = {
  create: async (engine, planned) => {
    await refuseStartInterval(engine, planned);
    const made = await engine.createContainer(createOptions(planned));
    let state: Members = { ...planned, id: made.id };
    try {
      await connect(engine, made, planned);
      await upload(made, planned);
      if (planned['start'] !== false) await made.start();
      if (planned['wait'] === true) await healthy(made, number(planned['wait_timeout']) ?? 60);
      if (planned['attach'] === true) state = { ...state, ...(await waitForEnd(made, planned)) };
    } catch (error) {
      // The id is known to Terraform from the creation on: whatever fails later leaves a tainted container.
      throw new Failure(messageOf(error), (await readState(engine, state)) ?? state);
    }
    if (planned['must_run'] !== false) await deleteUnlessRunning(made, planned);
    return (await readState(engine, state)) ?? state;
  },
  read: async (engine, state) => {
    const found = await ifThere(engine.getContainer(text(state['id']) ?? '').inspect());
    if (found === undefined) return undefined;
    if (state['must_run'] !== false && !found.State.Running) {
      await engine.getContainer(found.Id).remove({ force: true, v: true });
      return undefined;
    }
    return readBack(found, state);
  },
  update: async (engine, prior, planned) => {
    const changed = ['restart', 'max_retry_count', 'cpu_shares', 'memory', 'cpu_set', 'memory_swap'].filter(
      (name) => JSON.stringify(prior[name]) !== JSON.stringify(planned[name]),
    );
    if (changed.length > 0) {
      await engine.getContainer(text(prior['id']) ?? '').update(updatable(planned));
    }
    // What is planned and never applied comes back from the engine as it was, plan after plan.
    const state = await readState(engine, { ...prior, ...planned });
    return state ?? planned;
  },
  remove: async (engine, state) => {
    const doomed = engine.getContainer(text(state['id']) ?? '');
    const grace = number(state['destroy_grace_seconds']) ?? 0;
    const inspected = await ifThere(doomed.inspect());
    if (inspected === undefined) return;
    if (state['attach'] !== true && inspected.State.Running) await ifThere(stopped(doomed, grace));
    await ifThere(doomed.remove({ force: true, v: state['remove_volumes'] !== false }));
  },
};

/** The client of an engine below API 1.44 refuses the create before it asks. */
async function refuseStartInterval(engine: Docker, planned: Members): Promise<void> {
  const [block] = list(planned['healthcheck']).map(members);
  if (goNanoseconds(text(block?.['start_interval']) ?? '0s') === 0) return;
  const { ApiVersion: version } = await engine.version();
  if (isAtLeast(version, '1.44')) return;
  throw new Error(
    `"specify health-check start interval" requires API version 1.44, but the Docker daemon API version is ${version}`,
  );
}

/** Zero seconds is SIGKILL at once; an engine says 304 for what has stopped already. */
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
async function deleteUnlessRunning(made: Docker.Container, planned: Members): Promise<void> {
  await new Promise((done) => setTimeout(done, READ_DELAY_MS));
  const { State: state } = await made.inspect();
  if (state.Running) return;
  await made.remove({ force: true, v: true });
  const started = planned['start'] !== false;
  throw new Error(started ? 'container exited immediately' : 'container failed to be in running state');
}

async function connect(engine: Docker, made: Docker.Container, planned: Members): Promise<void> {
  const networks = list(planned['networks_advanced']).map(members);
  if (networks.length === 0) return;
  await engine.getNetwork('bridge').disconnect({ Container: made.id });
  for (const each of networks) {
    await engine.getNetwork(text(each['name']) ?? '').connect({
      Container: made.id,
      EndpointConfig: { Aliases: texts(each['aliases']) },
    });
  }
}

/** One archive for each file, extracted at the root: an engine that finds the root read-only refuses every one of them. */
async function upload(made: Docker.Container, planned: Members): Promise<void> {
  for (const block of list(planned['upload']).map(members)) {
    const archive = pack();
    const mode = Number.parseInt(
      text(block['permissions']) ?? (block['executable'] === true ? '0744' : '0644'),
      8,
    );
    archive.entry({ name: text(block['file']) ?? '', mode, uid: 0, gid: 0 }, contentOf(block));
    archive.finalize();
    await made.putArchive(archive as unknown as NodeJS.ReadableStream, { path: '/' });
  }
}

function contentOf(block: Members): Buffer {
  const [content, base64] = [text(block['content']), text(block['content_base64'])];
  if (text(block['source']) !== undefined) throw new Error('the double reads no source of an upload');
  if ((content === undefined) === (base64 === undefined))
    throw new Error("error with upload content: one of 'content', 'content_base64', or 'source' must be set");
  return base64 === undefined ? Buffer.from(content ?? '') : Buffer.from(base64, 'base64');
}

/** Knows only healthy and not yet: an unhealthy or a crashed container does not end the wait early. */
async function healthy(made: Docker.Container, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const { State: state } = await made.inspect();
    if (state.Health?.Status === 'healthy') return;
    if (Date.now() > end) throw new Error('container failed to be in healthy state');
    await new Promise((done) => setTimeout(done, 1000));
  }
}

async function waitForEnd(made: Docker.Container, planned: Members): Promise<Members> {
  const { StatusCode: exitCode } = (await made.wait()) as { readonly StatusCode: number };
  if (planned['logs'] !== true) return { exit_code: exitCode };
  const output = await made.logs({ stdout: true, stderr: true });
  return { exit_code: exitCode, container_logs: output.toString().replaceAll('\r\n', '\n') };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

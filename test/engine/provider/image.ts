import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type Docker from 'dockerode';
import { ifThere } from './resource-type';
import type { Call, ResourceType } from './resource-type';
import { single, text, textMap } from './values';
import type { Members } from './values';

/** `docker_image`: built from a context, relative to where Terraform runs, or found by name; removed by name. */
export const imageIn = (directory: string): ResourceType => ({
  create: async (call, planned) => {
    const { engine, stopping } = call;
    const name = text(planned['name']) ?? '';
    const build = single(planned['build']);
    if (build !== undefined)
      await stopping.unless(buildImage(engine, name, build, directory), 'Unable to build image');
    else if ((await ifThere(engine.getImage(name).inspect())) === undefined)
      await stopping.unless(pull(engine, name), 'Unable to pull image');
    const state = await readImage(call, planned);
    if (state === undefined) throw new Error(`Unable to find or pull image ${name}`);
    return state;
  },
  read: readImage,
  update: (_, __, planned) => Promise.resolve(planned),
  remove: async ({ engine }, state) => {
    if (state['keep_locally'] === true) return;
    const force = state['force_remove'] === true;
    await ifThere(engine.getImage(text(state['name']) ?? '').remove({ force }));
  },
});

async function readImage({ engine }: Call, state: Members): Promise<Members | undefined> {
  const name = text(state['name']) ?? '';
  const found = await ifThere(engine.getImage(name).inspect());
  if (found === undefined) return undefined;
  return { ...state, id: `${found.Id}${name}`, image_id: found.Id, repo_digest: found.RepoDigests[0] ?? '' };
}

async function buildImage(engine: Docker, name: string, build: Members, directory: string): Promise<void> {
  const context = resolve(directory, text(build['context']) ?? '.');
  const stream = await engine.buildImage(
    { context, src: filesBelow(context) },
    {
      t: name,
      dockerfile: text(build['dockerfile']) ?? 'Dockerfile',
      buildargs: textMap(build['build_args']),
      labels: textMap(build['label']),
      rm: build['remove'] !== false,
    },
  );
  await followed(engine, stream);
}

/** Each file by its path in the context: dockerode applies `.dockerignore` to what it is given, and to nothing below it. */
function filesBelow(context: string): string[] {
  return readdirSync(context, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(context, join(entry.parentPath, entry.name)));
}

async function pull(engine: Docker, name: string): Promise<void> {
  await followed(engine, await engine.pull(name));
}

/** Waits for the end of what the engine tells, and fails with its own words. */
function followed(engine: Docker, stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((done, fail) => {
    engine.modem.followProgress(
      stream,
      (error: Error | null, events: readonly { readonly error?: string }[]) => {
        const said = error?.message ?? events.find((event) => event.error !== undefined)?.error;
        if (said === undefined) done();
        else fail(new Error(said));
      },
    );
  });
}

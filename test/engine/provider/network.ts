import { ifThere, whileInUse } from './resource-type';
import type { ResourceType } from './resource-type';
import { text, textMap } from './values';
import type { Members } from './values';
import { labels } from './volume';

/** The provider waits so long before it asks the engine for a network. */
const READ_DELAY_MS = 2000;

/** `docker_network`: every read takes two seconds, a removal fails while somebody is attached. */
export const network: ResourceType = {
  create: async (call, planned) => {
    const made = (await call.engine.createNetwork({
      Name: text(planned['name']) ?? '',
      Driver: text(planned['driver']) ?? 'bridge',
      Internal: planned['internal'] === true,
      Options: textMap(planned['options']),
      Labels: labels(planned['labels']),
    })) as { readonly id: string };
    return (await network.read(call, { ...planned, id: made.id })) ?? planned;
  },
  read: async ({ engine, stopping }, state) => {
    await stopping.pause(READ_DELAY_MS, 'Unable to read network');
    const found = (await ifThere(engine.getNetwork(text(state['id']) ?? '').inspect())) as
      | {
          readonly Driver: string;
          readonly Scope: string;
          readonly Internal: boolean;
          readonly Options: Record<string, string>;
        }
      | undefined;
    if (found === undefined) return undefined;
    const { Driver: driver, Scope: scope, Internal: internal, Options: options } = found;
    return { ...state, driver, scope, internal, options } satisfies Members;
  },
  update: (_, __, planned) => Promise.resolve(planned),
  remove: async ({ engine, stopping }, state) => {
    await whileInUse(stopping, () => ifThere(engine.getNetwork(text(state['id']) ?? '').remove()));
  },
};

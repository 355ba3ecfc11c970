import { ifThere, whileInUse } from './resource-type';
import type { ResourceType } from './resource-type';
import { list, members, text, textMap, word } from './values';
import type { Value } from './values';

/** `docker_volume`: creating one that is there returns the old one, with its old options. */
export const volume: ResourceType = {
  create: async ({ engine }, planned) => {
    const { name } = await engine.createVolume({
      Name: text(planned['name']) ?? '',
      Driver: text(planned['driver']) ?? 'local',
      DriverOpts: textMap(planned['driver_opts']),
      Labels: labels(planned['labels']),
    });
    const made = await engine.getVolume(name).inspect();
    return { ...planned, id: made.Name, name: made.Name, driver: made.Driver, mountpoint: made.Mountpoint };
  },
  read: async ({ engine }, state) => {
    const found = await ifThere(engine.getVolume(text(state['id']) ?? '').inspect());
    return found === undefined ? undefined : { ...state, driver: found.Driver, mountpoint: found.Mountpoint };
  },
  update: (_, __, planned) => Promise.resolve(planned),
  remove: async ({ engine, stopping }, state) => {
    await whileInUse(stopping, () => ifThere(engine.getVolume(text(state['id']) ?? '').remove()));
  },
};

/** Labels as the engine takes them. */
export function labels(blocks: Value | undefined): Record<string, string> {
  return Object.fromEntries(
    list(blocks).map((block) => {
      const { label, value } = members(block);
      return [word(label), word(value)];
    }),
  );
}

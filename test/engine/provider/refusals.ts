import { isSet, notImitated } from './imitated';
import { providerSchema, schemaOf } from './schema';
import { list, members, text } from './values';
import type { Members } from './values';

/** What a configuration of a resource is refused for, before anything is planned. */
export function refusalsOf(type: string, config: Members): string[] {
  return [
    ...(type === 'docker_container' ? containerRefusals(config) : []),
    ...notImitated(type, schemaOf(type), config).map(
      (path) => `the double of the provider does not imitate ${path} of ${type}`,
    ),
  ];
}

/** What the provider's own configuration is refused for. */
export function providerRefusals(config: Members): string[] {
  const host = text(config['host']);
  return [
    ...notImitated('provider', providerSchema(), config).map(
      (path) => `the double of the provider does not imitate ${path} of the provider`,
    ),
    ...(host === undefined || host.startsWith('unix://')
      ? []
      : [`the double of the provider reaches an engine by a Unix socket, and not by ${host}`]),
  ];
}

function containerRefusals(config: Members): string[] {
  const uploads = list(config['upload']).map((block) => text(members(block)['permissions']));
  const external = list(config['ports']).map((block) => members(block)['external']);
  const volumes = list(config['volumes']).map(members);
  return [
    ...(config['cpus'] === null || config['cpus'] === undefined ? [] : ['the provider panics on cpus']),
    ...uploads
      .filter((mode) => mode !== undefined && !/^0[0-7]{3}$/.test(mode))
      .map((mode) => `invalid value for permissions (must be a valid octal file mode): ${mode ?? ''}`),
    ...(external.includes(null) ? ['the double of the provider wants every port with its external one'] : []),
    ...volumes
      .filter((block) => !isSet(block['volume_name']) && !isSet(block['host_path']))
      .map(() => 'the double of the provider makes no volume that has neither a name nor a path of the host'),
  ];
}

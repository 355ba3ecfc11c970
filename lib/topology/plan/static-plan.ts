import { fillerKey } from './filler-key';
import { filesDockerfile } from './dockerfile-start';
import type { StaticMount } from '../static-mount';
import type { App } from '../topology';
import type { ContainerPlan } from './container-plan';
import { HELPER } from './helper-container';
import { neededCode } from './needed-code';
import { shippedCode } from './shipped-code';
import type { ResourcePlan } from './stack-plan';

/**
 * What a static mount asks the engine for: a volume, and a container that is created with it and never started. Creating
 * it makes the engine copy the image's directory into the new volume: any size, and nothing in Terraform's state.
 */
export function staticPlan(mount: StaticMount): ResourcePlan {
  const { source, id } = mount;
  if (source.kind === 'hostPath') return { images: [], networks: [], volumes: [], containers: [] };
  const image = source.kind === 'appImage' ? source.app : id;
  const directory = source.kind === 'appImage' ? source.directory : '/files';
  const images =
    source.kind === 'directory'
      ? [
          {
            kind: 'built' as const,
            key: id,
            directory: source.directory,
            instructions: filesDockerfile(mount.construct),
            buildArgs: {},
            needs: mount.fallback === undefined ? [] : [{ path: mount.fallback, prop: 'fallback' }],
          },
        ]
      : [];
  return {
    images,
    networks: [],
    volumes: [{ key: `${id}-files`, filledFrom: image }],
    containers: [fillerPlan(fillerKey(id), mount.construct, image, `${id}-files`, directory)],
  };
}

/** A container that is created, never started, to fill a volume from a directory of its image. */
export function fillerPlan(
  key: string,
  construct: string,
  image: string,
  volume: string,
  directory: string,
): ContainerPlan {
  return {
    ...HELPER,
    key,
    role: 'filler',
    life: 'created',
    construct,
    image,
    entrypoint: ['/never-started'],
    command: [],
    user: '65534:65534',
    capabilities: [],
    environment: { FILLS: volume },
    mounts: [{ volume, path: directory, readOnly: false }],
    stop: { signal: 'SIGTERM', graceSeconds: 1 },
    uploads: [],
  };
}

/** The volume and the filler that ship an application's code directory to its `chdir`, where it is shipped at all. */
export function codePlans(app: App): ResourcePlan[] {
  const directory = shippedCode(app);
  if (directory === undefined) return [];
  const key = `${app.id}-code`;
  return [
    {
      images: [
        {
          kind: 'built',
          key,
          directory,
          instructions: filesDockerfile(app.construct),
          buildArgs: {},
          needs: neededCode(app),
        },
      ],
      networks: [],
      volumes: [{ key, filledFrom: key }],
      containers: [fillerPlan(fillerKey(key), app.construct, key, key, '/files')],
    },
  ];
}

import type { ContainerPlan, UploadPlan } from './container-plan';
import { HELPER } from './helper-container';

/** Whose files a publisher writes: they end up owned by this reader, so that 0400 files can be read by it alone. */
export interface Reader {
  readonly construct: string;
  readonly id: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * A container that writes files into volumes, hands them to their reader and exits. Files cannot be written into a
 * read-only container, and what is written into a running one's tmpfs is lost without a word; uploads are
 * root's, hence the chown.
 */
export function publisherPlan(
  reader: Reader,
  name: string,
  uploads: readonly UploadPlan[],
  mounts: readonly { readonly volume: string; readonly path: string }[],
  script = '',
): ContainerPlan {
  const hand = `chown -Rh ${ownerOf(reader)} ${mounts.map(({ path }) => path).join(' ')}`;
  const command = [script === '' ? hand : `${script}\n${hand}`];
  return { ...asRoot(reader, name, mounts), key: `${name}-publisher`, command, uploads };
}

/** A container that makes a reader the owner of the top directories of volumes, and of nothing below them: it may be much. */
export function ownerPlan(
  reader: Reader,
  name: string,
  mounts: readonly { readonly volume: string; readonly path: string }[],
): ContainerPlan {
  const command = [`chown ${ownerOf(reader)} ${mounts.map(({ path }) => path).join(' ')}`];
  return { ...asRoot(reader, name, mounts), key: `${name}-owner`, command, uploads: [] };
}

function ownerOf(reader: Reader): string {
  return `${String(reader.uid)}:${String(reader.gid)}`;
}

function asRoot(
  reader: Reader,
  name: string,
  mounts: readonly { readonly volume: string; readonly path: string }[],
): Omit<ContainerPlan, 'key' | 'command' | 'uploads'> {
  return {
    ...HELPER,
    role: 'publisher',
    life: 'task',
    construct: reader.construct,
    image: reader.id,
    entrypoint: ['sh', '-ec'],
    user: '0:0',
    capabilities: ['CHOWN', 'DAC_OVERRIDE'],
    environment: { PUBLISHES: name },
    mounts: mounts.map((mount) => ({ ...mount, readOnly: false })),
    stop: { signal: 'SIGTERM', graceSeconds: 5 },
    failureHint: `the files of ${reader.construct} could not be handed to ${ownerOf(reader)}`,
  };
}

import { derived } from './sized';
import type { Sized } from './sized';

/** Deepest queue of connections that a container's kernel gives without being asked (`net.core.somaxconn`). */
export const DEFAULT_SOMAXCONN = 4096;

/** The queue of connections under its server's name, and what the kernel has to allow for it: uWSGI does not start otherwise (seen). */
export function queueSizing<K extends string>(name: K, queue: Sized): Record<K | 'somaxconn', Sized> {
  const somaxconn =
    queue.value > DEFAULT_SOMAXCONN
      ? derived(queue.value, `as deep as ${name}`)
      : derived(DEFAULT_SOMAXCONN, "the kernel's own");
  return { [name]: queue, somaxconn } as Record<K | 'somaxconn', Sized>;
}

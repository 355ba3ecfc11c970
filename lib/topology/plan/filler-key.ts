/**
 * Key of the container that fills the volume of a static mount, or of an application's code. What mounts such a volume has to wait
 * for it: made at the same moment, it would see an empty directory or, worse, fill the volume itself from its own image (seen).
 */
export function fillerKey(id: string): string {
  return `${id}-filler`;
}

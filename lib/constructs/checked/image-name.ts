import { ConfigError, shown } from '../../errors';
import { isKnown } from '../../topology/deferred';
import type { Text } from '../../topology/deferred';
import { textOf } from './tokens';

const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const HOST = '(?:localhost|\\[[0-9A-Fa-f:]+\\]|(?=[^/]*[.:])[A-Za-z0-9.-]+)(?::\\d+)?';

/** An image as the engine reads it: registry, path, tag and digest (the reference grammar of `distribution`). */
const REFERENCE = new RegExp(
  `^(?:${HOST}/)?${PART}(?:/${PART})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[a-z0-9]+:[0-9a-f]{32,})?$`,
);

/** True for a name that the engine takes for an image's. */
export function isImageName(name: string): boolean {
  return REFERENCE.test(name);
}

/**
 * The name of an image; Terraform tokens are carried through.
 *
 * @param call What the user called, for the message.
 * @throws ConfigError for a name that the engine would refuse.
 */
export function imageName(call: string, name: string): Text {
  const text = textOf(name);
  if (isKnown(text) && !isImageName(text)) {
    throw new ConfigError({
      what: `${call}(${shown(name)}) is not an image name`,
      fix: "give one in lower case, with its tag, such as 'ghcr.io/acme/api:1.4'",
    });
  }
  return text;
}

/** Longest readable part of a name: the engine allows more, people read less. */
const READABLE_LENGTH = 48;

/** Eight characters drawn anew at each creation; they stay in state, since changes of names are ignored. */
const UNIQUE = '${substr(uuid(),0,8)}';

/** A name that is new at each creation and stable otherwise, so that nothing collides with what it replaces. */
export function uniqueName(stack: string, key: string): string {
  return `${readable(`${stack}-${key}`)}-${UNIQUE}`;
}

/** A hostname that is new at each creation and sorts by its time: it names a generation. */
export const GENERATION_HOSTNAME = `\${formatdate("YYYYMMDDhhmmss", timestamp())}-${UNIQUE}`;

/** A name that people read, cut to a length; what must not collide needs something unique beside it. */
export function readable(name: string): string {
  return trimmed(engineName(name).slice(0, READABLE_LENGTH));
}

/** A whole name in the letters that the engine takes: image names are the strictest, with single separators only. */
export function engineName(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/[_.-]{2,}/g, '-');
  return trimmed(letters) || 'unnamed';
}

function trimmed(name: string): string {
  return name.replace(/^[_.-]+|[_.-]+$/g, '');
}

import { ConfigError, shown } from './errors';

/** Compares two dotted versions such as `1.22.1` and `1.25`: negative, 0 or positive; a missing part counts as 0. */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` is `minimum` or newer. */
export function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}

/** Releases that an application has when it declares none: those that `AppImage.python` installs. */
export const DEFAULT_RELEASES = { gunicorn: '23.0.0', uWSGI: '2.0.30' } as const;

/** What needs a newer release than the application has, after its name; and the way to it, before another one. */
export function newerNeeded(
  server: keyof typeof DEFAULT_RELEASES,
  since: string,
  version: string,
): { readonly what: string; readonly fix: string } {
  const whose = version === DEFAULT_RELEASES[server] ? ' (the default)' : '';
  return {
    what: `needs ${server} ${since}; serverVersion is ${version}${whose}`,
    fix: `set serverVersion: '${since}' or newer, which AppImage.python installs`,
  };
}

function parts(version: string): number[] {
  if (!/^\d+(\.\d+)*$/.test(version)) {
    throw new ConfigError({
      what: `${shown(version)} is not a server version`,
      fix: "write the release number only, such as '1.22.1'",
    });
  }
  return version.split('.').map(Number);
}

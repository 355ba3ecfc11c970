import { ConfigError, shown } from '../errors';
import type { LocationMatch as LocationMatchModel } from '../topology/frontend';

/** Which requests a location catches, with nginx's own kinds and order of precedence. */
export class LocationMatch {
  /** Every path that begins with this one; the longest prefix wins, after regular expressions. */
  public static prefix(path: string): LocationMatch {
    return new LocationMatch({ kind: 'prefix', path: checkedPath('prefix', path) });
  }

  /** The same, and regular expressions are not tried when it is the longest (`^~`). */
  public static prefixOnly(path: string): LocationMatch {
    return new LocationMatch({ kind: 'prefixOnly', path: checkedPath('prefixOnly', path) });
  }

  /** Exactly this path (`=`). */
  public static exact(path: string): LocationMatch {
    return new LocationMatch({ kind: 'exact', path: checkedPath('exact', path) });
  }

  /** A PCRE, tried in the order of addition (`~`). */
  public static regex(pattern: string): LocationMatch {
    return new LocationMatch({ kind: 'regex', path: checkedPattern('regex', pattern) });
  }

  /** A PCRE without regard to case (`~*`). */
  public static regexIgnoreCase(pattern: string): LocationMatch {
    return new LocationMatch({ kind: 'regexIgnoreCase', path: checkedPattern('regexIgnoreCase', pattern) });
  }

  /** @internal */
  public readonly _model: LocationMatchModel;

  private constructor(model: LocationMatchModel) {
    this._model = model;
  }
}

function checkedPath(factory: string, path: string): string {
  if (!path.startsWith('/')) {
    throw new ConfigError({
      what: `LocationMatch.${factory}(${shown(path)}) is not a URL path`,
      fix: "begin it with '/', such as '/api/'",
    });
  }
  return path;
}

function checkedPattern(factory: string, pattern: string): string {
  if (pattern === '') {
    throw new ConfigError({
      what: `LocationMatch.${factory}('') matches everything`,
      fix: "use LocationMatch.prefix('/') for that",
    });
  }
  return pattern;
}

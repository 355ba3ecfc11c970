import { ConfigError, shown } from '../../errors';
import { checkedRegex } from '../checked/regex';
import { refuseTokens } from '../checked/tokens';
import type { LocationMatch as LocationMatchModel } from '../../topology/frontend';

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

/** What nginx compares is the path of a request, decoded and cleaned. */
const NEVER_MATCHES = /[?#%\p{Cc}]|\/\/|\/\.\.?(?:\/|$)/u;

function checkedPath(factory: string, path: string): string {
  refuseTokens({ [`LocationMatch.${factory}`]: path }, []);
  if (!path.startsWith('/')) {
    throw new ConfigError({
      what: `LocationMatch.${factory}(${shown(path)}) is not a URL path`,
      fix: "begin it with '/', such as '/api/'",
    });
  }
  if (NEVER_MATCHES.test(path)) {
    throw new ConfigError({
      what: `LocationMatch.${factory}(${shown(path)}) would never match: nginx compares paths without query, decoded, and with '.', '..' and '//' resolved`,
      fix: "write the path as the application sees it, such as '/a b/' for '/a%20b/'",
    });
  }
  return path;
}

function checkedPattern(factory: string, pattern: string): string {
  refuseTokens({ [`LocationMatch.${factory}`]: pattern }, []);
  if (pattern === '') {
    throw new ConfigError({
      what: `LocationMatch.${factory}('') matches everything`,
      fix: "use LocationMatch.prefix('/') for that",
    });
  }
  return checkedRegex(`LocationMatch.${factory}(${shown(pattern)})`, pattern);
}

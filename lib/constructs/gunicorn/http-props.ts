import { ConfigError } from '../../errors';
import { PROXY_VERSIONS_SINCE } from '../../gunicorn/value-releases';
import { isAtLeast, newerNeeded } from '../../server-version';
import type { Size } from '../../values/size';
import { bytesWithin, choice, commas, countWithin, flag } from './rows';
import type { Row, Rows } from './rows';

/** What becomes of a header whose name is another one's in the application's environment (`X_Real_IP` and `X-Real-IP`). */
export enum GunicornHeaderMap {
  /** It is left out. */
  DROP = 'drop',
  /** The request is refused. */
  REFUSE = 'refuse',
  /** Both reach the application as one: a client can say what only nginx should. */
  DANGEROUS = 'dangerous',
}

/** Which parser reads requests. */
export enum GunicornHttpParser {
  /** The one in C where the image has `gunicorn_h1c`, else the one in Python. */
  AUTO = 'auto',
  /** The one in C: the image needs `gunicorn_h1c`. */
  FAST = 'fast',
  /** The one in Python. */
  PYTHON = 'python',
}

/** Which PROXY protocol a load balancer in front of gunicorn speaks. */
export enum GunicornProxyProtocol {
  /** None. */
  OFF = 'off',
  /** Version 1, one line of text; the only one before gunicorn 24.1. */
  V1 = 'v1',
  /** Version 2, binary; from gunicorn 24.1. */
  V2 = 'v2',
  /** Either; from gunicorn 24.1. */
  AUTO = 'auto',
}

/** How gunicorn reads requests and whom it believes. */
export interface GunicornHttpProps {
  /**
   * Longest request line, at most 8190 bytes; 0 is unlimited.
   *
   * @default - Size.bytes(8190) with a transport, where nginx sets the limit; else Size.bytes(4094) (gunicorn)
   */
  readonly limitRequestLine?: Size;
  /**
   * Most headers of a request, from 1 to 32768.
   *
   * @default - 1024 with a transport, where nginx sets the limit; else 100 (gunicorn)
   */
  readonly limitRequestFields?: number;
  /**
   * Longest header, at least 1 byte: gunicorn takes 0 for its default.
   *
   * @default - Size.kibibytes(32) with a transport, where nginx sets the limit; else Size.bytes(8190) (gunicorn)
   */
  readonly limitRequestFieldSize?: Size;
  /**
   * Which parser reads requests; from gunicorn 25.2.
   *
   * @default GunicornHttpParser.AUTO (gunicorn)
   */
  readonly httpParser?: GunicornHttpParser;
  /**
   * Headers that a believed peer may use although they hide another's name; from gunicorn 23.0. `*` is all of them.
   *
   * @default - SCRIPT_NAME and PATH_INFO (gunicorn)
   */
  readonly forwarderHeaders?: string[];
  /**
   * What becomes of a header whose name hides another's; from gunicorn 22.0.
   *
   * @default GunicornHeaderMap.DROP (gunicorn)
   */
  readonly headerMap?: GunicornHeaderMap;
  /**
   * Whether a header may go on in another line; from gunicorn 23.0. Lets requests be smuggled where nginx reads them otherwise.
   *
   * @default false (gunicorn)
   */
  readonly permitObsoleteFolding?: boolean;
  /**
   * Whether blanks between a header's name and its colon are taken off. Lets requests be smuggled.
   *
   * @default false (gunicorn)
   */
  readonly stripHeaderSpaces?: boolean;
  /**
   * Whether methods of small letters, or outside 3 to 20 characters, are taken; from gunicorn 22.0.
   *
   * @default false (gunicorn)
   */
  readonly permitUnconventionalHttpMethod?: boolean;
  /**
   * Whether versions other than HTTP/1.0 and 1.1 are taken; from gunicorn 22.0.
   *
   * @default false (gunicorn)
   */
  readonly permitUnconventionalHttpVersion?: boolean;
  /**
   * Whether methods are turned into capital letters; from gunicorn 22.0.
   *
   * @default false (gunicorn)
   */
  readonly casefoldHttpMethod?: boolean;
  /**
   * Whether files are sent by the kernel (`sendfile(2)`) where the application asks for it.
   *
   * @default true (gunicorn; its own setting of that name turns it off whatever its value is)
   */
  readonly sendfile?: boolean;
  /**
   * PROXY protocol that a load balancer in front speaks; not behind nginx, which speaks plain HTTP to applications.
   *
   * @default GunicornProxyProtocol.OFF (gunicorn)
   */
  readonly proxyProtocol?: GunicornProxyProtocol;
  /**
   * Addresses, and from gunicorn 23.0 networks, of the load balancers that may speak it.
   *
   * @default - 127.0.0.1, and from 23.0 ::1 (gunicorn)
   */
  readonly proxyAllowIps?: string[];
}

/** Before its versions had names the setting was a flag, and meant the first one. */
const proxyProtocol: Row<GunicornProxyProtocol> = (value, prop, version) => {
  if (isAtLeast(version, PROXY_VERSIONS_SINCE)) return value;
  if (value === GunicornProxyProtocol.OFF || value === GunicornProxyProtocol.V1) {
    return value === GunicornProxyProtocol.V1;
  }
  const { what, fix } = newerNeeded('gunicorn', PROXY_VERSIONS_SINCE, version);
  throw new ConfigError({
    what: `${prop} ${value} ${what}`,
    fix: `${fix}, or give GunicornProxyProtocol.V1`,
    rule: 'GUN-VERSION',
  });
};

/** Any value but none turns it off (`Config.sendfile`, seen). */
const sendfile: Row<boolean> = (value) => (value ? null : false);

export const HTTP_ROWS: Rows<GunicornHttpProps> = {
  limitRequestLine: bytesWithin(0, 8190),
  limitRequestFields: countWithin(1, 32_768),
  limitRequestFieldSize: bytesWithin(1),
  httpParser: choice,
  forwarderHeaders: commas,
  headerMap: choice,
  permitObsoleteFolding: flag,
  stripHeaderSpaces: flag,
  permitUnconventionalHttpMethod: flag,
  permitUnconventionalHttpVersion: flag,
  casefoldHttpMethod: flag,
  sendfile,
  proxyProtocol,
  proxyAllowIps: commas,
};

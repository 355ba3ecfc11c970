import { ConfigError, allOf, shown } from '../../errors';
import type { AccessLog as AccessLogModel } from '../../topology/frontend';
import { checkOptions } from '../checked/options';
import { refuseTokens } from '../checked/tokens';
import { item } from '../checked/values';

/** What an access log leaves out. */
export interface AccessLogOptions {
  /**
   * Paths whose requests are not written down, such as that of a health check from outside.
   *
   * @default - none; the library's own probes never come through nginx
   */
  readonly omitPaths?: string[];
}

/** What nginx writes down of each request, on the output of its container. */
export class AccessLog {
  /** nginx's own format, which most programs that read logs know. */
  public static combined(options: AccessLogOptions = {}): AccessLog {
    return new AccessLog({ format: 'combined', omitPaths: checkedPaths('combined', options) });
  }

  /**
   * A line of JSON for each request, with its id, its times at nginx and at the application, and the container that served it: for
   * whoever searches logs by field. Times are in seconds; what upstreams say is text, since a request may have met several.
   */
  public static json(options: AccessLogOptions = {}): AccessLog {
    return new AccessLog({ format: 'json', omitPaths: checkedPaths('json', options) });
  }

  /** Nothing. */
  public static off(): AccessLog {
    return new AccessLog({ format: 'off', omitPaths: [] });
  }

  private constructor(
    /** @internal */
    public readonly _model: AccessLogModel,
  ) {}
}

function checkedPaths(format: string, options: AccessLogOptions): string[] {
  const call = `AccessLog.${format}`;
  checkOptions(call, 'AccessLogOptions', options);
  refuseTokens(options, []);
  const paths = options.omitPaths ?? [];
  allOf(paths, (path, at) => {
    if (/^\/[^?#\x00-\x1f\x7f]*$/.test(path)) return;
    throw new ConfigError({
      what: `${call}: ${item('omitPaths', at)} ${shown(path)} is no path`,
      fix: "begin it with '/', and leave the query out, such as '/healthz'",
    });
  });
  return [...new Set(paths)];
}

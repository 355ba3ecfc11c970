import { ConfigError, shown } from '../../errors';
import { nearest } from '../../nearest';
import { refuseTokens } from '../checked/tokens';

/** What a line of a request can tell (source: `uwsgi_register_logchunks`; each seen with 2.0.21, 2.0.28 and 2.0.31). */
const NAMES: readonly string[] = [
  ...['uri', 'method', 'user', 'addr', 'host', 'proto', 'uagent', 'referer', 'status', 'rsize', 'hsize'],
  ...[
    'size',
    'cl',
    'micros',
    'msecs',
    'secs',
    'tmsecs',
    'tmicros',
    'time',
    'ltime',
    'ftime',
    'ctime',
    'epoch',
  ],
  ...['pid', 'wid', 'switches', 'vars', 'core', 'vsz', 'rss', 'vszM', 'rssM', 'pktsize', 'modifier1'],
  ...['modifier2', 'headers', 'werr', 'rerr', 'ioerr'],
];

/** How the line of a request looks in the log. */
export class UwsgiLogFormat {
  /**
   * @param format A text with placeholders such as `%(addr)`, `%(method)`, `%(uri)`, `%(status)`, `%(msecs)`, `%(var.HTTP_X_ID)`.
   * @throws ConfigError for a placeholder that uWSGI does not know, which it would write as `-`.
   */
  public static of(format: string): UwsgiLogFormat {
    refuseTokens({ logformat: format }, []);
    for (const [, name = ''] of format.matchAll(/%\(([^)]*)\)/g)) checkName(name);
    return new UwsgiLogFormat(format);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}

function checkName(name: string): void {
  if (NAMES.includes(name) || /^(?:var|metric)\.[^\s()]+$/.test(name)) return;
  const meant = nearest(name, NAMES);
  throw new ConfigError({
    what: `logformat: uWSGI knows no ${shown(`%(${name})`)} of a request, and would write '-' for it`,
    fix:
      meant === undefined
        ? `give one of ${NAMES.join(', ')}, var.<variable> or metric.<metric>`
        : `did you mean ${shown(`%(${meant})`)}?`,
    rule: 'UWS-LOGFORMAT',
  });
}

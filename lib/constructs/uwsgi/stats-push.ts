import { refuseTokens } from '../checked/tokens';
import { word } from './word';

/** Where uWSGI sends its metrics, again and again. */
export class UwsgiStatsPush {
  /**
   * A statsd server; PyPI's uWSGI has no plugin for it.
   *
   * @param server Such as `statsd:8125`.
   * @param prefix What names of metrics begin with.
   */
  public static statsd(server: string, prefix?: string): UwsgiStatsPush {
    const words = [
      word('UwsgiStatsPush.statsd: server', server),
      ...(prefix === undefined ? [] : [word('UwsgiStatsPush.statsd: prefix', prefix)]),
    ];
    return UwsgiStatsPush.custom(`statsd:${words.join(',')}`, 'stats_pusher_statsd');
  }

  /**
   * A server that takes the JSON of the stats as a datagram.
   *
   * @param server Such as `collector:9000`, or the path of a Unix socket.
   */
  public static socket(server: string): UwsgiStatsPush {
    return UwsgiStatsPush.custom(
      `socket:${word('UwsgiStatsPush.socket: server', server)}`,
      'stats_pusher_socket',
    );
  }

  /**
   * Another plugin's.
   *
   * @param value What uWSGI takes.
   * @param plugin The plugin.
   */
  public static custom(value: string, plugin: string): UwsgiStatsPush {
    refuseTokens({ 'UwsgiStatsPush.custom: value': value }, []);
    return new UwsgiStatsPush(value, plugin);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
    /** @internal */
    public readonly _plugin: string,
  ) {}
}

import { refuseTokens } from '../checked/tokens';
import { word } from './word';

/** Where uWSGI sends its log. */
export class UwsgiLogger {
  /** The container's output, beside another logger: without any logger it is there anyway. */
  public static stdio(): UwsgiLogger {
    return new UwsgiLogger('stdio', 'logfile');
  }

  /**
   * The syslog of the container, when something listens on its /dev/log.
   *
   * @param ident Name that the lines begin with.
   */
  public static syslog(ident: string): UwsgiLogger {
    return new UwsgiLogger(`syslog:${word('UwsgiLogger.syslog: ident', ident)}`, 'syslog');
  }

  /**
   * A syslog server, over UDP.
   *
   * @param server Such as `logs:514`.
   * @param ident Name that the lines begin with.
   */
  public static rsyslog(server: string, ident: string): UwsgiLogger {
    return new UwsgiLogger(
      `rsyslog:${word('UwsgiLogger.rsyslog: server', server)},${word('UwsgiLogger.rsyslog: ident', ident)}`,
      'rsyslog',
    );
  }

  /**
   * A server that takes one datagram a line.
   *
   * @param server Such as `logs:5140`, or the path of a Unix socket.
   */
  public static socket(server: string): UwsgiLogger {
    return new UwsgiLogger(`socket:${word('UwsgiLogger.socket: server', server)}`, 'logsocket');
  }

  /**
   * A channel of Redis.
   *
   * @param server Such as `redis:6379`.
   * @param channel That the lines are published on.
   */
  public static redis(server: string, channel: string): UwsgiLogger {
    return new UwsgiLogger(
      `redislog:${word('UwsgiLogger.redis: server', server)},publish ${word('UwsgiLogger.redis: channel', channel)}`,
      'redislog',
    );
  }

  /**
   * A logger of another plugin.
   *
   * @param value What uWSGI takes, such as `zeromq:tcp://logs:9191`.
   * @param plugin The plugin, such as `logzmq`.
   */
  public static custom(value: string, plugin: string): UwsgiLogger {
    refuseTokens({ 'UwsgiLogger.custom: value': value }, []);
    return new UwsgiLogger(value, plugin);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
    /** @internal */
    public readonly _plugin: string,
  ) {}
}

import { ConfigError } from '../../errors';
import { refuseTokens } from '../checked/tokens';

/** What is done to each line of the log. */
export class UwsgiLogEncoder {
  /** @param text That goes before each line. */
  public static prefix(text: string): UwsgiLogEncoder {
    return UwsgiLogEncoder.custom('prefix', text);
  }

  /** @param text That goes after each line. */
  public static suffix(text: string): UwsgiLogEncoder {
    return UwsgiLogEncoder.custom('suffix', text);
  }

  /** Ends each line, after encoders that took the end away. */
  public static nl(): UwsgiLogEncoder {
    return UwsgiLogEncoder.custom('nl');
  }

  /**
   * Each line as part of a text.
   *
   * @param text In which `${msg}` is the line, `${msgnl}` the line with its end, `${unix}` the time, `${micros}` too, `${strftime:%d}` any part of it.
   */
  public static format(text: string): UwsgiLogEncoder {
    return UwsgiLogEncoder.custom('format', text);
  }

  /**
   * The same, with what JSON cannot hold in a string escaped.
   *
   * @param text Such as `{"time":${unix},"line":"${msg}"}`.
   */
  public static json(text: string): UwsgiLogEncoder {
    return UwsgiLogEncoder.custom('json', text);
  }

  /**
   * Any other, such as one of a plugin, which `plugins` has to name.
   *
   * @param name What uWSGI calls it.
   * @param text Its argument.
   * @throws ConfigError for an empty argument.
   */
  public static custom(name: string, text?: string): UwsgiLogEncoder {
    refuseTokens({ [`UwsgiLogEncoder.${name}`]: text }, []);
    if (text === '') {
      throw new ConfigError({ what: `UwsgiLogEncoder.${name}: text "" is empty`, fix: 'give it a text' });
    }
    return new UwsgiLogEncoder(text === undefined ? name : `${name} ${text}`);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}

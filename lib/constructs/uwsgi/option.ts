import { refuseTokens } from '../checked/tokens';

/** An option of uWSGI without a prop of its own. */
export class UwsgiOption {
  /**
   * @param option uWSGI's own name of it, such as `log-x-forwarded-for`.
   * @param value Its value; `true` for an option that is a switch.
   * @throws ConfigError when the value is a Terraform token.
   */
  public static of(option: string, value: string): UwsgiOption {
    refuseTokens({ [`option ${option}`]: value }, []);
    return new UwsgiOption(option, value);
  }

  /** @internal */
  public readonly _model: { readonly name: string; readonly value: string };

  private constructor(name: string, value: string) {
    this._model = { name, value };
  }
}

/** How uWSGI's Python plugin comes. */
export class UwsgiPlugin {
  /** Built into the server, as PyPI's uWSGI has it. */
  public static embedded(): UwsgiPlugin {
    return new UwsgiPlugin('embedded', 'python3');
  }

  /**
   * Loaded from a file, as Debian's uWSGI has it.
   *
   * @param plugin Name of the plugin.
   */
  public static modular(plugin: string = 'python3'): UwsgiPlugin {
    return new UwsgiPlugin('modular', plugin);
  }

  /** @internal */
  public readonly _model: { readonly pythonPlugin: 'embedded' | 'modular'; readonly pluginName: string };

  private constructor(pythonPlugin: 'embedded' | 'modular', pluginName: string) {
    this._model = { pythonPlugin, pluginName };
  }
}

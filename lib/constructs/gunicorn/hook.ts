import { ConfigError, shown } from '../../errors';
import { readDef } from '../../gunicorn/python-def';
import type { HookSource } from '../../topology/gunicorn-app';
import { refuseTokens } from '../checked/tokens';

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** What gunicorn calls at a point of its life. */
export class GunicornHook {
  /**
   * A function written here, with its imports inside it.
   *
   * @param source Python text of one whole `def`, named as gunicorn names the hook, with the arguments that gunicorn gives it.
   * @throws ConfigError for anything but one function.
   */
  public static python(source: string): GunicornHook {
    refuseTokens({ 'GunicornHook.python': source }, []);
    const text = source.replace(/\r\n?/g, '\n').trimEnd();
    if (readDef(text) === undefined) {
      throw new ConfigError({
        what: `GunicornHook.python(${shown(source)}) is not one Python function`,
        fix: "write 'def <hook>(…):' and an indented body, with imports inside it; or keep it in a module: GunicornHook.imported",
      });
    }
    return new GunicornHook({ kind: 'python', text });
  }

  /**
   * A function of a module in the code directory, in `pythonpath` or in the image, imported when it is first called.
   *
   * @param dottedModule Such as `shop.hooks`.
   * @param functionName Such as `on_starting`; it takes all the arguments that gunicorn gives the hook.
   * @throws ConfigError when either is not a Python name.
   */
  public static imported(dottedModule: string, functionName: string): GunicornHook {
    refuseTokens({ 'GunicornHook.imported': [dottedModule, functionName] }, []);
    if (!dottedModule.split('.').every((part) => IDENTIFIER.test(part)) || !IDENTIFIER.test(functionName)) {
      throw new ConfigError({
        what: `GunicornHook.imported(${shown(dottedModule)}, ${shown(functionName)}): these are not a module and a function`,
        fix: "give Python names, such as GunicornHook.imported('shop.hooks', 'on_starting')",
      });
    }
    return new GunicornHook({ kind: 'imported', module: dottedModule, name: functionName });
  }

  /** @internal */
  public readonly _model: HookSource;

  private constructor(model: HookSource) {
    this._model = model;
  }
}

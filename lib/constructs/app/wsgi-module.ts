import { ConfigError, shown } from '../../errors';
import type { WsgiModule as WsgiModuleModel } from '../../topology/app';
import { refuseTokens } from '../checked/tokens';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Where the WSGI callable is: a file or an importable module, and a name in it. */
export class WsgiModule {
  /**
   * A Python file, looked for in `chdir` (uWSGI `wsgi-file`).
   *
   * @param file Such as `p.py`.
   * @param callable Name of the callable in it, such as `app`.
   * @throws ConfigError when either is not what Python could find.
   */
  public static file(file: string, callable: string): WsgiModule {
    refuseTokens({ 'WsgiModule.file: file': file, 'WsgiModule.file: callable': callable }, []);
    if (!/^[A-Za-z0-9_./-]+\.py$/.test(file) || file.split('/').includes('..')) {
      throw new ConfigError({
        what: `WsgiModule.file(${shown(file)}, …) is not a Python file below chdir`,
        fix: "give a path of letters, digits, '_', '-' and '/' that ends in .py, such as 'p.py'",
      });
    }
    return new WsgiModule({ kind: 'file', file, callable: checkedCallable(callable) });
  }

  /**
   * An importable module (uWSGI `module`, gunicorn `wsgi_app`).
   *
   * @param dottedName Such as `shop.wsgi`.
   * @param callable Name of the callable in it, such as `app`.
   * @throws ConfigError when either is not a Python name.
   */
  public static dotted(dottedName: string, callable: string): WsgiModule {
    refuseTokens(
      { 'WsgiModule.dotted: dottedName': dottedName, 'WsgiModule.dotted: callable': callable },
      [],
    );
    const module = checkedModule('WsgiModule.dotted', dottedName);
    return new WsgiModule({ kind: 'dotted', module, callable: checkedCallable(callable) });
  }

  /**
   * A function of an importable module that makes the application when it is called, without arguments: Flask's application factory. Both
   * servers call it themselves (seen: uWSGI 2.0.21 to 2.0.31, gunicorn 20.1 to 27.0).
   *
   * @param dottedName Such as `shop`.
   * @param functionName Such as `create_app`.
   * @throws ConfigError when either is not a Python name.
   */
  public static factory(dottedName: string, functionName: string): WsgiModule {
    const call = 'WsgiModule.factory';
    refuseTokens({ [`${call}: dottedName`]: dottedName, [`${call}: functionName`]: functionName }, []);
    const module = checkedModule(call, dottedName);
    if (!IDENTIFIER.test(functionName)) {
      throw new ConfigError({
        what: `${call}(…, ${shown(functionName)}) is not the name of a function`,
        fix: "give a Python name without brackets, such as 'create_app'",
      });
    }
    return new WsgiModule({ kind: 'dotted', module, callable: `${functionName}()` });
  }

  /** @internal */
  public readonly _model: WsgiModuleModel;

  private constructor(model: WsgiModuleModel) {
    this._model = model;
  }
}

function checkedModule(call: string, dottedName: string): string {
  if (!dottedName.split('.').every((part) => IDENTIFIER.test(part))) {
    throw new ConfigError({
      what: `${call}(${shown(dottedName)}, …) is not a dotted module name`,
      fix: "give a name such as 'shop.wsgi', without '.py' and without ':app'",
    });
  }
  refuseFileName(call, dottedName);
  return dottedName;
}

/** Seen: Python looks for a module `py` in a package, and the server does not start. */
function refuseFileName(call: string, dottedName: string): void {
  if (!dottedName.endsWith('.py')) return;
  throw new ConfigError({
    what: `${call}(${shown(dottedName)}, …) is the name of a file, and not of a module`,
    fix: `give ${call}(${shown(dottedName.slice(0, -3))}, …), or WsgiModule.file(${shown(dottedName.slice(0, -3).replaceAll('.', '/') + '.py')}, …)`,
  });
}

function checkedCallable(name: string): string {
  if (IDENTIFIER.test(name)) return name;
  const [, factory] = /^([A-Za-z_][A-Za-z0-9_]*)\(/.exec(name) ?? [];
  throw new ConfigError({
    what: `${shown(name)} is not the name of a WSGI callable`,
    fix:
      factory === undefined
        ? "give a Python name, such as 'app'"
        : `give WsgiModule.factory(module, '${factory}') for a call without arguments, or a module with the line \`app = ${name}\`, and 'app' here`,
  });
}

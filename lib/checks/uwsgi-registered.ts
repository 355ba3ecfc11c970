import type { Problem } from '../errors';
import { shown } from '../errors';
import { nearest } from '../nearest';
import { uwsgiDecision } from '../topology/uwsgi-decisions';
import type { UwsgiApp } from '../topology/uwsgi-app';
import { HOOK_ACTIONS, hookAction, isHook } from '../uwsgi/hook-actions';
import {
  LOG_ENCODERS,
  PLUGIN_ENCODERS,
  TEXT_ENCODERS,
  ZLIB_ENCODERS,
  encoderParts,
  isEncoding,
} from '../uwsgi/log-encoders';
import { hasForeignPlugin, loadedPlugins } from './uwsgi-loaded-plugins';

/** One line of the file, and what its user calls it. */
interface Line {
  readonly name: string;
  readonly value: string;
  readonly where: string;
}

/** Actions of hooks and encoders of the log that the server would look for among those it has, and not find. */
export function registeredProblems(app: UwsgiApp): Problem[] {
  const isForeign = hasForeignPlugin(app);
  return linesOf(app).flatMap((line) => {
    const problem = isHook(line.name)
      ? actionProblem(line, isForeign)
      : isEncoding(line.name)
        ? encoderProblem(line, isForeign, app)
        : undefined;
    return problem === undefined ? [] : [{ ...problem, construct: app.construct }];
  });
}

function linesOf({ settings, options }: UwsgiApp): Line[] {
  const ofProps = Object.entries(settings).flatMap(([name, values]): Line[] => {
    if (!Array.isArray(values)) return [];
    const decision = uwsgiDecision(name);
    const prop = decision?.by === 'prop' ? decision.prop : name;
    return (values as readonly string[]).map((value, at) => ({
      name,
      value,
      where: `${prop}[${String(at)}]`,
    }));
  });
  return [...ofProps, ...options.map(({ name, value }) => ({ name, value, where: name }))];
}

/** Seen: before the workers the server does not start, in a worker it starts workers without end, after a touch it ends. */
function actionProblem({ name, value, where }: Line, isForeign: boolean): Problem | undefined {
  const action = hookAction(name, value);
  if (action === undefined) {
    return {
      what: `${where} ${shown(value)} is not an action and its argument`,
      fix: `put a colon between them, such as '${name === 'hook-touch' ? '/tmp/touched ' : ''}print:hello'`,
      rule: 'UWS-HOOK',
    };
  }
  if (HOOK_ACTIONS.has(action) || isForeign || isReplaced(action)) return undefined;
  const fix = meant(action, HOOK_ACTIONS) ?? `give one of ${[...HOOK_ACTIONS].join(', ')}`;
  return {
    what: `${where} ${shown(value)}: uWSGI has no action ${shown(action)}, and ends where it gets to it`,
    fix: `${fix}; where a plugin of the image adds it, name that in plugins`,
    rule: 'UWS-HOOK',
  };
}

function encoderProblem({ value, where }: Line, isForeign: boolean, app: UwsgiApp): Problem | undefined {
  const { name, text } = encoderParts(value);
  const said = `${where} ${shown(value)}`;
  if (TEXT_ENCODERS.has(name) && text === '') {
    const what = `${said} has no text: every line of the log would be empty`;
    return { what, fix: `give it one, such as '${name} \${msg}'`, rule: 'UWS-LOG-ENCODER' };
  }
  if (ZLIB_ENCODERS.has(name) && app.image.kind === 'python' && app.image.base === undefined) {
    const what = `${said} needs zlib, which the uWSGI of AppImage.python is built without`;
    return { what, fix: 'leave it out, or give an image of your own', rule: 'UWS-LOG-ENCODER' };
  }
  if (LOG_ENCODERS.has(name) || isForeign || isReplaced(name)) return undefined;
  return unknownEncoder(name, said, app);
}

function unknownEncoder(name: string, said: string, app: UwsgiApp): Problem | undefined {
  const plugin = Object.hasOwn(PLUGIN_ENCODERS, name) ? PLUGIN_ENCODERS[name] : undefined;
  if (plugin === undefined) {
    const fix = meant(name, LOG_ENCODERS) ?? `give one of ${[...LOG_ENCODERS].join(', ')}`;
    return {
      what: `${said}: uWSGI has no encoder ${shown(name)}, and would not start`,
      fix: `${fix}; where a plugin of the image adds it, name that in plugins`,
      rule: 'UWS-LOG-ENCODER',
    };
  }
  if (loadedPlugins(app)(plugin)) return undefined;
  return {
    what: `${said} belongs to the plugin ${plugin}, which is not loaded`,
    fix: `name it: plugins: ['${plugin}'], with an image that has it`,
    rule: 'UWS-PLUGIN',
  };
}

function meant(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name.trim(), known);
  return near === undefined ? undefined : `did you mean ${shown(near)}?`;
}

/** Text that uWSGI puts something else in the place of. */
function isReplaced(name: string): boolean {
  return /[%$@][(\w]/.test(name);
}

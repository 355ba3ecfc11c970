import type { Problem } from '../errors';
import { isAtLeast } from '../server-version';
import type { UwsgiApp } from '../topology/uwsgi-app';
import { PCRE2_SINCE } from '../topology/uwsgi-packages';
import { uwsgiDecision } from '../topology/uwsgi-decisions';
import { OPTIONS } from '../uwsgi/option-table';
import { hasPlugin } from '../uwsgi/plugins';
import { loadedPlugins } from './uwsgi-loaded-plugins';

type Passed = UwsgiApp['options'][number];

/** What is passed through although a prop says it, the construct settles it, no container can use it, or no plugin provides it. */
export function uwsgiOptionProblems(app: UwsgiApp): Problem[] {
  const loaded = loadedPlugins(app);
  const found = app.options.flatMap(
    (line) =>
      unreachableStats(line) ??
      decided(line) ??
      unprovided(line, loaded, app) ??
      stopHook(line) ??
      watcher(line, app) ??
      [],
  );
  return [...found, ...asyncWithoutLoop(app), ...withoutRegex(app)].map((problem) => ({
    ...problem,
    construct: app.construct,
  }));
}

/** The loopback of a container is the container alone, and so is a socket that no volume shares. */
function unreachableStats({ name, value }: Passed): Problem | undefined {
  if (!/^stats(?:-server)?$/.test(name)) return undefined;
  const isPath = !value.includes(':');
  if (!isPath && !/^(?:127\.|localhost:|\[::1\])/.test(value)) return undefined;
  const why = isPath ? 'a Unix socket is in' : 'the loopback of a container is';
  return {
    what: `${name} ${value} answers nobody: ${why} the container alone`,
    fix: 'use the prop stats, which answers on every address of the container',
    rule: 'UWS-STATS-LOOPBACK',
  };
}

function decided({ name }: Passed): Problem | undefined {
  const decision = uwsgiDecision(name);
  switch (decision?.by) {
    case undefined:
    case 'pass-through':
      return undefined;
    case 'prop':
      return {
        what: `${name} among options has a prop of its own, which checks it and knows what follows from it`,
        fix: `use the prop ${decision.prop}`,
      };
    case 'settled':
    case 'refused': {
      const where = decision.by === 'settled' ? 'among options' : 'in a container';
      const { why, fix, rule } = decision;
      return { what: `${name} has no place ${where}: ${why}`, fix, ...(rule === undefined ? {} : { rule }) };
    }
  }
}

function unprovided(
  { name }: Passed,
  isLoaded: (plugin: string) => boolean,
  app: UwsgiApp,
): Problem | undefined {
  const plugin = Object.hasOwn(OPTIONS, name) ? OPTIONS[name]?.plugin : undefined;
  if (plugin === undefined || isLoaded(plugin)) return undefined;
  const has = hasPlugin(app.pythonPlugin, plugin);
  return {
    what: `${name} belongs to the plugin ${plugin}, which is not loaded`,
    fix: has
      ? `name it: plugins: ['${plugin}']`
      : `add the plugin to the image and name it: plugins: ['${plugin}']`,
    rule: 'UWS-PLUGIN',
  };
}

const WATCHERS: ReadonlySet<string> = new Set(['fs-reload', 'fs-brutal-reload']);

/** The same as pyAutoreload, by another means. */
function watcher({ name, value }: Passed, { development }: UwsgiApp): Problem | undefined {
  if (development || !WATCHERS.has(name)) return undefined;
  return {
    what: `${name} ${value} reloads the server at every write, its requests with it`,
    fix: 'give development: true, or leave it out; touchReload reloads when a file says so',
    rule: 'UWS-AUTORELOAD',
  };
}

/** Another action for SIGTERM would take the place of the one that lets requests finish. */
function stopHook({ name, value }: Passed): Problem | undefined {
  if (!name.startsWith('hook-master-start') || !/^unix_signal:\s*15\b/.test(value)) return undefined;
  return {
    what: `${name} ${value} takes SIGTERM from the hook that lets requests in flight finish`,
    fix: 'leave it out, or use another signal',
    rule: 'UWS-TERM-GRACE',
  };
}

const LOOPS: ReadonlySet<string> = new Set(['ugreen', 'greenlet', 'loop', 'tornado', 'stackless', 'coroae']);

function isLoop({ name, value }: Passed): boolean {
  return LOOPS.has(name) && !/^(?:false|off|no|0)$/.test(value);
}

/** Seen: uWSGI says DANGER, goes on, and the requests of a worker mix. */
function asyncWithoutLoop({ options, settings }: UwsgiApp): Problem[] {
  const cores = options.find(({ name }) => name === 'async');
  if (cores === undefined || Number(cores.value) <= 1 || options.some(isLoop)) return [];
  const conflict = ['gevent', 'asyncio'].find((name) => Object.hasOwn(settings, name));
  return [
    {
      what:
        conflict === undefined
          ? `async ${cores.value} without a loop engine: requests of one worker would mix`
          : `async ${cores.value} contradicts the prop ${conflict}, which sets it`,
      fix: conflict === undefined ? 'use the prop gevent or asyncio' : 'leave async out',
      rule: 'UWS-ASYNC-LOOP',
    },
  ];
}

/** A uWSGI that the written Dockerfile compiles takes PCRE2 alone; another image may have what it likes. */
function withoutRegex({ image, serverVersion, settings, options }: UwsgiApp): Problem[] {
  if (image.kind !== 'python' || isAtLeast(serverVersion, PCRE2_SINCE)) return [];
  const names = [...Object.keys(settings), ...options.map(({ name }) => name)];
  return names
    .filter((name) => Object.hasOwn(OPTIONS, name) && OPTIONS[name]?.pcre === true)
    .map((name) => ({
      what: `${name} needs regular expressions, which uWSGI ${serverVersion} of AppImage.python is built without`,
      fix: `give serverVersion ${PCRE2_SINCE} or newer, or an image of your own`,
      rule: 'UWS-STRICT',
    }));
}

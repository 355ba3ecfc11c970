import { ConfigError, shown } from '../../errors';
import { hasPlugin } from '../../uwsgi/plugins';
import type { Flavour } from '../../uwsgi/plugins';
import type { UwsgiAppProps } from './uwsgi-app';
import { UwsgiPlugin } from './option';

/**
 * How the Python plugin comes to the server.
 *
 * @throws ConfigError for a plugin of a file in an image whose uWSGI comes from PyPI.
 */
export function pythonPlugin({ plugin, image }: UwsgiAppProps): UwsgiPlugin['_model'] {
  const { pythonPlugin: flavour, pluginName } = (plugin ?? UwsgiPlugin.embedded())._model;
  if (flavour === 'modular' && image._model.kind === 'python') {
    throw new ConfigError({
      what: `plugin UwsgiPlugin.modular(${shown(pluginName)}) with AppImage.python: that image has PyPI's uWSGI, whose Python is built in and which has no such file`,
      fix: "leave plugin out, or give an image with Debian's uWSGI: AppImage.dockerfile or AppImage.registry",
      rule: 'UWS-PLUGIN',
    });
  }
  return { pythonPlugin: flavour, pluginName };
}

interface Need {
  readonly prop: string;
  readonly plugin: string;
}

/**
 * The plugins that the props need, and those that were asked for, each once.
 *
 * @throws ConfigError for a prop whose plugin the build does not have.
 */
export function featurePlugins(props: UwsgiAppProps, flavour: Flavour): string[] {
  const asked = props.plugins ?? [];
  const needs = needsOf(props);
  for (const need of needs) {
    if (!asked.includes(need.plugin)) checkNeed(need, flavour);
  }
  return [...new Set([...needs.map(({ plugin }) => plugin), ...asked])];
}

function needsOf(props: UwsgiAppProps): Need[] {
  const { gevent, asyncio, http, carbon, cheaperAlgo, logger, reqLogger, statsPush } = props;
  const when = (given: boolean, prop: string, ...plugins: string[]): Need[] =>
    given ? plugins.map((plugin) => ({ prop, plugin })) : [];
  return [
    ...when(gevent !== undefined, 'gevent', 'gevent'),
    ...when(asyncio !== undefined, 'asyncio', 'asyncio', 'greenlet'),
    ...when(http === true, 'http', 'http'),
    ...when(carbon !== undefined, 'carbon', 'carbon'),
    ...(cheaperAlgo?._plugin === undefined ? [] : [{ prop: 'cheaperAlgo', plugin: cheaperAlgo._plugin }]),
    ...(logger ?? []).map(({ _plugin }) => ({ prop: 'logger', plugin: _plugin })),
    ...(reqLogger ?? []).map(({ _plugin }) => ({ prop: 'reqLogger', plugin: _plugin })),
    ...(statsPush ?? []).map(({ _plugin }) => ({ prop: 'statsPush', plugin: _plugin })),
  ];
}

function checkNeed({ prop, plugin }: Need, flavour: Flavour): void {
  if (hasPlugin(flavour, plugin)) return;
  const build = flavour === 'embedded' ? "PyPI's uWSGI" : "Debian's uWSGI";
  const other = hasPlugin(flavour === 'embedded' ? 'modular' : 'embedded', plugin);
  throw new ConfigError({
    what: `${prop} needs the plugin ${plugin}, which ${build} does not have`,
    fix: other
      ? `use ${flavour === 'embedded' ? 'UwsgiPlugin.modular() with an image that has it' : 'UwsgiPlugin.embedded()'}, or add it to the image and name it in plugins`
      : 'add it to the image and name it in plugins',
    rule: 'UWS-PLUGIN',
  });
}

import type { UwsgiApp } from '../topology/uwsgi-app';
import { hasPlugin, pluginOfFile } from '../uwsgi/plugins';

type Loading = Pick<UwsgiApp, 'pythonPlugin' | 'pluginName' | 'plugins' | 'options'>;

/** Whether the server has a plugin when it reads its options: built in, loaded for props, or loaded by hand. */
export function loadedPlugins(app: Loading): (plugin: string) => boolean {
  const known = new Set(['core', 'python', ...namedPlugins(app)]);
  return (plugin) => known.has(plugin) || (app.pythonPlugin === 'embedded' && hasPlugin('embedded', plugin));
}

/** Whether something is loaded that no usual build has, so that nobody knows here what it adds. */
export function hasForeignPlugin(app: Loading): boolean {
  const isUsual = (plugin: string): boolean =>
    plugin === 'python' || hasPlugin('embedded', plugin) || hasPlugin('modular', plugin);
  return !namedPlugins(app).every(isUsual) || app.options.some(({ name }) => name === 'dlopen');
}

function namedPlugins({ pluginName, plugins, options }: Loading): string[] {
  const byHand = options
    .filter(({ name }) => name === 'need-plugin' || name === 'need-plugins')
    .flatMap(({ value }) => value.split(',').map((file) => pluginOfFile(file.trim(), pluginName)));
  return [...plugins, ...byHand];
}

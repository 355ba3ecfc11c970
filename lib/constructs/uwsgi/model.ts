import { uwsgiOptionProblems } from '../../checks/uwsgi-options';
import { registeredProblems } from '../../checks/uwsgi-registered';
import { routerProblems } from '../../checks/uwsgi-router';
import { servedCode } from '../../checks/uwsgi-served-code';
import { ConfigError, allOf, named, refuse, shown, together } from '../../errors';
import type { IConstruct } from '../../docker/cdktf';
import { DEFAULT_RELEASES } from '../../server-version';
import { uwsgiOptions } from '../../topology/render/uwsgi-options';
import type { UwsgiApp as UwsgiAppModel } from '../../topology/uwsgi-app';
import { checkValue } from '../../uwsgi/render';
import { optionProblems } from '../../uwsgi/validate';
import { appBase, placeOf } from '../app/app-model';
import { item, wholeMebibytes } from '../checked/values';
import { UwsgiProtocol } from '../app/protocol';
import { given } from '../app/model-members';
import { checkedPort } from '../app/transport';
import type { UwsgiAppProps } from './uwsgi-app';
import { checkCombinations } from './combinations';
import { boundedSeconds } from './conversion';
import { sizedNumbers } from './numbers';
import { featurePlugins, pythonPlugin } from './feature-plugins';
import type { UwsgiOption } from './option';
import { uwsgiSettings } from './settings';
import { checkWritable } from './writable';

/** The model of a uWSGI application; every check that needs only its own props is made here. */
export function modelOf(construct: IConstruct, props: UwsgiAppProps): UwsgiAppModel {
  const at = placeOf(construct, {
    serverVersion: props.serverVersion ?? DEFAULT_RELEASES.uWSGI,
    protocol: props.protocol ?? UwsgiProtocol.UWSGI,
  });
  const [base] = together(
    () => appBase(props, at),
    () => {
      checkCombinations(props, at.serverVersion);
    },
  );
  const numbers = sizedNumbers(props, base);
  const [settings, options] = together(
    () => uwsgiSettings(props, numbers),
    () => allOf(props.options ?? [], passedThrough),
    () => {
      checkWritable(props, base);
    },
  );
  const plugin = pythonPlugin(props);
  const model: UwsgiAppModel = {
    ...base,
    server: 'uwsgi',
    ...plugin,
    plugins: featurePlugins(props, plugin.pythonPlugin),
    ...switches(props, numbers.processes),
    ...numbers,
    ...buffersOf(props),
    ...recycling(props),
    ...statsOf(props),
    staticMaps: staticMaps(props.staticMaps ?? {}),
    http: props.http ?? false,
    settings,
    options,
  };
  checkFile(model);
  return model;
}

/** Whatever uWSGI of the declared release would refuse or take for something else, and what no container can use. */
function checkFile(model: UwsgiAppModel): void {
  // First what has no place there, whatever its value is.
  refuse(uwsgiOptionProblems(model));
  refuse([
    ...optionProblems(uwsgiOptions(model), model.serverVersion),
    ...servedCode(model),
    ...routerProblems(model),
    ...registeredProblems(model),
  ]);
}

/** What no line of the file can hold is told by its place; what the rest of the file makes of it, by the option. */
function passedThrough({ _model: model }: UwsgiOption, at: number): UwsgiAppModel['options'][number] {
  const { name, value } = model;
  named(`${item('options', at)}: ${name}`, () => {
    checkValue(name, value);
  });
  return model;
}

function switches(props: UwsgiAppProps, processes: number) {
  return {
    autoProcname: props.autoProcname ?? true,
    enableThreads: props.enableThreads ?? true,
    master: checkedMaster(props.master ?? true),
    thunderLock: props.thunderLock ?? processes > 1,
    lazyApps: props.lazyApps ?? false,
    singleInterpreter: props.singleInterpreter ?? true,
    needApp: props.needApp ?? true,
    strict: props.strict ?? true,
    vacuum: props.vacuum ?? true,
  };
}

function checkedMaster(master: boolean): boolean {
  if (!master) {
    throw new ConfigError({
      what: 'master false: nothing would start a dead worker again, and harakiri would end the container',
      fix: 'leave master out',
      rule: 'UWS-MASTER',
    });
  }
  return master;
}

function buffersOf(props: UwsgiAppProps): Pick<UwsgiAppModel, 'bufferSizeBytes' | 'postBufferingBytes'> {
  return {
    bufferSizeBytes: checkedBuffer(props.bufferSize?.toBytes() ?? 65_535),
    postBufferingBytes: props.postBuffering?.toBytes() ?? 8192,
  };
}

function recycling(props: UwsgiAppProps) {
  return {
    ...given('minWorkerLifetimeSeconds', boundedSeconds('minWorkerLifetime', props.minWorkerLifetime)),
    ...given('reloadOnAsMebibytes', wholeMebibytes('reloadOnAs', props.reloadOnAs)),
    ...given('evilReloadOnAsMebibytes', wholeMebibytes('evilReloadOnAs', props.evilReloadOnAs)),
    ...given('evilReloadOnRssMebibytes', wholeMebibytes('evilReloadOnRss', props.evilReloadOnRss)),
  };
}

function statsOf({ stats, statsHttp, listeners, transport }: UwsgiAppProps): Pick<UwsgiAppModel, 'stats'> {
  if (stats === undefined) return {};
  const taken = [...(listeners ?? []).map((each) => each._model.port)];
  const model = transport?._model;
  if (model?.kind === 'tcp') taken.push(model.port);
  if (taken.includes(stats)) {
    throw new ConfigError({
      what: `stats ${String(stats)} is the port of another socket of the application`,
      fix: 'give the stats server a port of its own',
    });
  }
  return { stats: { port: checkedPort(`stats ${String(stats)}`, stats), http: statsHttp ?? false } };
}

function staticMaps(maps: Readonly<Record<string, string>>): UwsgiAppModel['staticMaps'] {
  return Object.entries(maps).map(([path, directory]) => {
    if (!path.startsWith('/') || path.includes('=') || !directory.startsWith('/')) {
      throw new ConfigError({
        what: `staticMaps ${shown(path)} to ${shown(directory)} is not a URL prefix and an absolute directory`,
        fix: "give both with a '/' first and no '=' in the prefix, such as { '/static': '/app/static' }",
      });
    }
    return { path, directory };
  });
}

/** Fewer bytes than the head of a plain request has: uWSGI would read none (seen). */
const LEAST_BUFFER = 1024;

function checkedBuffer(bytes: number): number {
  if (bytes < LEAST_BUFFER) {
    throw new ConfigError({
      what: `bufferSize of ${String(bytes)} bytes holds no request: uWSGI would answer none`,
      fix: `give Size.bytes(${String(LEAST_BUFFER)}) or more; uWSGI's own is Size.kibibytes(4)`,
      rule: 'UWS-INT',
    });
  }
  if (bytes > 65_535) {
    throw new ConfigError({
      what: `bufferSize of ${String(bytes)} bytes: uWSGI would clamp it to 65535 without a word`,
      fix: 'give Size.bytes(65535) or less',
      rule: 'UWS-BUFFER-MAX',
    });
  }
  return bytes;
}

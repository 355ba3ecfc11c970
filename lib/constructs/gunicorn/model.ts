import type { IConstruct } from '../../docker/cdktf';
import { ConfigError, allOf, refuse, shown, together } from '../../errors';
import { settingProblem, settingProblems } from '../../gunicorn/validate';
import type { GunicornApp as GunicornAppModel } from '../../topology/gunicorn-app';
import { passedThroughProblems } from '../../topology/gunicorn-decisions';
import { gunicornFile } from '../../topology/render/gunicorn-settings';
import { appBase, placeOf } from '../app/app-model';
import { item, wholeSeconds } from '../checked/values';
import type { GunicornAppProps } from './gunicorn-app';
import { classOf } from './combination';
import { DEFAULT_RELEASES } from '../../server-version';
import { checkCombinations } from './combinations';
import { hooksOf } from './hook-props';
import { GunicornLogLevel } from './logging-props';
import { namedSettings } from './named-settings';
import { sizedNumbers } from './numbers';
import { checkWritable } from './writable';
import { GunicornProtocol } from '../app/protocol';

/** The model of a gunicorn application; every check that needs only its own props is made here. */
export function modelOf(construct: IConstruct, props: GunicornAppProps): GunicornAppModel {
  const at = placeOf(construct, {
    serverVersion: props.serverVersion ?? DEFAULT_RELEASES.gunicorn,
    protocol: props.protocol ?? GunicornProtocol.HTTP,
  });
  const [base] = together(
    () => appBase(props, at),
    () =>
      allOf([checkModule, checkCombinations], (check) => {
        check(props);
      }),
  );
  const [numbers, named, hooks] = together(
    () => sizedNumbers(props, base),
    () => namedSettings(props, at.serverVersion),
    () => hooksOf(props, at.serverVersion),
    () => {
      checkWritable(props, base);
    },
  );
  const model: GunicornAppModel = {
    ...base,
    server: 'gunicorn',
    ...numbers,
    workerClass: classOf(props),
    keepaliveSeconds: keepaliveOf(props),
    preloadApp: props.preloadApp ?? false,
    ...logs(props),
    ...trusted(props, at.serverVersion),
    named,
    hooks,
    settings: { ...props.settings },
  };
  checkFile(model);
  return model;
}

/** Longer than nginx keeps its side; in uWSGI's protocol nginx keeps none. */
function keepaliveOf({ keepalive, protocol }: GunicornAppProps): number {
  return wholeSeconds('keepalive', keepalive) ?? (protocol === GunicornProtocol.UWSGI ? 0 : 75);
}

/** nginx has the access log of what goes through it. */
function logs(props: GunicornAppProps): Pick<GunicornAppModel, 'loglevel' | 'accesslog' | 'errorlog'> {
  const accesslog = props.accesslog ?? (props.listeners === undefined ? undefined : '-');
  return {
    loglevel: props.loglevel ?? GunicornLogLevel.INFO,
    ...(accesslog === undefined ? {} : { accesslog }),
    errorlog: props.errorlog ?? '-',
  };
}

function trusted(
  { forwardedAllowIps }: GunicornAppProps,
  version: string,
): Pick<GunicornAppModel, 'forwardedAllowIps'> {
  forwardedAllowIps?.forEach((value, at) => {
    const label = item('forwardedAllowIps', at);
    const problem = settingProblem({ name: 'forwarded_allow_ips', value }, version, label);
    if (problem !== undefined) throw new ConfigError(problem);
  });
  return forwardedAllowIps === undefined ? {} : { forwardedAllowIps: [...forwardedAllowIps] };
}

/** Whatever gunicorn of the declared release would refuse, or skip without a word. */
function checkFile(model: GunicornAppModel): void {
  // First what has no place there, whatever its value is.
  refuse(passedThroughProblems(model.settings));
  refuse(settingProblems(gunicornFile(model), model.serverVersion));
}

/** gunicorn imports a module and speaks one protocol on every socket. */
function checkModule({ module, protocol, listeners }: GunicornAppProps): void {
  const model = module._model;
  if (model.kind === 'file' && !/^(?:[A-Za-z_]\w*\/)*[A-Za-z_]\w*\.py$/.test(model.file)) {
    throw new ConfigError({
      what: `WsgiModule.file(${shown(model.file)}, …): gunicorn imports a module, and that is not the file of one`,
      fix: "use Python names for the file and its directories, such as 'shop/wsgi.py'",
    });
  }
  if (protocol === GunicornProtocol.UWSGI && (listeners ?? []).length > 0) {
    throw new ConfigError({
      what: 'protocol UWSGI with listeners: gunicorn speaks one protocol on all its sockets, and clients of a listener speak HTTP',
      fix: 'leave protocol out, or the listeners',
      rule: 'XT-PROTO',
    });
  }
}

import { ConfigError } from '../../errors';
import type { UwsgiApp } from '../../topology/uwsgi-app';
import type { AppProps } from '../app/app-props';
import { wholeSeconds } from '../checked/values';
import type { Conversions, UwsgiSettings } from './conversion';
import { settingsOf } from './conversion';
import type { UwsgiAppProps } from './uwsgi-app';
import { UWSGI_ASYNC_OPTIONS } from './async-props';
import { UWSGI_BACKGROUND_OPTIONS } from './background-props';
import { UWSGI_BUFFER_OPTIONS } from './buffer-props';
import { UWSGI_CHEAPER_OPTIONS } from './cheaper-props';
import { UWSGI_HOOK_OPTIONS } from './hook-props';
import { UWSGI_HTTP_ROUTER_OPTIONS } from './http-router-props';
import { UWSGI_LOGGING_OPTIONS } from './logging-props';
import { UWSGI_OPERATION_OPTIONS } from './operation-props';
import { UWSGI_PROCESS_OPTIONS } from './process-props';
import { UWSGI_PYTHON_OPTIONS } from './python-props';
import { UWSGI_RECYCLING_OPTIONS } from './recycling-props';
import { UWSGI_STATIC_OPTIONS } from './static-props';
import { UWSGI_STATS_OPTIONS } from './stats-props';
import { UWSGI_TIMEOUT_OPTIONS } from './timeout-props';

/** The props that are uWSGI's own: those of every application, and those that say which uWSGI it is, left out. */
export type UwsgiOptionProps = Omit<
  UwsgiAppProps,
  keyof AppProps | 'serverVersion' | 'plugin' | 'protocol' | 'options'
>;

/** Every prop that becomes options, group by group in the order of the manual; one without a row does not compile. */
export const UWSGI_OPTION_TABLE: Conversions<UwsgiOptionProps> = {
  ...UWSGI_PROCESS_OPTIONS,
  ...UWSGI_PYTHON_OPTIONS,
  ...UWSGI_ASYNC_OPTIONS,
  ...UWSGI_TIMEOUT_OPTIONS,
  ...UWSGI_RECYCLING_OPTIONS,
  ...UWSGI_CHEAPER_OPTIONS,
  ...UWSGI_BUFFER_OPTIONS,
  ...UWSGI_LOGGING_OPTIONS,
  ...UWSGI_STATS_OPTIONS,
  ...UWSGI_STATIC_OPTIONS,
  ...UWSGI_HTTP_ROUTER_OPTIONS,
  ...UWSGI_BACKGROUND_OPTIONS,
  ...UWSGI_HOOK_OPTIONS,
  ...UWSGI_OPERATION_OPTIONS,
};

/** nginx has the access log; what went wrong is logged here as well. */
const QUIET = { disableLogging: true, log4xx: true, log5xx: true };

/** The options that the props became, and those of our own defaults. */
export function uwsgiSettings(props: UwsgiAppProps, numbers: Decided): UwsgiSettings {
  return {
    ...settingsOf(UWSGI_OPTION_TABLE, { ...QUIET, ...props }),
    ...implied(props, numbers.reloadMercySeconds),
    ...measured(props, numbers.reloadOnRssMebibytes),
  };
}

/** Numbers of the model that an option follows from. */
type Decided = Pick<UwsgiApp, 'reloadMercySeconds' | 'reloadOnRssMebibytes'>;

/** What a prop wants that was not said. */
function implied(props: UwsgiAppProps, reloadMercySeconds: number): UwsgiSettings {
  const { gevent, geventMonkeyPatch, mountApps, manageScriptName, mule, mules, muleReloadMercy } = props;
  const mercy = wholeSeconds('muleReloadMercy', muleReloadMercy) ?? reloadMercySeconds;
  return {
    ...(gevent === undefined ? {} : { 'gevent-monkey-patch': geventMonkeyPatch ?? true }),
    ...(mountApps === undefined ? {} : { 'manage-script-name': manageScriptName ?? true }),
    ...(mule === undefined && mules === undefined ? {} : { 'mule-reload-mercy': mercy }),
  };
}

/** A limit of memory needs workers that are measured: uWSGI does not start otherwise (seen), and any limit of one worker makes it. */
function measured(props: UwsgiAppProps, reloadOnRss: number | undefined): UwsgiSettings {
  const { cheaperRssLimitSoft, memoryReport, reloadOnAs, evilReloadOnAs, evilReloadOnRss } = props;
  const limits = [reloadOnRss, reloadOnAs, evilReloadOnAs, evilReloadOnRss];
  if (cheaperRssLimitSoft === undefined || limits.some((limit) => limit !== undefined)) return {};
  if (memoryReport === false) {
    throw new ConfigError({
      what: 'cheaperRssLimitSoft with memoryReport false: uWSGI would not know the memory of its workers, and not start',
      fix: 'leave memoryReport out, or give reloadOnRss or memory, which have workers measured without a report',
      rule: 'UWS-CHEAPER',
    });
  }
  return { 'memory-report': true };
}

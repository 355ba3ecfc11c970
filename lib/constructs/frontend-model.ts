import { isIP } from 'node:net';
import { ConfigError, shown } from '../errors';
import { nginxWorkers } from '../topology/derive/workers';
import type { Frontend } from '../topology/frontend';
import { Duration } from '../values/duration';
import { Size } from '../values/size';
import { checkedId, hardening, limits } from './app-model';
import { givenCount, wholeNumber } from './checked';
import { Gate } from './gate';
import { Listener } from './listener';
import { Logging } from './logging';
import type { NginxFrontendProps } from './nginx-frontend-props';
import { NginxImage } from './nginx-image';
import { textOf } from './text';

/** The model of a frontend, but for what is added to it. */
export function frontendModel(
  id: string,
  construct: string,
  props: NginxFrontendProps,
): Omit<Frontend, 'servers' | 'directives'> {
  const uid = checkedId('uid', props.uid ?? 101);
  const listeners = props.listeners ?? [Listener.http(8080, { address: '127.0.0.1' })];
  return {
    id,
    construct,
    ...(props.image ?? NginxImage.official('1.28.0'))._model,
    uid,
    gid: checkedId('gid', props.gid ?? uid),
    gate: (props.gate ?? Gate.container())._isContainer,
    listeners: checkedListeners(listeners).map((listener) => listener._model),
    ...settings(props),
    ...limits(props),
    networks: (props.networks ?? []).map(textOf),
    restart: props.restart ?? 'unless-stopped',
    logging: (props.logging ?? Logging.jsonFile())._model,
    labels: { ...props.labels },
    hardening: hardening(props),
  };
}

function settings(props: NginxFrontendProps) {
  return {
    workerProcesses: wholeNumber('workerProcesses', props.workerProcesses ?? nginxWorkers(props.cpus)),
    workerConnections: wholeNumber('workerConnections', props.workerConnections ?? 1024),
    keepaliveTimeoutMs: (props.keepaliveTimeout ?? Duration.seconds(65)).toMilliseconds(),
    ...givenCount('keepaliveRequests', props.keepaliveRequests),
    resolver: checkedResolver(props.resolver ?? '127.0.0.11'),
    shutdownTimeoutSeconds: (props.workerShutdownTimeout ?? Duration.seconds(30)).toSeconds(),
    clientMaxBodySizeBytes: (props.clientMaxBodySize ?? Size.mebibytes(1)).toBytes(),
    ...(props.charset === undefined ? {} : { charset: props.charset }),
  };
}

function checkedListeners(listeners: Listener[]): Listener[] {
  if (listeners.length === 0) {
    throw new ConfigError({
      what: 'listeners is empty: nobody could connect',
      fix: 'give one, such as Listener.http(80), or leave listeners out for port 8080 on loopback',
    });
  }
  return listeners;
}

/** A name would have to be resolved before there is a resolver. */
function checkedResolver(resolver: string): string {
  const [, address = ''] = /^\[?([0-9A-Fa-f.:]+?)\]?(?::\d+)?$/.exec(resolver) ?? [];
  if (isIP(address) === 0 && isIP(resolver) === 0) {
    throw new ConfigError({
      what: `resolver ${shown(resolver)} is not an IP address`,
      fix: "give the address of a DNS server, such as '10.0.0.2' or '10.0.0.2:53'",
    });
  }
  return isIP(resolver) === 6 ? `[${resolver}]` : resolver;
}

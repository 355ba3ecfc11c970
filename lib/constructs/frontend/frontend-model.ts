import { isIP } from 'node:net';
import { ConfigError, shown } from '../../errors';
import { isAtLeast } from '../../server-version';
import type { DockerHost } from '../../topology/docker-host';
import type { Frontend } from '../../topology/frontend';
import { Duration } from '../../values/duration';
import { Size } from '../../values/size';
import { givenCount, wholeSeconds } from '../checked/values';
import { checkedLabels, checkedNetworks, hardening, limits } from '../checked/container';
import { checkedId } from '../checked/user';
import { HealthCheck } from '../app/health-check';
import { AccessLog } from './access-log';
import { Gate } from './gate';
import { Listener } from './listener';
import { Logging } from '../container/logging';
import type { NginxFrontendProps } from './nginx-frontend-props';
import { NginxImage } from './nginx-image';
import { MEBIBYTE } from '../../values/mebibyte';
import { workerNumbers } from './worker-numbers';

/** What is added to a frontend after its construction. */
type Added = 'servers' | 'upstreams' | 'policies' | 'directives' | 'eventsDirectives' | 'mainDirectives';

export type FrontendSettings = Omit<Frontend, Added>;

/** The model of a frontend, but for what is added to it. */
export function frontendModel(
  id: string,
  construct: string,
  props: NginxFrontendProps,
  host: DockerHost,
): FrontendSettings {
  const uid = checkedId('uid', props.uid ?? 101);
  const image = (props.image ?? NginxImage.official('1.28.0'))._model;
  const gate = (props.gate ?? Gate.container())._isContainer;
  checkRelease(image.version, gate);
  const listeners = props.listeners ?? [Listener.http(8080, { address: '127.0.0.1' })];
  const models = checkedListeners(listeners).map((listener) => listener._model);
  return {
    id,
    construct,
    ...image,
    uid,
    gid: checkedId('gid', props.gid ?? uid),
    gate,
    listeners: models,
    ...workerNumbers(props, models),
    ...settings(props),
    ...limits(props),
    networks: checkedNetworks(props.networks ?? []),
    health: checkedHealth(props.healthCheck ?? HealthCheck.connect()),
    restart: props.restart ?? 'unless-stopped',
    logging: props.logging?._model ?? host.logging ?? Logging.jsonFile()._model,
    labels: checkedLabels(props.labels ?? {}),
    hardening: hardening(props),
  };
}

function settings(props: NginxFrontendProps) {
  return {
    keepaliveTimeoutMs: (props.keepaliveTimeout ?? Duration.seconds(65)).toMilliseconds(),
    ...givenCount('keepaliveRequests', props.keepaliveRequests),
    ...(props.resolver === undefined ? {} : { resolver: checkedResolver(props.resolver) }),
    shutdownTimeoutSeconds: checkedShutdown(props.workerShutdownTimeout ?? Duration.seconds(30)),
    clientMaxBodySizeBytes: checkedBodySize(props.clientMaxBodySize ?? Size.mebibytes(1)),
    accessLog: (props.accessLog ?? AccessLog.combined())._model,
    ...(props.charset === undefined ? {} : { charset: checkedCharset(props.charset) }),
    ...(props.scratchSize === undefined ? {} : { scratchBytes: checkedScratch(props.scratchSize) }),
  };
}

/** Seen: with 0 nginx waits for its requests without an end. It takes whatever else a `Duration` can hold (seen). */
function checkedShutdown(timeout: Duration): number {
  const seconds = wholeSeconds('workerShutdownTimeout', timeout);
  if (seconds > 0) return seconds;
  throw new ConfigError({
    what: 'workerShutdownTimeout of 0 is no limit to nginx: old workers would stay as long as their requests do',
    fix: 'give Duration.seconds(1) or more, or leave it out',
  });
}

/** First release that the directive table describes. */
const OLDEST_RELEASE = '1.14.0';

/** First release with `$proxy_protocol_server_port`, by which an nginx behind the gate knows its public port. */
const GATE_RELEASE = '1.17.6';

function checkRelease(version: string, gate: boolean): void {
  const oldest = gate ? GATE_RELEASE : OLDEST_RELEASE;
  if (isAtLeast(version, oldest)) return;
  throw new ConfigError({
    what: `nginx ${version} is too old${gate ? ' to stand behind a gate' : ''}: ${oldest} is the oldest`,
    fix: gate ? 'use a newer image, or gate: Gate.none()' : 'use a newer image',
  });
}

/**
 * A limit of request bodies: 0 would be none, and the tmpfs in which nginx keeps them has an end.
 *
 * @throws ConfigError for 0.
 */
export function checkedBodySize(size: Size): number {
  if (size.toBytes() === 0) {
    throw new ConfigError({
      what: 'clientMaxBodySize 0 lets every body in, and no tmpfs could hold them',
      fix: 'give the largest that is meant, such as Size.mebibytes(100)',
      rule: 'NGX-BODY-UNLIMITED',
    });
  }
  return size.toBytes();
}

/**
 * A charset's name.
 *
 * @throws ConfigError for what is none.
 */
export function checkedCharset(charset: string): string {
  if (!/^[A-Za-z0-9_.:-]+$/.test(charset)) {
    throw new ConfigError({
      what: `charset ${shown(charset)} is not the name of a charset`,
      fix: "give one such as 'utf-8', or 'off'",
    });
  }
  return charset;
}

/** The whole nginx has one process to look at; what a location answers is its backend's business. */
function checkedHealth({ _model: model }: HealthCheck): Frontend['health'] {
  if (model.path === undefined) return model;
  throw new ConfigError({
    what: `healthCheck asks for ${shown(model.path)}: what an application answers there must not take nginx out of service`,
    fix: 'give HealthCheck.connect(…) here, and HealthCheck.http(path) to the application',
  });
}

/** Less than this, and nginx's pid file and the probe's marker hardly fit; 0 would be no limit at all. */
const LEAST_SCRATCH_BYTES = MEBIBYTE;

function checkedScratch(size: Size): number {
  if (size.toBytes() < LEAST_SCRATCH_BYTES) {
    throw new ConfigError({
      what: `scratchSize of ${String(size.toBytes())} bytes is no room for temporary files`,
      fix: 'give Size.mebibytes(1) or more',
    });
  }
  return size.toBytes();
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

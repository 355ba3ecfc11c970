import { ConfigError, allOf, shown } from '../../errors';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { isNetwork } from '../../nginx/networks';
import { nginxSize } from '../../topology/render/nginx-values';
import { hasHostBits } from '../../values/host-bits';
import { Size } from '../../values/size';
import { item } from '../checked/values';
import { RateLimitKey } from './rate-limit-key';

/** What rate and connection limits have in common. */
export interface LimitOptions {
  /**
   * What it counts by.
   *
   * @default RateLimitKey.clientAddress()
   */
  readonly key?: RateLimitKey;
  /**
   * Networks and addresses of clients that are not limited.
   *
   * @default - none
   */
  readonly exempt?: string[];
  /**
   * Memory for what it has counted: 1 MiB holds about 16,000 addresses (nginx). When it is full, the oldest are forgotten.
   *
   * @default Size.mebibytes(10)
   */
  readonly zoneSize?: Size;
  /**
   * Status of what is refused (`limit_req_status`, `limit_conn_status`): 400 to 599.
   *
   * @default 429 (this library's; nginx answers 503, as if it were down)
   */
  readonly rejectCode?: number;
  /**
   * Whether it only writes to the error log what it would have refused (nginx 1.17.1, and 1.17.6 for connections).
   *
   * @default false (nginx)
   */
  readonly dryRun?: boolean;
}

/** The zone that a limit counts in, and what its key is read from. */
export function zoneDirectives(
  declares: 'limit_req_zone' | 'limit_conn_zone',
  name: string,
  { key = RateLimitKey.clientAddress(), exempt = [], zoneSize = Size.mebibytes(10) }: LimitOptions,
  ...more: readonly string[]
): NginxDirective[] {
  const zone = `zone=${name}:${nginxSize(zoneSize.toBytes())}`;
  if (exempt.length === 0) return [directive(declares, key._argument, zone, ...more)];
  const [isExempt, counted] = [`${name}_exempt`, `${name}_key`];
  return [
    block(
      'geo',
      [[{ variable: isExempt }]],
      [directive('default', '0'), ...[...new Set(exempt)].map((net) => directive(net, '1'))],
    ),
    block(
      'map',
      [[{ variable: isExempt }], [{ variable: counted }]],
      [directive('0', key._argument), directive('1', '')],
    ),
    directive(declares, [{ variable: counted }], zone, ...more),
  ];
}

/** @throws ConfigError that names the option, for each that nginx would not take. */
export function checkLimit({ exempt = [], zoneSize, rejectCode }: LimitOptions): void {
  checkedNetworks('exempt', exempt);
  if (zoneSize !== undefined && zoneSize.toBytes() < LEAST_ZONE_BYTES) {
    throw new ConfigError({
      what: `zoneSize of ${String(zoneSize.toBytes())} bytes is no zone to nginx`,
      fix: 'give Size.kibibytes(32) or more',
      rule: 'NGX-LIMIT-ZONE',
    });
  }
  if (rejectCode === undefined || (Number.isInteger(rejectCode) && rejectCode >= 400 && rejectCode <= 599))
    return;
  throw new ConfigError({
    what: `rejectCode ${shown(rejectCode)} is no status of a refusal`,
    fix: 'give 400 to 599, such as 429',
  });
}

/** Eight pages of memory (`ngx_http_limit_req_zone`). */
const LEAST_ZONE_BYTES = 8 * 4096;

/** @throws ConfigError for each that is no address or network. */
export function checkedNetworks(option: string, networks: readonly string[]): void {
  allOf(networks, (network, at) => {
    checkNetwork(item(option, at), network);
  });
}

function checkNetwork(option: string, network: string): void {
  if (!isNetwork(network)) {
    throw new ConfigError({
      what: `${option} ${shown(network)} is neither an address nor a network`,
      fix: "give one such as '192.0.2.7' or '10.0.0.0/8'",
    });
  }
  const [address = '', length] = network.split('/');
  if (length === undefined || !hasHostBits(address, Number(length))) return;
  throw new ConfigError({
    what: `${option} ${shown(network)} names a host and a network: nginx would take the whole network`,
    fix: `give ${shown(address)} for the host alone, or the first address of the network`,
  });
}

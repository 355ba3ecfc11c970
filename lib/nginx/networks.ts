import { isIPv6 } from 'node:net';
import type { NginxDirective } from './directive';
import { wordsOf } from './words';

/** True for an address or a network as nginx reads one (`ngx_ptocidr`): numbers of IPv4 may have zeros in front (seen). */
export function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d+))?$/.exec(text) ?? [];
  const four = isFour(address);
  if (!four && (!isIPv6(address) || address.includes('%'))) return false;
  return Number(bits ?? 0) <= (four ? 32 : 128);
}

function isFour(address: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255);
}

/** True for two addresses of IPv4, the smaller one first, as a `geo` with `ranges` has them. */
export function isRange(text: string): boolean {
  const ends = text.split('-');
  const [first, last] = ends.map((end) => end.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
  return ends.length === 2 && ends.every(isFour) && (first ?? 0) <= (last ?? 0);
}

const NETWORK = "an address or a network, such as '10.0.0.0/8' or 'fd00::/8'";

/** What `allow` and `deny` take instead; undefined when they take it. */
export function accessInstead(node: NginxDirective): string | undefined {
  const [word = ''] = wordsOf(node);
  if (word === 'all' || word === 'unix:' || isNetwork(word)) return undefined;
  return `${NETWORK}, 'unix:' or 'all'`;
}

/** The same of directives that look a name up: only what cannot be one. */
export function proxyInstead(node: NginxDirective): string | undefined {
  const [word = ''] = wordsOf(node);
  return !word.includes('/') || isNetwork(word) ? undefined : `${NETWORK}, or 'unix:'`;
}

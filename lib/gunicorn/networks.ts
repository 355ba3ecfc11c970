import { isIP } from 'node:net';
import { isAtLeast } from '../server-version';
import { hasHostBits } from '../values/host-bits';

/** Release from which gunicorn reads addresses as networks; before, it compares them as text. */
export const NETWORKS_SINCE = '23.0.0';

/** What is wrong with one entry of a list of peers, in a few words; undefined when gunicorn of that version takes and uses it. */
export function peerMistake(entry: string, version: string): string | undefined {
  if (entry === '*') return undefined;
  const [address = '', length, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return 'is neither an address nor a network';
  if (length === undefined) return undefined;
  const bits = family === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return 'is neither an address nor a network';
  if (!isAtLeast(version, NETWORKS_SINCE)) {
    return `is a network, which gunicorn before ${NETWORKS_SINCE} compares as text and never finds`;
  }
  return hasHostBits(address, Number(length))
    ? 'has bits set beyond its prefix, which stops the start'
    : undefined;
}

import { isIP } from 'node:net';
import { isAtLeast } from '../server-version';

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
  const hostBits = BigInt(bits - Number(length));
  const hasHostBits = (numberOf(address, family) & ((1n << hostBits) - 1n)) !== 0n;
  return hasHostBits ? 'has bits set beyond its prefix, which stops the start' : undefined;
}

function numberOf(address: string, family: number): bigint {
  return family === 4 ? fromParts(address.split('.').map(Number), 8n) : fromParts(groupsOf(address), 16n);
}

function fromParts(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((total, part) => (total << bits) | BigInt(part), 0n);
}

/** The eight groups of an IPv6 address, `::` and a dotted end filled in. */
function groupsOf(address: string): number[] {
  const hexadecimal = address.replace(/\d+\.\d+\.\d+\.\d+$/, (dotted) => {
    const value = fromParts(dotted.split('.').map(Number), 8n);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [before = '', after] = hexadecimal.split('::');
  const head = groups(before);
  const tail = groups(after ?? '');
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

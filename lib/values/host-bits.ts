import { isIPv4 } from 'node:net';

/**
 * True for a network whose address has bits set beyond its prefix, such as `10.0.0.5/8`: a host was meant, or another prefix.
 *
 * @param address A valid address of IPv4 or IPv6.
 * @param length Bits of its prefix, no more than it has.
 */
export function hasHostBits(address: string, length: number): boolean {
  const [number, bits] = isIPv4(address) ? [dotted(address), 32] : [fromParts(groupsOf(address), 16n), 128];
  return (number & ((1n << BigInt(bits - length)) - 1n)) !== 0n;
}

function dotted(address: string): bigint {
  return fromParts(address.split('.').map(Number), 8n);
}

function fromParts(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((total, part) => (total << bits) | BigInt(part), 0n);
}

/** The eight groups of an IPv6 address, `::` and a dotted end filled in. */
function groupsOf(address: string): number[] {
  const hexadecimal = address.replace(/\d+\.\d+\.\d+\.\d+$/, (four) => {
    const value = dotted(four);
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

import { createSocket } from 'node:dgram';

/** A DNS server on loopback that answers every question for an address with what `addressOf` says; without one the name is unknown. */
export async function withDns<T>(
  addressOf: () => string | undefined,
  body: (port: number) => Promise<T>,
): Promise<T> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    socket.send(answer(query, addressOf()), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  try {
    return await body(socket.address().port);
  } finally {
    socket.close();
  }
}

/** The question again, and one record of type A that holds for a second (RFC 1035). */
function answer(query: Buffer, address: string | undefined): Buffer {
  const known = address !== undefined;
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(known ? 1 : 0, 6);
  const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...(address ?? '').split('.').map(Number)];
  return Buffer.concat([head, query.subarray(12), Buffer.from(known ? record : [])]);
}

import { ConfigError } from '../../errors';
import type { Protocol } from '../../topology/app';
import type { Member, MemberAddress } from '../../topology/frontend';
import type { BackendMember } from './backend';
import { wholeNumber, wholeSeconds } from '../checked/values';
import { checkedName } from '../checked/address';
import { anyId } from '../checked/user';
import { checkedHostSocket } from './host-socket';
import { checkedPort } from '../app/transport';

/**
 * One server of a backend, in the topology's words.
 *
 * @param where Where it stands, for the message, such as `members[0]`.
 * @throws ConfigError that names the value, for what nginx could not dial or would not start with.
 */
export function memberModel(where: string, member: BackendMember, protocol: Protocol): Member {
  const { weight, backup, maxFails, failTimeout } = member;
  return {
    address: addressOf(where, member, protocol),
    ...(weight === undefined ? {} : { weight: wholeNumber(`${where}.weight`, weight) }),
    ...(backup === undefined ? {} : { backup }),
    ...(maxFails === undefined ? {} : { maxFails: wholeNumber(`${where}.maxFails`, maxFails, 0) }),
    ...(failTimeout === undefined
      ? {}
      : { failTimeoutMs: wholeSeconds(`${where}.failTimeout`, failTimeout) * 1000 }),
  };
}

function addressOf(
  where: string,
  { app, slot, host, port, socketPath, socketGid }: BackendMember,
  protocol: Protocol,
): MemberAddress {
  if (app !== undefined && slot !== undefined) {
    return { kind: 'slot', app, slot: wholeNumber(`${where}.slot`, slot, 0), protocol };
  }
  if (socketPath !== undefined) {
    const path = checkedHostSocket(`${where}.socketPath`, socketPath);
    const gid = socketGid === undefined ? {} : { gid: anyId(`${where}.socketGid`, socketGid) };
    return { kind: 'socket', path, ...gid };
  }
  if (host === undefined || port === undefined) {
    throw new ConfigError({
      what: `${where} has no address`,
      fix: 'give host and port, or socketPath, or app and slot for a replica of an application of this stack',
    });
  }
  const at = { host: checkedName(`${where}.host`, host), port: checkedPort(`${where}.port`, port) };
  return app === undefined ? { kind: 'host', ...at } : { kind: 'alias', app, ...at };
}

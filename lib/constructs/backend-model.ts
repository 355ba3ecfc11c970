import { ConfigError, shown } from '../errors';
import type { Backend, Member, MemberAddress } from '../topology/frontend';
import type { BackendMember, BackendProtocol, IBackend } from './backend';
import { wholeSeconds } from './whole-seconds';

/** A backend as it stands now, in the topology's words. */
export function modelOfBackend(backend: IBackend): Backend {
  const { name, protocol, members, requestTimeout, balance, keepalive } = backend.bindBackend();
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) {
    throw new ConfigError({
      what: `${shown(name)} cannot name an upstream`,
      fix: "use letters, digits, '_', '.' and '-'",
    });
  }
  if (members.length === 0)
    throw new ConfigError({ what: `backend ${shown(name)} has no members`, fix: 'give it at least one' });
  const apps = members.flatMap((member) => (member.app === undefined ? [] : [member.app]));
  return {
    name,
    protocol,
    members: members.map((member) => memberModel(member, protocol)),
    ...(requestTimeout === undefined ? {} : { requestTimeoutMs: requestTimeout.toMilliseconds() }),
    ...(balance === undefined ? {} : { balance: balance._model }),
    ...(keepalive === undefined ? {} : { keepalive }),
    apps: [...new Set(apps)],
  };
}

function memberModel(member: BackendMember, protocol: BackendProtocol): Member {
  return {
    address: addressOf(member, protocol),
    ...(member.weight === undefined ? {} : { weight: member.weight }),
    ...(member.backup === undefined ? {} : { backup: member.backup }),
    ...(member.maxFails === undefined ? {} : { maxFails: member.maxFails }),
    ...(member.failTimeout === undefined
      ? {}
      : { failTimeoutMs: wholeSeconds('failTimeout', member.failTimeout) * 1000 }),
  };
}

function addressOf(
  { app, slot, host, port, socketPath, socketGid }: BackendMember,
  protocol: BackendProtocol,
): MemberAddress {
  if (app !== undefined && slot !== undefined) return { kind: 'slot', app, slot, protocol };
  if (socketPath !== undefined) {
    return { kind: 'socket', path: socketPath, ...(socketGid === undefined ? {} : { gid: socketGid }) };
  }
  if (host === undefined || port === undefined) {
    throw new ConfigError({
      what: 'a member of a backend has no address',
      fix: 'give host and port, or socketPath',
    });
  }
  return app === undefined ? { kind: 'host', host, port } : { kind: 'alias', app, host, port };
}

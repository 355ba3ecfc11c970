import { ConfigError, shown } from '../../errors';
import { nearest } from '../../nearest';

/** The capabilities of Linux as far as 5.9, by include/uapi/linux/capability.h, without their prefix; and all of them. */
const CAPABILITIES: ReadonlySet<string> = new Set([
  'ALL',
  ...['AUDIT_CONTROL', 'AUDIT_READ', 'AUDIT_WRITE', 'BLOCK_SUSPEND', 'BPF', 'CHECKPOINT_RESTORE', 'CHOWN'],
  ...['DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'IPC_LOCK', 'IPC_OWNER', 'KILL', 'LEASE'],
  ...['LINUX_IMMUTABLE', 'MAC_ADMIN', 'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN', 'NET_BIND_SERVICE'],
  ...['NET_BROADCAST', 'NET_RAW', 'PERFMON', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYSLOG'],
  ...['SYS_ADMIN', 'SYS_BOOT', 'SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT', 'SYS_PTRACE'],
  ...['SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'WAKE_ALARM'],
]);

/**
 * A capability, as the user spells it.
 *
 * @throws ConfigError that names the prop, for what the engine would refuse.
 */
export function checkedCapability(prop: string, name: string): string {
  const bare = name.toUpperCase().replace(/^CAP_/, '');
  if (CAPABILITIES.has(bare)) return name;
  throw new ConfigError({
    what: `${prop} ${shown(name)} is not a capability of Linux`,
    fix: `give ${shown(nearest(bare, CAPABILITIES) ?? 'NET_ADMIN')} or another name of capabilities(7)`,
  });
}

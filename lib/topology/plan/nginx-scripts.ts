import { PATHS } from '../derive/paths';
import { PUBLISHED } from '../published-file';

const HOSTNAME = '"$(cat /proc/sys/kernel/hostname)"';

/** Where nginx writes what it could not do, and why, beside its own log: the reloader cannot read that of another container. */
const EMERGENCIES = `${PATHS.scratch}/emergencies.log`;

/**
 * Starts nginx: on this generation's own directory of the edge, cleared of what an earlier start of the same container
 * left (nginx does not unlink a socket that is there), with the newest configuration that it accepts.
 */
export function nginxStart(gate: boolean): string {
  return [
    ...(gate ? ownEdgeDirectory() : []),
    'c=current',
    `if nginx -t -q -c ${PATHS.nginxConfig}/next/nginx.conf; then c=next; fi`,
    `exec nginx -c ${PATHS.nginxConfig}/$c/nginx.conf -g 'daemon off; error_log ${EMERGENCIES} emerg;'`,
  ].join('\n');
}

function ownEdgeDirectory(): string[] {
  return [
    `own=${PATHS.edge}/${HOSTNAME}`,
    'mkdir -p "$own"',
    'rm -f "$own"/*.sock',
    `ln -sfn "$own" ${PATHS.edgeOwn}`,
  ];
}

/**
 * Probes nginx by its own pid file, which it writes after it listens: a probe over the network could be answered by
 * another generation. The first success makes this generation the one that the gate passes to, unless a newer one
 * already is: hostnames sort by time of creation.
 */
export function nginxProbe(gate: boolean): string {
  const alive = `kill -0 "$(cat ${PATHS.scratch}/nginx.pid)"`;
  if (!gate) return alive;
  const marker = `${PATHS.scratch}/.current`;
  return [
    `${alive} || exit 1`,
    `[ ! -e ${marker} ] || exit 0`,
    `own=${HOSTNAME}`,
    `present=$(readlink ${PATHS.edge}/current || true)`,
    'if expr "x$own" \\> "x$present" >/dev/null; then',
    `  ln -sfn "$own" "${PATHS.edge}/.next-$own"`,
    `  mv -T "${PATHS.edge}/.next-$own" ${PATHS.edge}/current`,
    'fi',
    `touch ${marker}`,
  ].join('\n');
}

/**
 * Points `next` at the configuration just written, and `current` if there is none yet. Files beside them that neither names are removed:
 * what serves until the reload may be asked for by a request that has begun.
 */
export function configPublisher(hash: string): string {
  return [
    `cd ${PATHS.nginxConfig}`,
    `ln -sfn ${hash} .next && mv -T .next next`,
    `[ -L current ] || ln -s ${hash} current`,
    'named=$(cat current/nginx.conf next/nginx.conf || true)',
    `for old in ${PUBLISHED}*; do case "$named" in *"$old"*) ;; *) rm -f "$old" ;; esac; done`,
  ].join('\n');
}

/**
 * Makes the running nginx take a configuration: the real `nginx -t` first, then `current` is repointed and HUP sent, and
 * then it waits for new workers, and until the old ones stop accepting: nginx lets both accept for a tenth of a second,
 * in which a request could still meet the old configuration. Some changes pass the test and are refused at the reload,
 * the old configuration serving on (seen: another key of an existing `limit_req_zone`): without new workers `current`
 * goes back, and nginx's own reason is told, which its master has in a file. Directories that neither link names are removed.
 */
export function nginxReloader(hash: string, waitSeconds: number): string {
  return [
    `mkdir -p ${PATHS.edgeOwn}`,
    `cd ${PATHS.nginxConfig}`,
    `nginx -t -c ${PATHS.nginxConfig}/${hash}/nginx.conf`,
    'before=$(readlink current)',
    `if [ "$before" != ${hash} ]; then`,
    '  workers() { cat /proc/1/task/1/children; }',
    '  old=$(workers)',
    `  said=/proc/1/root${EMERGENCIES}`,
    '  before_that=$(cat $said 2>/dev/null | wc -c)',
    '  reason() { tail -c +$((before_that + 1)) $said 2>/dev/null || true; }',
    `  ln -sfn ${hash} .current && mv -T .current current`,
    '  kill -HUP 1',
    '  n=0; fresh=; accepting=',
    `  while { [ -z "$fresh" ] || [ -n "$accepting" ]; } && [ $n -lt ${String(waitSeconds * 10)} ]; do`,
    '    sleep 0.1; n=$((n + 1)); fresh=; accepting=',
    '    for pid in $(workers); do',
    '      case " $old " in',
    '        *" $pid "*) grep -qs "shutting down" /proc/$pid/cmdline || accepting=$pid ;;',
    '        *) fresh=$pid ;;',
    '      esac',
    '    done',
    // A second is more than nginx needs to make its workers when there is nothing that it refuses.
    '    [ -n "$fresh" ] || [ $n -lt 10 ] || [ -z "$(reason)" ] || break',
    '  done',
    '  if [ -z "$fresh" ]; then',
    '    ln -sfn "$before" .current && mv -T .current current',
    "    echo 'nginx accepted the file and then refused it at the reload (its log has all that it said):'",
    '    reason',
    '    exit 1',
    '  fi',
    'fi',
    `for old in */; do case "$old" in next/|current/|${hash}/) ;; *) [ "$old" = "$(readlink next)/" ] || rm -rf "$old" ;; esac; done`,
  ].join('\n');
}

/** Starts the gate from the configuration in its environment: it needs no volume, and a change replaces only it. */
export const GATE_START = [
  `printf %s "$GATE_CONF" > ${PATHS.scratch}/gate.conf`,
  `exec nginx -c ${PATHS.scratch}/gate.conf -g 'daemon off;'`,
].join('\n');

/** Probes the gate by its pid file. */
export const GATE_PROBE = `kill -0 "$(cat ${PATHS.scratch}/gate.pid)"`;

import { PATH, PROMISES } from './promises';
import type { Promises } from './promises';

type Row = readonly string[];

const HEAD: Row = [
  'backend',
  'raises',
  'hangs',
  'recycles after',
  'unread body of 2 MiB',
  'chunked body, request buffering off',
  'answer without a length, broken off',
  '`HEAD` answered with a body',
  'client address',
  'scheme',
  `path of \`${PATH}\``,
  'path as sent',
  'mounted below `/`, told in',
  'the same with `..` or `//` in the path',
  'path of `/echo/é`, not encoded',
  'headers `1` and `2` of one name',
  'reason phrase',
  'at SIGTERM: still sending, waiting, answered in part',
  'with one that hangs, ended by',
];

const ENDED_BY: Readonly<Record<Promises['hang']['by'], string>> = {
  harakiri: 'after `harakiri`',
  timeout: 'after `timeout`',
  heartbeat: 'after `timeout`, a heartbeat',
  nginx: 'after `readTimeout`; the worker goes on',
};

const BROKEN_OFF: Readonly<Record<Promises['brokenOff'], string>> = {
  broken: 'is cut off',
  whole: 'looks whole',
  'an error': 'as one that raises',
};

/** The table of docs/backends.md, made of what the contract asserts. */
export function backendTable(): Row[] {
  return [HEAD, HEAD.map(() => '---'), ...Object.values(PROMISES).map(row)];
}

function row(promises: Promises): Row {
  const { hang } = promises;
  return [
    promises.name,
    String(promises.raise),
    `${String(hang.status)} ${ENDED_BY[hang.by]}`,
    promises.watchesMemory ? '`maxRequests`, `reloadOnRss`' : '`maxRequests`',
    promises.unread.join(' or '),
    promises.chunks === 'whole' ? 'arrives' : 'lost',
    BROKEN_OFF[promises.brokenOff],
    String(promises.headWithBody),
    promises.client === 'client' ? 'the client’s' : 'nginx’s or none',
    promises.scheme ? 'as nginx says' : 'always http',
    `\`${promises.path}\``,
    promises.rawPath ? 'there too' : 'not there',
    `\`${promises.mounted}\``,
    promises.oddMounted === 200 ? 'as nginx spells it' : String(promises.oddMounted),
    typeof promises.bytes === 'number' ? String(promises.bytes) : `\`${promises.bytes}\``,
    `\`${promises.repeated}\``,
    promises.reason ? 'its own' : 'the status’s',
    promises.stopped.map((statuses) => statuses.join(' or ')).join(', '),
    promises.hungStop,
  ];
}

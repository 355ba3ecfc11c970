import type { Problem } from '../errors';
import type { NginxDirective } from '../nginx/directive';
import { gunicornHeadLimits } from '../topology/derive/head-limits';
import type { Frontend, Server } from '../topology/frontend';
import { appsBehind } from '../topology/render/frontend-parts';
import type { App, Topology } from '../topology/topology';
import { MEBIBYTE } from '../values/mebibyte';

/** What nginx takes for the head of a request. */
interface HeadBuffers {
  readonly text: string;
  readonly lineBytes: number;
  readonly bytes: number;
}

/** Room in uWSGI's buffer for what nginx adds to a head. */
const ADDED_BYTES = 1024;

/**
 * Rule XT-HDR-BUF: applications that would refuse a head that `large_client_header_buffers` lets through. Without that directive their
 * limits are derived from nginx's own buffers.
 */
export function headProblems(frontend: Frontend, topology: Topology): Problem[] {
  return frontend.servers.flatMap((server) => {
    const buffers = buffersOf(server, frontend);
    if (buffers === undefined) return [];
    return appsBehind(server, topology).flatMap((app) => {
      const fix = app.server === 'uwsgi' ? uwsgiFix(buffers, app) : gunicornFix(buffers, app);
      if (fix === undefined) return [];
      const what = `large_client_header_buffers ${buffers.text} lets in heads of requests that ${app.server} app "${app.id}" would refuse`;
      return [{ what, fix, construct: server.construct, rule: 'XT-HDR-BUF' }];
    });
  });
}

function buffersOf(server: Server, frontend: Frontend): HeadBuffers | undefined {
  const given = [...server.directives, ...frontend.directives].find(isBuffers);
  const [count = '', size = ''] = (given?.args ?? []).map(String);
  const lineBytes = bytesOf(size);
  if (lineBytes === undefined || !/^\d+$/.test(count)) return undefined;
  return { text: `${count} ${size}`, lineBytes, bytes: Number(count) * lineBytes };
}

function isBuffers({ name }: NginxDirective): boolean {
  return name === 'large_client_header_buffers';
}

/** A size as nginx writes it; what it would refuse is told elsewhere. */
function bytesOf(size: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+)([km]?)$/i.exec(size) ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * ({ k: 1024, m: MEBIBYTE }[unit.toLowerCase()] ?? 1);
}

function uwsgiFix(
  { bytes }: HeadBuffers,
  { bufferSizeBytes }: App & { server: 'uwsgi' },
): string | undefined {
  if (bytes + ADDED_BYTES <= bufferSizeBytes) return undefined;
  return `give it fewer or smaller buffers: their number times their size, and 1 KiB of variables, have to fit bufferSize, ${String(bufferSizeBytes)} bytes (65535 at most)`;
}

/** A limit of 0 is none. */
function gunicornFix(
  { lineBytes, bytes }: HeadBuffers,
  app: App & { server: 'gunicorn' },
): string | undefined {
  const { line, field } = gunicornHeadLimits(app);
  const wanted = [
    ...(line !== 0 && line < lineBytes - 2 ? ['limitRequestLine: Size.bytes(0), which is no limit'] : []),
    ...(field !== 0 && field < bytes ? [`limitRequestFieldSize: Size.bytes(${String(bytes)})`] : []),
  ];
  return wanted.length === 0 ? undefined : `give the application ${wanted.join(', and ')}`;
}

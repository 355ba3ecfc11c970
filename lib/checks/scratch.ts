import type { Problem } from '../errors';
import { keptBytes, nginxScratchBytes } from '../topology/derive/nginx-scratch';
import { largestBodyBytes } from '../topology/derive/upload-limits';
import type { Frontend } from '../topology/frontend';
import { locationsOf } from '../topology/render/frontend-parts';
import type { App } from '../topology/topology';
import { MEBIBYTE } from '../values/mebibyte';
import { unbufferedLocations } from './buffering';

/** Rule XT-BODY-TMPFS: what lies in a tmpfs has to fit it, and the tmpfs the memory of its container. */
export function scratchProblems(frontend: Frontend): Problem[] {
  return [...smallScratch(frontend), ...largeScratch(frontend)].map((problem) => ({
    ...problem,
    construct: frontend.construct,
    rule: 'XT-BODY-TMPFS',
  }));
}

/** A single body would be answered 500, `No space left on device` (seen), unless somewhere bodies are passed on as they come. */
function smallScratch(frontend: Frontend): Problem[] {
  const { scratchBytes } = frontend;
  const body = isPassedOn(frontend) ? 0 : largestBodyBytes(frontend);
  const kept = keptBytes(frontend);
  if (scratchBytes === undefined || scratchBytes > body + kept) return [];
  const beside = kept === 0 ? '' : ` beside the ${text(kept)} of its policies`;
  return [
    {
      what: `scratchSize of ${text(scratchBytes)} has no room for the largest body that is let in, ${text(body)}${beside}: nginx would answer it 500`,
      fix: `give a scratchSize of ${call(nginxScratchBytes(frontend))}, leave it out, or lower clientMaxBodySize${kept === 0 ? '' : " or a cache's maxSize"}`,
    },
  ];
}

function isPassedOn(frontend: Frontend): boolean {
  if (unbufferedLocations(frontend, 'request_buffering').length > 0) return true;
  const placed = [frontend, ...frontend.servers, ...locationsOf(frontend)];
  return placed.some(({ directives }) => directives.some(({ name }) => /_request_buffering$/.test(name)));
}

/** Files in memory count as memory of the container: the kernel ends nginx before the tmpfs is full. */
function largeScratch(frontend: Frontend): Problem[] {
  const { memoryBytes, scratchBytes } = frontend;
  if (memoryBytes === undefined) return [];
  const least = largestBodyBytes(frontend) + keptBytes(frontend);
  const scratch = scratchBytes ?? nginxScratchBytes(frontend);
  if (scratch < memoryBytes) return [];
  const whose = scratchBytes === undefined ? ', which is derived,' : '';
  const half = Math.floor(memoryBytes / 2);
  const smaller = half > least ? `, or a scratchSize below it, such as ${call(half)}` : '';
  return [
    {
      what: `scratchSize of ${text(scratch)}${whose} is not below memory, ${text(memoryBytes)}: temporary files are memory of the container, and nginx would be killed before they are too many`,
      fix: `give more memory, such as ${call(scratch + 64 * MEBIBYTE)}${smaller}`,
    },
  ];
}

/** The same for a tmpfs that an application asks for. */
export function tmpfsProblems({ mounts, memoryBytes, construct }: App): Problem[] {
  return mounts.flatMap((mount): Problem[] => {
    if (mount.kind !== 'tmpfs' || memoryBytes === undefined || mount.sizeBytes < memoryBytes) return [];
    return [
      {
        what: `Mount.tmpfs at ${mount.path} of ${text(mount.sizeBytes)} is not below memory, ${text(memoryBytes)}: its files are memory of the container, and the server would be killed before it is full`,
        fix: `give it less, or the application more memory`,
        construct,
        rule: 'XT-BODY-TMPFS',
      },
    ];
  });
}

function text(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${String(bytes / MEBIBYTE)} MiB` : `${String(bytes)} bytes`;
}

function call(bytes: number): string {
  return `Size.mebibytes(${String(Math.max(1, Math.ceil(bytes / MEBIBYTE)))})`;
}

import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { list, members, text } from './values';
import type { Members } from './values';

/** One archive for each file, extracted at the root: an engine that finds the root read-only refuses every one of them. */
export async function upload(made: Docker.Container, planned: Members): Promise<void> {
  for (const block of list(planned['upload']).map(members)) {
    const archive = pack();
    archive.entry({ name: text(block['file']) ?? '', mode: modeOf(block), uid: 0, gid: 0 }, contentOf(block));
    archive.finalize();
    await made.putArchive(archive as unknown as NodeJS.ReadableStream, { path: '/' });
  }
}

function modeOf(block: Members): number {
  return Number.parseInt(text(block['permissions']) ?? (block['executable'] === true ? '0744' : '0644'), 8);
}

/** Of an empty text the provider says that there is none. */
function contentOf(block: Members): Buffer {
  const [content, base64] = [text(block['content']), text(block['content_base64'])];
  if (content === undefined && base64 === undefined)
    throw new Error("error with upload content: one of 'content', 'content_base64', or 'source' must be set");
  if (content !== undefined && base64 !== undefined)
    throw new Error(
      "error with upload content: only one of 'content', 'content_base64', or 'source' can be set",
    );
  return base64 === undefined ? Buffer.from(content ?? '') : Buffer.from(base64, 'base64');
}

import { PATHS } from './derive/paths';
import { shortHash } from './short-hash';

/** A file beside the configurations of a frontend's nginx, for all of them: one that still serves goes on reading what it names. */
export interface PublishedFile {
  /** Has the hash of the content, so that another content is another configuration too. */
  readonly name: string;
  readonly content: string;
}

/** What the names of such files begin with. */
export const PUBLISHED = 'file-';

export function publishedFile(name: string, content: string): PublishedFile {
  return { name: `${PUBLISHED}${shortHash(content)}-${name}`, content };
}

/** Where nginx finds it. */
export function publishedPath({ name }: PublishedFile): string {
  return `${PATHS.nginxConfig}/${name}`;
}

import type { NginxDirective } from '../../nginx/directive';
import type { PublishedFile } from '../../topology/published-file';

/** What one of this library's policies comes to, in the language's own terms. */
export interface Bound {
  readonly directives: readonly NginxDirective[];
  /** In each location that it holds in. */
  readonly inLocations?: readonly NginxDirective[];
  /** Once in each server where it holds. */
  readonly inServers?: readonly NginxDirective[];
  /** At http level. */
  readonly declarations?: readonly NginxDirective[];
  readonly files?: readonly PublishedFile[];
  /** Room for files in nginx's tmpfs. */
  readonly storageBytes?: number;
  /** True for what only lets go of policies further out. */
  readonly lifts?: boolean;
}

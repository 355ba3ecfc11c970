import type { NginxDirective } from '../nginx/directive';
import type { PublishedFile } from './published-file';

/** What a policy comes to at the place that it was attached to. */
export interface Policy {
  /** Of one kind only the innermost holds, unless it adds up. */
  readonly kind: string;
  /** True where it holds beside others of its kind. */
  readonly adds: boolean;
  /** Which block it was attached to. */
  readonly level: 'http' | 'server' | 'location';
  /** True where it only lets go of those of its kind further out. */
  readonly lifts: boolean;
  /** What stands in the block. */
  readonly directives: readonly NginxDirective[];
  /** What stands in each location that it holds in, whichever block it was attached to. */
  readonly locationDirectives: readonly NginxDirective[];
  /** What it needs once in each server where it holds: named locations. */
  readonly serverDirectives: readonly NginxDirective[];
  /** What it needs once at http level: zones, maps. */
  readonly declarations: readonly NginxDirective[];
  /** What nginx reads of it besides. */
  readonly files: readonly PublishedFile[];
  /** Room that it needs for files in nginx's tmpfs. */
  readonly scratchBytes: number;
}

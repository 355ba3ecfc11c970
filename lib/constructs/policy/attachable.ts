import type { Size } from '../../values/size';
import type { BackendProtocol } from '../backend/backend';
import type { Directive } from '../frontend/directive';
import type { PolicyFile } from './policy-file';

/** Where a policy is attached. */
export enum PolicyLevel {
  /** To a frontend: it holds for all of its servers (nginx's `http` block). */
  FRONTEND = 'http',
  /** To a server. */
  SERVER = 'server',
  /** To a location. */
  LOCATION = 'location',
}

/** What a policy is told of the place that it is attached to. */
export interface PolicyPlace {
  /** Which of the three. */
  readonly level: PolicyLevel;
  /** A word that nothing else in this nginx.conf has, for the zone or the variable of a policy: `rate_limit_login`. */
  readonly name: string;
  /** What the locations here pass with, this one or those within: none where nothing is passed on. */
  readonly protocols: BackendProtocol[];
  /** Release of the frontend's nginx. */
  readonly nginxVersion: string;
}

/** What a policy comes to. */
export interface PolicyConfig {
  /**
   * What stands in the block. A policy of which only the innermost holds says all that it stands for, so that one further in leaves
   * nothing of one further out.
   */
  readonly directives: Directive[];
  /**
   * What stands in each location that the policy holds in, whatever it is attached to: conditions, which nginx takes neither in its
   * http block nor into a location from around it.
   *
   * @default - nothing
   */
  readonly locationDirectives?: Directive[];
  /**
   * What they need once in each server where it holds: named locations (`@…`), to which `error_page` or `try_files` leads.
   *
   * @default - nothing
   */
  readonly serverDirectives?: Directive[];
  /**
   * What they need once at http level, such as `limit_req_zone` or `map`.
   *
   * @default - nothing
   */
  readonly httpDirectives?: Directive[];
  /**
   * Files that nginx reads, which a directive names by their `path`.
   *
   * @default - none
   */
  readonly files?: PolicyFile[];
  /**
   * Room for files of its own below /tmp, which nginx's tmpfs grows by.
   *
   * @default - none
   */
  readonly scratchSize?: Size;
  /**
   * Whether it does no more than let go of those of its kind further out: what it says keeps nobody out.
   *
   * @default false
   */
  readonly lifts?: boolean;
}

/** Something to attach to a frontend, a server or a location. */
export interface IPolicy {
  /** What it is about, such as `rateLimit`: a place takes one policy of a kind, and the innermost holds, unless the kind adds up. */
  readonly kind: string;
  /**
   * Whether it holds beside others of its kind, at one place and further out.
   *
   * @default false
   */
  readonly addsUp?: boolean;
  /** Describes it for one place; called whenever the configuration is rendered, so it must not change anything. */
  bindPolicy(place: PolicyPlace): PolicyConfig;
}

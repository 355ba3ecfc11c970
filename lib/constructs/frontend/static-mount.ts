import { Construct } from '../../docker/cdktf';
import type { TerraformProvider } from '../../docker/cdktf';
import { ConfigError, shown } from '../../errors';
import { staticPlan } from '../../topology/plan/static-plan';
import type { Duration } from '../../values/duration';
import { checkProps } from '../checked/props';
import { refuseForeign } from '../checked/foreign';
import { freeId } from '../checked/free-id';
import { createPlanned } from '../container/planned-resources';
import { resourcesOf } from '../container/provider-resources';
import type { ProviderResources } from '../container/provider-resources';
import { StackTopology } from '../stack/stack-topology';
import type { StaticSource } from './static-source';
import { wholeSeconds } from '../checked/values';

/** Properties of static files. */
export interface StaticMountProps {
  /** URL prefix that begins and ends with `/`. */
  readonly path: string;
  /** Where the files come from. */
  readonly source: StaticSource;
  /**
   * How long clients may keep a file, in whole seconds. It stands where a `Policy.clientCache` holds as well.
   *
   * @default - a year with `immutable`, otherwise nothing is said (nginx)
   */
  readonly expires?: Duration;
  /**
   * Whether a file of one name never changes, as with names that hold a hash: clients that have one do not ask again before it expires.
   *
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * File served when nothing else matches, relative to the mount, such as `index.html`.
   *
   * @default - 404
   */
  readonly fallback?: string;
  /**
   * Docker provider for every resource of this construct.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** Files that nginx serves itself, from a volume that is new with every content. */
export class StaticMount extends Construct {
  /** @internal */
  public readonly _id: string;
  /** URL prefix. */
  public readonly path: string;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the mount within its scope.
   * @param props Which files, and where.
   * @throws ConfigError for a path that is not a prefix, or a directory that is not there.
   */
  public constructor(scope: Construct, id: string, props: StaticMountProps) {
    super(scope, freeId(scope, id));
    const construct = this.node.path;
    const declared = StackTopology.of(this);
    this._id = declared.idOf(this);
    ConfigError.at(construct, () => {
      checkProps('StaticMountProps', props);
    });
    refuseForeign(this, 'source', props.source._target);
    this.path = ConfigError.at(construct, () => checkedPath(props.path));
    const fallback = ConfigError.at(construct, () => checkedFallback(props.fallback));
    const expires = ConfigError.at(construct, () =>
      props.expires === undefined ? undefined : wholeSeconds('expires', props.expires),
    );
    const model = {
      id: this._id,
      construct,
      path: this.path,
      source: props.source._model,
      immutable: props.immutable ?? false,
      ...(expires === undefined ? {} : { expiresMs: expires * 1000 }),
      ...(fallback === undefined ? {} : { fallback }),
    };
    declared.addStaticMount(model);
    ConfigError.at(construct, () => createPlanned(this, staticPlan(model), props.provider));
  }

  /** Every provider resource of it, by name. */
  public get resources(): ProviderResources {
    return resourcesOf(this, this._id);
  }
}

function checkedFallback(fallback: string | undefined): string | undefined {
  if (fallback !== undefined && !/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\p{Cc}?#%]+$/u.test(fallback)) {
    throw new ConfigError({
      what: `fallback ${shown(fallback)} is not a file of the mount`,
      fix: "give its path without a '/' first and without '.' and '..', such as 'index.html'",
    });
  }
  return fallback;
}

function checkedPath(path: string): string {
  if (!/^\/(?:[A-Za-z0-9._~-]+\/)*$/.test(path)) {
    throw new ConfigError({
      what: `path ${shown(path)} is not a URL prefix for static files`,
      fix: "begin and end it with '/', such as '/static/': without the last one siblings could be read",
      rule: 'NGX-ALIAS-SLASH',
    });
  }
  return path;
}

import { Construct } from '../../docker/cdktf';
import type { TerraformProvider, Volume } from '../../docker/cdktf';
import { ResourceIndex } from '../../docker/resource-index';
import { ConfigError, shown } from '../../errors';
import { dataPlan } from '../../topology/plan/data-plan';
import { checkProps } from '../checked/props';
import { freeId } from '../checked/free-id';
import { createPlanned } from './planned-resources';
import { resourcesOf } from './provider-resources';
import type { ProviderResources } from './provider-resources';
import { StackTopology } from '../stack/stack-topology';
import { refuseTokens } from '../checked/tokens';

/** Properties of persistent data. */
export interface DataVolumeProps {
  /**
   * Name of the volume on the host; a volume of that name is taken over.
   *
   * @default - the stack's id and the construct's, such as `site-media`
   */
  readonly volumeName?: string;
  /**
   * Whether Terraform refuses to destroy it, with everything that stands on it.
   *
   * @default true: the data exist once
   */
  readonly preventDestroy?: boolean;
  /**
   * Docker provider of the volume.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** Data that outlive every container: no rollout replaces or destroys them. Mounted with `Mount.volume`. */
export class DataVolume extends Construct {
  /** The volume. */
  public readonly volume: Volume;
  /** @internal */
  public readonly _id: string;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the data within its scope.
   * @param props What the volume is called.
   * @throws ConfigError for a name that the engine cannot take.
   */
  public constructor(scope: Construct, id: string, props: DataVolumeProps = {}) {
    super(scope, freeId(scope, id));
    const construct = this.node.path;
    const declared = StackTopology.of(this);
    this._id = declared.idOf(this);
    const model = ConfigError.at(construct, () => {
      checkProps('DataVolumeProps', props);
      refuseTokens(props, ['provider']);
      const name = props.volumeName === undefined ? {} : { name: checkedName(props.volumeName) };
      return { id: this._id, construct, ...name, preventDestroy: props.preventDestroy ?? true };
    });
    declared.addDataVolume(model);
    ConfigError.at(construct, () => createPlanned(this, dataPlan(model), props.provider));
    this.volume = ResourceIndex.of(this).volume(this._id);
  }

  /** Every provider resource of it, by name. */
  public get resources(): ProviderResources {
    return resourcesOf(this, this._id);
  }
}

function checkedName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]+$/.test(name)) {
    throw new ConfigError({
      what: `volumeName ${shown(name)} cannot name a volume`,
      fix: "give two or more letters, digits, '_', '.' and '-', such as 'shop-media'",
    });
  }
  return name;
}

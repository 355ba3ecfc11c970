import type { Construct, Container, Image, Network, TerraformResource, Volume } from '../../docker/cdktf';
import { ResourceIndex } from '../../docker/resource-index';

/**
 * The provider resources of a construct by their names within it: the way out, for what no prop says. What is changed there, such as
 * with `addOverride`, is not checked, is written as it stands, and is nothing that the library replaces a container for.
 */
export interface ProviderResources {
  /**
   * Containers. Of an application: its replicas `0`, `1` and so on, `config-publisher`, and where it needs them `secrets-publisher`,
   * `data-owner`, `release` and `code-filler`. Of a frontend: `nginx`, `gate`, `config-publisher` and `reloader`. Of a static mount:
   * `filler`. Of a worker: `0`, `1` and so on.
   */
  readonly containers: Record<string, Container>;
  /** Images: `image`, and `code` for a code directory that is shipped. */
  readonly images: Record<string, Image>;
  /** Networks: `network` of an application with `Transport.tcp`. */
  readonly networks: Record<string, Network>;
  /**
   * Volumes. Of an application: `config`, and where it needs them `sockets`, `secrets-0` and so on, and `code`. Of a frontend: `config`
   * and `edge`. Of a static mount: `files`. Of a data volume: `volume`.
   */
  readonly volumes: Record<string, Volume>;
  /** What fails an apply when a container that has to end well has not, under the name of the container: a `terraform_data` each. */
  readonly results: Record<string, TerraformResource>;
}

/** The resources of a construct; `id` is its name within the stack, which their keys begin with. */
export function resourcesOf(construct: Construct, id: string): ProviderResources {
  const index = ResourceIndex.of(construct);
  return {
    containers: byName(index.containersOf(construct), id, 'container'),
    images: byName(index.imagesOf(construct), id, 'image'),
    networks: byName(index.networksOf(construct), id, 'network'),
    volumes: byName(index.volumesOf(construct), id, 'volume'),
    results: byName(index.resultsOf(construct), id, 'result'),
  };
}

function byName<R>(resources: ReadonlyMap<string, R>, id: string, only: string): Record<string, R> {
  const named = [...resources].map(([key, resource]) => [nameIn(key, id, only), resource] as const);
  return Object.fromEntries(named);
}

function nameIn(key: string, id: string, only: string): string {
  return key === id ? only : key.slice(id.length + 1);
}

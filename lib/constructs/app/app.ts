import type { Container } from '../../docker/cdktf';
import type { IBackend } from '../backend/backend';
import type { ProviderResources } from '../container/provider-resources';

/** An application of this library, whichever its server is. */
export interface IApp extends IBackend {
  /** Its containers, one a replica. */
  readonly containers: Container[];
  /** Every provider resource of it, by name. */
  readonly resources: ProviderResources;
  /** Where the world reaches it without nginx; empty for an application without listeners. */
  readonly urls: string[];
}

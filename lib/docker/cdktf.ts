/**
 * The only door to cdktf and the provider: everything of theirs that the library uses, so that another edition of the
 * core is a change of this file.
 */
export { Construct } from 'constructs';
export type { IConstruct } from 'constructs';
export {
  Annotations,
  App,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Token,
  dependable,
} from 'cdktf';
export type { IResolvable, ISynthesisSession, IStackSynthesizer } from 'cdktf';
export { Container } from '@cdktf/provider-docker/lib/container';
export type { ContainerConfig } from '@cdktf/provider-docker/lib/container';
export { Image } from '@cdktf/provider-docker/lib/image';
export { Network } from '@cdktf/provider-docker/lib/network';
export { Volume } from '@cdktf/provider-docker/lib/volume';

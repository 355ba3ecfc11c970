import type { TerraformResource } from './cdktf';

/** The address of a resource as text. A program may still rename what it has made: read it when Terraform's text is made. */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

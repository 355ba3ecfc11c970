import { literal } from './terraform-text';

/** A label as the provider takes it. */
export interface Label {
  readonly label: string;
  readonly value: string;
}

/**
 * Labels that say whose a resource is, so that what a killed apply left behind can be found. Sorted, and never empty: the
 * removal of all labels is not noticed.
 */
export function ownerLabels(
  owner: { readonly stack: string; readonly construct: string; readonly role: string },
  others: Readonly<Record<string, string>>,
): Label[] {
  return sortedLabels({
    ...others,
    'cdktf-wsgi.stack': owner.stack,
    'cdktf-wsgi.construct': owner.construct,
    'cdktf-wsgi.role': owner.role,
  });
}

/** Labels in the order of their names. */
export function sortedLabels(labels: Readonly<Record<string, string>>): Label[] {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label: literal(label), value: literal(value) }));
}

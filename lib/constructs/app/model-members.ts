import type { Sized } from '../../topology/derive/sized';

/** A member of a model only where there is a value. */
export function given<K extends string>(
  name: K,
  value: number | undefined,
): { readonly [name in K]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in K]: number });
}

/** A member only where it is not what the server does by itself: that is not written into its file. */
export function unlessServers<K extends string>(
  name: K,
  sized: Sized | undefined,
): { readonly [name in K]?: number } {
  return given(name, sized?.from === 'server' ? undefined : sized?.value);
}

import { ExtData, ExtensionCodec, decode, encode } from '@msgpack/msgpack';

/** A value that is not known before the apply. */
export const UNKNOWN = Symbol('unknown');

/** A value of Terraform's: what JSON has, and what is not known yet. */
export type Value =
  null | string | number | boolean | symbol | readonly Value[] | { readonly [name: string]: Value };

/** An object of Terraform's, such as the state of a resource. */
export type Members = Readonly<Record<string, Value>>;

/** How Terraform writes an unknown: extension 0, or 12 with what is known about it, which nobody here needs. */
const codec = new ExtensionCodec();
for (const type of [0, 12]) {
  codec.register({
    type,
    encode: () => null,
    decode: () => UNKNOWN,
  });
}

/** Reads a value from the wire. */
export function read(wire: { readonly msgpack?: Uint8Array } | null | undefined): Value {
  const bytes = wire?.msgpack;
  return bytes === undefined || bytes.length === 0
    ? null
    : (decode(bytes, { extensionCodec: codec }) as Value);
}

/** Writes a value to the wire. */
export function write(value: Value): { readonly msgpack: Uint8Array } {
  return { msgpack: encode(withExtensions(value), { extensionCodec: codec }) };
}

function withExtensions(value: Value): unknown {
  if (value === UNKNOWN) return new ExtData(0, new Uint8Array([0]));
  if (Array.isArray(value)) return (value as readonly Value[]).map(withExtensions);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withExtensions(member)]));
}

/** The members of an object, none of a missing one. */
export function members(value: Value): Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Members) : {};
}

/** The elements of a list or a set. */
export function list(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** A value as text; nothing else than text, numbers and switches has one. */
export function word(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** Texts of a list or a set. */
export function texts(value: Value | undefined): string[] {
  return list(value).map(word);
}

/** The only block of its kind, if there is one. */
export function single(value: Value | undefined): Members | undefined {
  const [first] = list(value);
  return first === undefined ? undefined : members(first);
}

/** A text, or nothing for what is unset. */
export function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, or nothing for what is unset. */
export function number(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A map of texts. */
export function textMap(value: Value | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(members(value ?? null)).map(([name, each]) => [name, word(each)]));
}

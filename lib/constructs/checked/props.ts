import { ConfigError, allOf, shown } from '../../errors';
import { nearest } from '../../nearest';
import { item } from './values';
import { CLASSES, ENUMS, STRUCTS } from './prop-table';
import { severalProps } from './manual-words';
import { hasToken } from './tokens';

/**
 * Props as a program hands them over that no compiler has read: their names, whether those that have to be there are, and what each
 * of them is. What a value of the right kind may be is left to whoever reads it.
 *
 * @param struct The interface, by its name in the table.
 * @throws ConfigError that names every prop.
 */
export function checkProps(struct: string, props: object): void {
  checkStruct(struct, props, '');
}

function checkStruct(struct: string, props: unknown, within: string): void {
  const kinds = STRUCTS[struct] ?? {};
  if (!isObject(props)) throw wrong(within === '' ? 'props' : within, props, 'object', `give ${struct}`);
  const prefix = within === '' ? '' : `${within}.`;
  const missing = Object.keys(kinds).filter(
    (name) => kinds[name]?.endsWith('!') && props[name] === undefined,
  );
  const given = Object.keys(props).filter((name) => props[name] !== undefined);
  allOf([...given, ...missing], (name) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      const meant = severalProps(struct, name) ?? nearest(name, Object.keys(kinds));
      throw unknownProp(`${prefix}${name}`, meant, struct);
    }
    if (props[name] === undefined) throw missingProp(`${prefix}${name}`, kind.slice(0, -1));
    checkKind(`${prefix}${name}`, props[name], kind.replace('!', ''));
  });
}

/** A token is told by whoever cannot carry it. */
function checkKind(prop: string, value: unknown, kind: string): void {
  if (hasToken(value)) return;
  if (kind.endsWith('[]')) {
    if (!Array.isArray(value)) throw wrong(prop, value, 'list', 'give a list, with [ and ] around its items');
    allOf(value, (each, at) => {
      checkKind(item(prop, at), each, kind.slice(0, -2));
    });
  } else if (kind.endsWith('{}')) {
    if (!isRecord(value)) throw wrong(prop, value, 'object', "give an object, such as { NAME: 'value' }");
    for (const [name, each] of Object.entries(value as object))
      checkKind(`${prop}: ${name}`, each, kind.slice(0, -2));
  } else if (Object.hasOwn(STRUCTS, kind)) {
    checkStruct(kind, value, prop);
  } else if (!isOf(kind, value)) {
    const { noun, fix } = expectedOf(kind);
    throw wrong(prop, value, noun, unquoted(kind, value) ?? EXAMPLES[prop] ?? fix);
  }
}

function isOf(kind: string, value: unknown): boolean {
  if (kind === 'unknown') return true;
  if (Object.hasOwn(CLASSES, kind)) return isInstance(kind, value);
  const members = ENUMS[kind];
  return members === undefined ? typeof value === kind : Object.values<unknown>(members).includes(value);
}

/** By its classes and not by `instanceof`: one of another copy of the library, as with two versions beside each other, is as good. */
function isInstance(type: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (let at: unknown = value; at !== null; at = Object.getPrototypeOf(at)) {
    const made = (at as { readonly constructor?: unknown }).constructor;
    if (typeof made === 'function' && isClass(type, made)) return true;
  }
  return false;
}

/** By its name or, since bundlers rename classes, under a name that none has by its factories. */
function isClass(type: string, made: object & { readonly name: string }): boolean {
  if (Object.hasOwn(CLASSES, made.name)) return made.name === type;
  const ways = (CLASSES[type] ?? []).map((way) => way.replace(/^.*\.|\(…\)$/g, ''));
  return made.name === type || (ways.length > 0 && ways.every((name) => Object.hasOwn(made, name)));
}

/** What a kind is called, and how to come by one. */
function expectedOf(kind: string): { readonly noun: string; readonly fix: string } {
  const members = ENUMS[kind];
  const ways = CLASSES[kind] ?? Object.keys(members ?? {}).map((name) => `${kind}.${name}`);
  if (ways.length === 0) return PLAIN[kind] ?? { noun: kind, fix: 'give one' };
  return { noun: kind, fix: `give ${ways.join(' or ')}` };
}

const PLAIN: Readonly<Record<string, { readonly noun: string; readonly fix: string }>> = {
  string: { noun: 'text', fix: "give one, such as '' or String(value)" },
  number: { noun: 'number', fix: 'give one' },
  boolean: { noun: 'boolean', fix: 'give true or false' },
};

/** Numbers that servers and Docker take names for as well. */
const EXAMPLES: Readonly<Record<string, string>> = {
  uid: 'give the number of a user, such as 10001: which name it has is up to each image',
  gid: 'give the number of a group, such as 10001: which name it has is up to each image',
};

function unquoted(kind: string, value: unknown): string | undefined {
  const plain = typeof value === 'string' ? value.trim() : '';
  const isMeant =
    kind === 'number' ? plain !== '' && !Number.isNaN(Number(plain)) : /^(?:true|false)$/.test(plain);
  return isMeant && (kind === 'number' || kind === 'boolean') ? `give ${plain} without quotes` : undefined;
}

function wrong(prop: string, value: unknown, noun: string, fix: string): ConfigError {
  return new ConfigError({ what: `${prop} is ${received(value)}, which is no ${noun}`, fix });
}

/** Objects of a class are told by the class: what they hold is nobody's business. */
function received(value: unknown): string {
  return isObject(value) && !isRecord(value) ? `of class ${value.constructor.name}` : shown(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By what has no other prototype: an object of another realm has another `Object`. */
function isRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function missingProp(prop: string, kind: string): ConfigError {
  return new ConfigError({ what: `${prop} is missing`, fix: expectedOf(kind).fix });
}

function unknownProp(prop: string, meant: string | undefined, struct: string): ConfigError {
  return new ConfigError({
    what: `there is no prop ${shown(prop)} in ${struct}`,
    fix: meant === undefined ? 'leave it out' : `did you mean ${meant}?`,
  });
}

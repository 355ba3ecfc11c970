import type { PythonValue } from './setting';

/** A value as a program holds it, as a value of the config file: maps become dictionaries, at any depth. */
export function pythonValue(value: unknown): PythonValue {
  if (Array.isArray(value)) return value.map(pythonValue);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    return value as PythonValue;
  }
  const entries = Object.entries(value).map(([name, member]) => [name, pythonValue(member)] as const);
  return { dict: Object.fromEntries(entries) };
}

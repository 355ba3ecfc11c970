import { ConfigError, shown } from '../errors';
import type { PythonValue } from './setting';

/** Name of the module that `gethostname` comes from; no setting has this name, or it would be taken as one. */
export const SOCKET_MODULE = 'socket';

/**
 * Writes a value as a Python literal.
 *
 * @throws ConfigError for what Python or gunicorn could not take back: half of a surrogate pair, a number that
 *   is not whole or beyond 2^53, a mode that is not octal.
 */
export function quote(value: PythonValue): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number') return quoteNumber(value);
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null) return 'None';
  if (Array.isArray(value)) return `[${(value as readonly PythonValue[]).map(quote).join(', ')}]`;
  if ('octal' in value) return quoteMode(value.octal);
  if ('before' in value)
    return `${quoteText(value.before)} + ${SOCKET_MODULE}.gethostname() + ${quoteText(value.after)}`;
  if ('dict' in value) return quoteDict(value.dict);
  throw new ConfigError({
    what: `${shown(value)} has no form in Python here`,
    fix: 'give text, a number, true, false, a list or a map',
  });
}

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
  "'": "\\'",
};

/** Single quotes as Python's own repr; every control character and Unicode line end as an escape. */
function quoteText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new ConfigError({
      what: `${shown(text)} has half of a surrogate pair, which Python cannot encode again`,
      fix: 'remove it, or write the whole character',
    });
  }
  const escaped = text.replace(/[\\'\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    const code = character.charCodeAt(0);
    return NAMED[character] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
  return `'${escaped}'`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function quoteNumber(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw new ConfigError({
      what: `${String(value)} is not a whole number that gunicorn takes`,
      fix: 'give a whole number below 2^53',
    });
  }
  return String(value);
}

function quoteMode(octal: string): string {
  if (!/^[0-7]{1,4}$/.test(octal)) {
    throw new ConfigError({
      what: `${shown(octal)} is not a file mode`,
      fix: "give octal digits, such as '117'",
    });
  }
  return `0o${octal}`;
}

function quoteDict(dict: Readonly<Record<string, PythonValue>>): string {
  return `{${Object.entries(dict)
    .map(([key, value]) => `${quoteText(key)}: ${quote(value)}`)
    .join(', ')}}`;
}

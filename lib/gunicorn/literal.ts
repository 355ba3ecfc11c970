import { ConfigError } from '../errors';
import type { PythonValue } from './setting';

/**
 * The value of a Python literal, or of our one expression; undefined for any other expression.
 *
 * @throws ConfigError for a string that is never closed on its line.
 */
export function readLiteral(text: string, line: number): PythonValue | undefined {
  const reader = new LiteralReader(text, line);
  const value = reader.readValue();
  return value !== undefined && reader.isDone() ? value : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

class LiteralReader {
  private position = 0;

  public constructor(
    private readonly text: string,
    private readonly line: number,
  ) {}

  public isDone(): boolean {
    return /^\s*(#.*)?$/.test(this.text.slice(this.position));
  }

  public readValue(): PythonValue | undefined {
    this.skipBlanks();
    const next = this.text.charAt(this.position);
    if (next === "'" || next === '"') return this.readTextOrHostname();
    if (next === '[') return this.readList();
    if (next === '{') return this.readDict();
    return this.readWord();
  }

  private readWord(): PythonValue | undefined {
    const word = /^(True|False|None|0o[0-7]+|\d+)(?![\w.])/.exec(this.text.slice(this.position))?.[0];
    if (word === undefined) return undefined;
    this.position += word.length;
    if (word === 'True' || word === 'False') return word === 'True';
    if (word === 'None') return null;
    return word.startsWith('0o') ? { octal: word.slice(2) } : Number(word);
  }

  private readTextOrHostname(): PythonValue | undefined {
    const before = this.readText();
    const middle = /^ \+ socket\.gethostname\(\) \+ (?=['"])/.exec(this.text.slice(this.position))?.[0];
    if (middle === undefined) return before;
    this.position += middle.length;
    return { before, after: this.readText() };
  }

  private readText(): string {
    const mark = this.text.charAt(this.position++);
    let value = '';
    while (this.text.charAt(this.position) !== mark) {
      if (this.position >= this.text.length) {
        throw new ConfigError({
          what: `gunicorn.conf.py line ${String(this.line)}: a ${mark} is never closed`,
          fix: 'close it',
        });
      }
      value += this.readCharacter();
    }
    this.position++;
    return value;
  }

  private readCharacter(): string {
    const character = this.text.charAt(this.position++);
    if (character !== '\\') return character;
    const code = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(this.text.slice(this.position));
    if (code !== null) {
      this.position += code[0].length;
      return String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16));
    }
    const next = this.text.charAt(this.position++);
    return ESCAPES[next] ?? `\\${next}`;
  }

  private readList(): PythonValue | undefined {
    const items: PythonValue[] = [];
    const complete = this.readItems(']', () => {
      const item = this.readValue();
      if (item !== undefined) items.push(item);
      return item !== undefined;
    });
    return complete ? items : undefined;
  }

  private readDict(): PythonValue | undefined {
    const dict: [string, PythonValue][] = [];
    const complete = this.readItems('}', () => {
      if (!/['"]/.test(this.text.charAt(this.position))) return false;
      const key = this.readText();
      this.skipBlanks();
      if (this.text.charAt(this.position++) !== ':') return false;
      const value = this.readValue();
      if (value !== undefined) dict.push([key, value]);
      return value !== undefined;
    });
    return complete ? { dict: Object.fromEntries(dict) } : undefined;
  }

  private readItems(end: string, readItem: () => boolean): boolean {
    this.position++;
    this.skipBlanks();
    while (this.text.charAt(this.position) !== end) {
      if (!readItem()) return false;
      this.skipBlanks();
      if (this.text.charAt(this.position) === ',') this.position++;
      else if (this.text.charAt(this.position) !== end) return false;
      this.skipBlanks();
    }
    this.position++;
    return true;
  }

  private skipBlanks(): void {
    while (/[ \t]/.test(this.text.charAt(this.position))) this.position++;
  }
}

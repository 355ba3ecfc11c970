import { ConfigError, shown } from '../errors';

/** A word of nginx.conf with its escapes undone, one of the three marks, or a comment without its `#`. */
export interface NginxToken {
  readonly kind: 'word' | ';' | '{' | '}' | 'comment';
  readonly text: string;
  readonly line: number;
}

const BLANK = /[ \t\r\n]/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
]);

/**
 * Splits a text the way nginx does (`ngx_conf_read_token`): quotes open only at the start of a word, a backslash is
 * undone before `"`, `'`, `\`, `t`, `r` and `n` only, `{` behind a dollar does not end a word, and after a closing
 * quote only a blank, `;`, `{` or `)` may follow.
 *
 * @throws ConfigError with the line of a quote that nginx would refuse.
 */
export function tokenize(text: string): NginxToken[] {
  return new Lexer(text).run();
}

/** What nginx.conf text does wrong on a line. */
export function brokenLine(line: number, what: string, fix: string): ConfigError {
  return new ConfigError({ what: `nginx.conf line ${String(line)}: ${what}`, fix });
}

class Lexer {
  private readonly tokens: NginxToken[] = [];
  private position = 0;
  private line = 1;

  public constructor(private readonly text: string) {}

  public run(): NginxToken[] {
    while (!this.atEnd()) this.step(this.current());
    return this.tokens;
  }

  private step(character: string): void {
    if (BLANK.test(character)) this.take();
    else if (character === ';' || character === '{' || character === '}') {
      this.tokens.push({ kind: character, text: this.take(), line: this.line });
    } else if (character === '#') this.readComment();
    else if (character === '"' || character === "'") this.readQuoted();
    else this.readBare();
  }

  private readQuoted(): void {
    const line = this.line;
    const mark = this.take();
    let word = '';
    while (!this.atEnd() && this.current() !== mark) word += this.takeUnescaped();
    if (this.atEnd()) throw brokenLine(line, `a ${mark} is never closed`, 'close it');
    this.take();
    const next = this.current();
    if (!this.atEnd() && !BLANK.test(next) && !';{)'.includes(next)) {
      const fix = 'put a blank between them, or both into one pair of quotes';
      throw brokenLine(this.line, `${shown(next)} follows a closing quote`, fix);
    }
    this.tokens.push({ kind: 'word', text: word, line });
  }

  private readBare(): void {
    const line = this.line;
    let word = '';
    let last = '';
    while (!this.atEnd()) {
      const character = this.current();
      if (BLANK.test(character) || character === ';' || (character === '{' && last !== '$')) break;
      last = this.takeUnescaped();
      word += last;
    }
    this.tokens.push({ kind: 'word', text: word, line });
  }

  private readComment(): void {
    const { line, position } = this;
    while (!this.atEnd() && this.current() !== '\n') this.take();
    this.tokens.push({ kind: 'comment', text: this.text.slice(position + 1, this.position), line });
  }

  /** One character, or a backslash with the character it guards: the pair when nginx does not undo it. */
  private takeUnescaped(): string {
    const character = this.take();
    if (character !== '\\' || this.atEnd()) return character;
    const guarded = this.take();
    return ESCAPES.get(guarded) ?? character + guarded;
  }

  private take(): string {
    const character = this.current();
    if (character === '\n') this.line++;
    this.position++;
    return character;
  }

  private current(): string {
    return this.text.charAt(this.position);
  }

  private atEnd(): boolean {
    return this.position >= this.text.length;
  }
}

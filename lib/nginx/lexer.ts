import { ConfigError, shown } from '../errors';

/** A word of nginx.conf with its escapes undone, or one of the three marks. */
export interface NginxToken {
  readonly kind: 'word' | ';' | '{' | '}';
  readonly text: string;
  readonly line: number;
}

const BLANK = /[ \t\r\n]/;
const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  r: '\r',
  n: '\n',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/**
 * Splits a text the way nginx does (`ngx_conf_read_token`): quotes open only at the start of a word, a backslash
 * is undone before `"`, `'`, `\`, `t`, `r` and `n` only, `${name}` never opens a block, and after a closing quote
 * only a blank, `;`, `{` or `)` may follow.
 *
 * @throws ConfigError with the line of what nginx would refuse.
 */
export function tokenize(text: string): NginxToken[] {
  return new Lexer(text).run();
}

class Lexer {
  private readonly tokens: NginxToken[] = [];
  private position = 0;
  private line = 1;

  public constructor(private readonly text: string) {}

  public run(): NginxToken[] {
    while (this.position < this.text.length) this.step(this.text.charAt(this.position));
    return this.tokens;
  }

  private step(character: string): void {
    if (BLANK.test(character)) this.advance();
    else if (character === '#') this.skipComment();
    else if (character === ';' || character === '{' || character === '}') {
      this.tokens.push({ kind: character, text: character, line: this.line });
      this.advance();
    } else if (character === '"' || character === "'") this.readQuoted(character);
    else this.readBare();
  }

  private readQuoted(mark: string): void {
    const line = this.line;
    this.advance();
    let word = '';
    while (this.position < this.text.length && this.text.charAt(this.position) !== mark)
      word += this.readCharacter();
    if (this.position >= this.text.length) {
      throw new ConfigError({
        what: `nginx.conf line ${String(line)}: a ${mark} is never closed`,
        fix: 'close it',
      });
    }
    this.advance();
    const next = this.text.charAt(this.position);
    if (next !== '' && !BLANK.test(next) && !';{)'.includes(next)) {
      throw new ConfigError({
        what: `nginx.conf line ${String(this.line)}: ${shown(next)} follows a closing quote`,
        fix: 'put a blank between them, or both into one pair of quotes',
      });
    }
    this.tokens.push({ kind: 'word', text: word, line });
  }

  private readBare(): void {
    const line = this.line;
    let word = '';
    while (this.position < this.text.length) {
      const character = this.text.charAt(this.position);
      const opensVariable = character === '{' && word.endsWith('$');
      if (BLANK.test(character) || character === ';' || (character === '{' && !opensVariable)) break;
      word += this.readCharacter();
    }
    this.tokens.push({ kind: 'word', text: word, line });
  }

  private readCharacter(): string {
    const character = this.text.charAt(this.position);
    this.advance();
    if (character !== '\\') return character;
    const next = this.text.charAt(this.position);
    if (next === '') return character;
    this.advance();
    return ESCAPES[next] ?? character + next;
  }

  private skipComment(): void {
    while (this.position < this.text.length && this.text.charAt(this.position) !== '\n') this.advance();
  }

  private advance(): void {
    if (this.text.charAt(this.position) === '\n') this.line++;
    this.position++;
  }
}

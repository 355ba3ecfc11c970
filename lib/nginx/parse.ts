import { shown } from '../errors';
import { canonical } from './argument';
import type { NginxArgument } from './argument';
import { isDataBlock } from './data-block';
import type { NginxDirective } from './directive';
import { dollarRole } from './expansion';
import { brokenLine, tokenize } from './lexer';
import type { NginxToken } from './lexer';
import { withoutLiteralDollars } from './literal-dollar';
import { splitVariables } from './variable-text';

/**
 * Reads a configuration into its tree, each directive with its line and with the comment lines above it. Comments
 * behind a directive on its line, or at the end of a block, are not kept. `include` is not followed.
 *
 * @throws ConfigError with the line of what nginx would refuse too, and for blocks of Lua code, which have a
 *   grammar of their own.
 */
export function parseNginx(text: string): NginxDirective[] {
  return new Parser(tokenize(text)).run();
}

class Parser {
  private index = 0;

  public constructor(private readonly tokens: readonly NginxToken[]) {}

  public run(): NginxDirective[] {
    const tree = this.readBlock(undefined);
    const rest = this.tokens[this.index];
    if (rest !== undefined) throw brokenLine(rest.line, "a '}' closes nothing", 'remove it');
    return tree;
  }

  private readBlock(parent: string | undefined): NginxDirective[] {
    const tree: NginxDirective[] = [];
    for (;;) {
      const comment = this.readComment();
      const token = this.tokens[this.index];
      if (token === undefined || token.kind === '}') return tree;
      tree.push({ ...this.readDirective(token, parent), ...(comment === undefined ? {} : { comment }) });
    }
  }

  private readComment(): string | undefined {
    const lines: string[] = [];
    const before = this.tokens[this.index - 1]?.line;
    for (let token = this.tokens[this.index]; token?.kind === 'comment'; token = this.tokens[++this.index]) {
      if (token.line !== before) lines.push(token.text.replace(/^ /, '').trimEnd());
    }
    return lines.length === 0 ? undefined : lines.join('\n');
  }

  private readDirective(first: NginxToken, parent: string | undefined): NginxDirective {
    const { text: name, line } = first;
    if (first.kind !== 'word')
      throw brokenLine(line, `${shown(name)} stands where a name should`, 'remove it');
    if (/_by_lua(_block)?$/.test(name)) {
      throw brokenLine(line, `${name} holds Lua code`, 'use the directive that ends in _by_lua_file');
    }
    this.index++;
    const words = this.readWords();
    const args = words.map((word, index) => {
      const place = { parent, name, index, start: word.text, previous: words[index - 1]?.text ?? '' };
      return dollarRole(place) === 'literal' ? word.text : argumentOf(word, dollarRole(place) === 'name');
    });
    return this.endDirective({ name, args, line }, parent);
  }

  private readWords(): NginxToken[] {
    const words: NginxToken[] = [];
    for (let token = this.tokens[this.index]; token !== undefined; token = this.tokens[++this.index]) {
      if (token.kind === 'word') words.push(token);
      else if (token.kind !== 'comment') break;
    }
    return words;
  }

  private endDirective(
    node: NginxDirective & { readonly line: number },
    parent: string | undefined,
  ): NginxDirective {
    const end = this.tokens[this.index++];
    if (end?.kind === ';') return node;
    if (end?.kind !== '{') throw brokenLine(node.line, `${shown(node.name)} is not ended`, "end it with ';'");
    if (isDataBlock(parent)) {
      throw brokenLine(
        end.line,
        `a block opens among the rows of ${String(parent)}`,
        'put the brace in quotes',
      );
    }
    const children = this.readBlock(node.name);
    if (this.tokens[this.index++] === undefined) {
      throw brokenLine(node.line, `the block of ${node.name} is never closed`, "add its '}'");
    }
    return { ...node, block: children };
  }
}

function argumentOf(word: NginxToken, isName: boolean): NginxArgument {
  if (isName) return /^\$[A-Za-z0-9_]+$/.test(word.text) ? [{ variable: word.text.slice(1) }] : word.text;
  const braced = /\$\{([1-9])\}/.exec(word.text)?.[1];
  if (braced !== undefined) {
    throw brokenLine(word.line, `\${${braced}} is no capture to nginx`, `write $${braced}`);
  }
  return canonical(withoutLiteralDollars(splitVariables(word.text).parts));
}

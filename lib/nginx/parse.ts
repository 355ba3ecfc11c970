import { ConfigError, shown } from '../errors';
import { canonical } from './directive';
import type { NginxArgument, NginxDirective, NginxPart } from './directive';
import { tokenize } from './lexer';
import type { NginxToken } from './lexer';
import { LITERAL_DOLLAR, isDataBlock, keepsDollar } from './literal-dollar';

/**
 * Reads a configuration into its tree, each directive with its line. Comments are not kept.
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
    if (rest !== undefined) throw broken(rest.line, "a '}' closes nothing", 'remove it');
    return tree;
  }

  private readBlock(parent: string | undefined): NginxDirective[] {
    const tree: NginxDirective[] = [];
    for (
      let token = this.tokens[this.index];
      token !== undefined && token.kind !== '}';
      token = this.tokens[this.index]
    ) {
      tree.push(this.readDirective(token, parent));
    }
    return tree;
  }

  private readDirective(first: NginxToken, parent: string | undefined): NginxDirective {
    if (first.kind !== 'word')
      throw broken(first.line, `${shown(first.text)} stands where a name should`, 'remove it');
    if (/_by_lua(_block)?$/.test(first.text)) {
      throw broken(
        first.line,
        `${first.text} holds Lua code`,
        'keep Lua out of nginx.conf: use a *_by_lua_file directive',
      );
    }
    const words: string[] = [];
    for (this.index++; this.tokens[this.index]?.kind === 'word'; this.index++) {
      words.push(this.tokens[this.index]?.text ?? '');
    }
    const node = {
      name: first.text,
      args: words.map((word, index) => argument(parent, first.text, word, index)),
      line: first.line,
    };
    return this.endDirective(node, parent);
  }

  private endDirective(node: NginxDirective, parent: string | undefined): NginxDirective {
    const line = node.line ?? 0;
    const end = this.tokens[this.index++];
    if (end?.kind === ';') return node;
    if (end?.kind !== '{') throw broken(line, `${shown(node.name)} is not ended`, "end it with ';'");
    if (parent !== undefined && isDataBlock(parent)) {
      throw broken(line, `${shown(node.name)} opens a block among the rows of ${parent}`, 'quote the brace');
    }
    const children = this.readBlock(node.name);
    if (this.tokens[this.index++] === undefined)
      throw broken(line, `the block of ${node.name} is not closed`, "add '}'");
    return { ...node, block: children };
  }
}

function argument(parent: string | undefined, name: string, word: string, index: number): NginxArgument {
  const literal = keepsDollar(parent, name, index);
  const parts: NginxPart[] = [];
  let end = 0;
  for (const match of word.matchAll(/\$(?:\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/g)) {
    const variable = match[1] ?? match[2] ?? '';
    if (literal) continue;
    parts.push(word.slice(end, match.index), variable === LITERAL_DOLLAR ? '$' : { variable });
    end = match.index + match[0].length;
  }
  parts.push(word.slice(end));
  return canonical(parts);
}

function broken(line: number, what: string, fix: string): ConfigError {
  return new ConfigError({ what: `nginx.conf line ${String(line)}: ${what}`, fix });
}

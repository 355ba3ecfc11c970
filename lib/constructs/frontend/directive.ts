import { expression } from '../../nginx/argument';
import type { NginxDirective } from '../../nginx/directive';
import { dollarRole } from '../../nginx/expansion';
import { refuseTokens } from '../checked/tokens';

/**
 * An nginx directive without a prop of its own, in nginx's own notation: `$name` in an argument is a variable where nginx expands
 * one, and a dollar like any other where it does not, as in a regular expression. `${literal_dollar}` is the sign itself.
 */
export class Directive {
  /**
   * @param directiveName nginx's name of it, such as `lingering_close`.
   * @param args Its arguments, one each, unquoted.
   * @param children Directives of its block, when it is one.
   * @throws ConfigError for a Terraform token; `addDirective` refuses a dollar that begins no variable where nginx expands them.
   */
  public static of(directiveName: string, args: string[], children?: Directive[]): Directive {
    refuseTokens({ [directiveName]: args }, []);
    const [own, inside] = [[...args], children && [...children]];
    return new Directive(directiveName, (parent) => written(directiveName, own, inside, parent));
  }

  /**
   * One that is there already, in the language's own terms.
   *
   * @internal
   */
  public static _made(node: NginxDirective): Directive {
    return new Directive(node.name, () => node);
  }

  /** @internal */
  public readonly _name: string;

  private constructor(
    directiveName: string,
    private readonly write: (parent?: string) => NginxDirective,
  ) {
    this._name = directiveName;
  }

  /**
   * Its node within a block: what a dollar means hangs on where it stands.
   *
   * @internal
   */
  public _in(parent?: string): NginxDirective {
    return this.write(parent);
  }
}

function written(
  name: string,
  args: readonly string[],
  children: readonly Directive[] | undefined,
  parent: string | undefined,
): NginxDirective {
  const read = args.map((start, index) => {
    const role = dollarRole({ parent, name, index, start, previous: args[index - 1] ?? '' });
    return role === 'literal' ? start : expression(start);
  });
  return { name, args: read, ...(children && { block: children.map((child) => child._in(name)) }) };
}

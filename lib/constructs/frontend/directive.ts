import { expression } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
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
    return new Directive(directiveName, [...args], children === undefined ? undefined : [...children]);
  }

  /** @internal */
  public readonly _name: string;

  private constructor(
    directiveName: string,
    private readonly args: readonly string[],
    private readonly children: readonly Directive[] | undefined,
  ) {
    this._name = directiveName;
  }

  /**
   * Its node within a block: what a dollar means hangs on where it stands.
   *
   * @internal
   */
  public _in(parent?: string): NginxDirective {
    const args = this.args.map((_, index) => this.argument(index, parent));
    const node = { name: this._name, args };
    if (this.children === undefined) return node;
    return { ...node, block: this.children.map((child) => child._in(this._name)) };
  }

  private argument(index: number, parent: string | undefined): NginxArgument {
    const [start = '', previous = ''] = [this.args[index], this.args[index - 1]];
    const role = dollarRole({ parent, name: this._name, index, start, previous });
    return role === 'literal' ? start : expression(start);
  }
}

import { expression } from '../nginx/argument';
import { block, directive } from '../nginx/directive';
import type { NginxDirective } from '../nginx/directive';
import { refuseTokens } from './text';

/** An nginx directive without a prop of its own, in nginx's own notation: `$name` in an argument is a variable. */
export class Directive {
  /**
   * @param directiveName nginx's name of it, such as `lingering_close`.
   * @param args Its arguments, one each, unquoted.
   * @param children Directives of its block, when it is one.
   * @throws ConfigError for a dollar that begins no variable, and for a Terraform token.
   */
  public static of(directiveName: string, args: string[], children?: Directive[]): Directive {
    refuseTokens({ [directiveName]: args }, []);
    const parsed = args.map((argument) => expression(argument));
    return new Directive(
      children === undefined
        ? directive(directiveName, ...parsed)
        : block(
            directiveName,
            parsed,
            children.map((child) => child._model),
          ),
    );
  }

  /** @internal */
  public readonly _model: NginxDirective;

  private constructor(model: NginxDirective) {
    this._model = model;
  }
}

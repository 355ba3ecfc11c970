import type { Construct } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import type { NginxDirective } from '../../nginx/directive';
import type { Server } from '../../topology/frontend';
import type { Size } from '../../values/size';
import type { Directive } from './directive';
import { checkedBodySize, checkedCharset } from './frontend-model';
import { NginxContext } from './nginx-context';
import type { PolicyNames } from '../policy/policy-names';
import { PolicyLevel } from '../policy/attachable';
import { StackTopology } from '../stack/stack-topology';

/** Properties of one nginx `server`. */
export interface NginxServerProps {
  /** Names it answers to: exact, `*.example.com`, or `~` and a regular expression. */
  readonly serverNames: string[];
  /**
   * Charset of the Content-Type of its answers.
   *
   * @default - the frontend's
   */
  readonly charset?: string;
  /**
   * Largest request body it takes.
   *
   * @default - the frontend's
   */
  readonly clientMaxBodySize?: Size;
}

/** One nginx `server` of a frontend: names and locations; made by `NginxFrontend.addServer`. */
export class NginxServer extends NginxContext {
  /** @internal */
  public static _create(scope: Construct, id: string, props: NginxServerProps): NginxServer {
    if (props.charset !== undefined) checkedCharset(props.charset);
    if (props.clientMaxBodySize !== undefined) checkedBodySize(props.clientMaxBodySize);
    return new NginxServer(scope, id, props);
  }

  private readonly directives: NginxDirective[] = [];

  private constructor(
    scope: Construct,
    id: string,
    private readonly props: NginxServerProps,
  ) {
    super(scope, id);
  }

  public addDirective(directive: Directive): void {
    this.directives.push(ConfigError.at(this.node.path, () => directive._in()));
    StackTopology.of(this).changed();
  }

  /** @internal */
  public _model(policyNames: PolicyNames): Server {
    const { serverNames, charset, clientMaxBodySize } = this.props;
    const [where = ''] = serverNames;
    return {
      construct: this.node.path,
      serverNames,
      ...(charset === undefined ? {} : { charset }),
      ...(clientMaxBodySize === undefined ? {} : { clientMaxBodySizeBytes: clientMaxBodySize.toBytes() }),
      policies: this._policies(PolicyLevel.SERVER, where, policyNames),
      locations: this._locations(policyNames, where),
      directives: [...this.directives],
    };
  }
}

import { ConfigError } from '../../errors';
import { checkBackend } from '../checked/backend';
import { cookieVariable, headerVariable, queryVariable } from '../checked/request-variables';
import { refuseTokens } from '../checked/tokens';
import type { BackendConfig, IBackend } from './backend';
import type { Case } from './case';
import { checkedSource } from './choice-source';
import { chosenConfig } from './chosen-config';

/** Several backends of which a request gets one by what it has: a header, a cookie, its method (`map`). */
export class Choice implements IBackend {
  /**
   * By a header of the request.
   *
   * @param headerName Such as `X-Version`.
   * @param cases Which values go where.
   * @param otherwise Who gets all others.
   * @throws ConfigError for what is no name of a header, and for no case.
   */
  public static byHeader(headerName: string, cases: Case[], otherwise: IBackend): Choice {
    return Choice.by(`$${headerVariable('Choice.byHeader', headerName)}`, cases, otherwise);
  }

  /**
   * By a cookie, such as one that a client gets who takes part in a trial.
   *
   * @param cookieName Such as `beta`.
   * @param cases Which values go where.
   * @param otherwise Who gets all others.
   * @throws ConfigError for a name that no variable of nginx can have, and for no case.
   */
  public static byCookie(cookieName: string, cases: Case[], otherwise: IBackend): Choice {
    return Choice.by(`$${cookieVariable('Choice.byCookie', cookieName)}`, cases, otherwise);
  }

  /**
   * By an argument of the query, as it is encoded.
   *
   * @param argumentName Such as `preview`.
   * @param cases Which values go where.
   * @param otherwise Who gets all others.
   * @throws ConfigError for a name that no variable of nginx can have, and for no case.
   */
  public static byQuery(argumentName: string, cases: Case[], otherwise: IBackend): Choice {
    return Choice.by(`$${queryVariable('Choice.byQuery', argumentName)}`, cases, otherwise);
  }

  /**
   * By the method, such as `POST`.
   *
   * @param cases Which methods go where.
   * @param otherwise Who gets all others.
   * @throws ConfigError for no case.
   */
  public static byMethod(cases: Case[], otherwise: IBackend): Choice {
    return Choice.by('$request_method', cases, otherwise);
  }

  /**
   * By any text in nginx's notation.
   *
   * @param source Such as `$ssl_client_s_dn` or `$http_x_a$http_x_b`.
   * @param cases Which values go where.
   * @param otherwise Who gets all others.
   * @throws ConfigError for a text without a variable, for no case, and for two of one value.
   */
  public static by(source: string, cases: Case[], otherwise: IBackend): Choice {
    refuseTokens({ 'Choice.by: source': source }, []);
    checkedSource('Choice.by', source);
    checkBackend('Choice.by: otherwise', otherwise);
    checkCases(cases);
    return new Choice(source, [...cases], otherwise);
  }

  private constructor(
    private readonly source: string,
    private readonly cases: readonly Case[],
    private readonly otherwise: IBackend,
  ) {}

  /** Describes the choice to its frontend. */
  public bindBackend(): BackendConfig {
    const routes = this.cases.map(({ _value: value, _backend }) => ({
      backend: _backend.bindBackend(),
      value,
    }));
    return chosenConfig('choice', this.source, [...routes, { backend: this.otherwise.bindBackend() }]);
  }

  /**
   * The backends themselves.
   *
   * @internal
   */
  public get _backends(): IBackend[] {
    return [...this.cases.map(({ _backend }) => _backend), this.otherwise];
  }
}

function checkCases(cases: readonly Case[]): void {
  if (cases.length === 0) {
    throw new ConfigError({
      what: 'Choice.by: there is no case, so that otherwise would get every request',
      fix: "give one such as Case.of('2', v2), or pass to the backend itself",
    });
  }
  const values = cases.map(({ _value }) => (_value.startsWith('~') ? _value : _value.toLowerCase()));
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice === undefined) return;
  throw new ConfigError({
    what: `Choice.by: two cases have the value ${twice}: nginx would not start`,
    fix: 'leave one of them out',
    rule: 'NGX-DUP',
  });
}

import { ConfigError, allOf, shown } from '../../errors';
import { concat } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { checkOptions } from '../checked/options';
import { checkedMediaType } from '../checked/response-text';
import { refuseTokens } from '../checked/tokens';
import { item } from '../checked/values';

/** How an error page differs from its defaults. */
export interface ErrorPageOptions {
  /**
   * Status of the answer, instead of the one that the page stands for.
   *
   * @default - that one (nginx)
   */
  readonly status?: number;
}

/** What clients get instead of the server's own words for an error. */
export class ErrorPage {
  /**
   * A fixed text.
   *
   * @param codes Statuses that it stands for, 300 to 599.
   * @param body Its text, literally: nothing in it is a variable.
   * @param contentType What the text is, such as `text/html`.
   * @param options What differs.
   * @throws ConfigError for a status for which nginx has no page, and for what is no media type.
   */
  public static text(
    codes: number[],
    body: string,
    contentType: string = 'text/plain',
    options: ErrorPageOptions = {},
  ): ErrorPage {
    refuseTokens({ codes, body, contentType }, []);
    const head = heading('ErrorPage.text', codes, options);
    const answer = [
      block('types', [], []),
      directive('default_type', checkedMediaType('ErrorPage.text: contentType', contentType)),
      directive('return', '200', body),
    ];
    return new ErrorPage(
      (name) => directive('error_page', ...head, concat('@', name)),
      (name) => [block('location', [concat('@', name)], answer)],
    );
  }

  /**
   * What another location of the server answers, such as a file of a `StaticMount`.
   *
   * @param codes Statuses that it stands for, 300 to 599.
   * @param path Path of the page, such as `/errors/404.html`.
   * @param options What differs.
   * @throws ConfigError for a status for which nginx has no page, and for what is no path.
   */
  public static path(codes: number[], path: string, options: ErrorPageOptions = {}): ErrorPage {
    refuseTokens({ codes, path }, []);
    const head = heading('ErrorPage.path', codes, options);
    if (!/^\/(?!\/)[!-~]*$/.test(path)) {
      throw new ConfigError({
        what: `ErrorPage.path: ${shown(path)} is no path`,
        fix: "begin it with '/', and percent-encode blanks and other letters, such as '/errors/404.html'",
      });
    }
    return new ErrorPage(
      () => directive('error_page', ...head, path),
      () => [],
    );
  }

  private constructor(
    /** @internal */
    public readonly _directive: (name: string) => NginxDirective,
    /** @internal */
    public readonly _locations: (name: string) => NginxDirective[],
  ) {}
}

/** 499 is nginx's own word for a client that has gone (`ngx_http_core_error_page`). */
function heading(call: string, codes: readonly number[], options: ErrorPageOptions): NginxArgument[] {
  checkOptions(call, 'ErrorPageOptions', options);
  if (codes.length === 0) {
    throw new ConfigError({
      what: `${call}: there is no status`,
      fix: 'give those that it stands for, such as [502, 504]',
    });
  }
  allOf(codes, (code, at) => {
    if (Number.isInteger(code) && code >= 300 && code <= 599 && code !== 499) return;
    throw new ConfigError({
      what: `${call}: ${item('codes', at)} ${String(code)} is no status that nginx has a page for`,
      fix: 'give 300 to 599, but for 499',
    });
  });
  const { status } = options;
  if (status !== undefined && (!Number.isInteger(status) || status < 200 || status > 599)) {
    throw new ConfigError({
      what: `${call}: status ${String(status)} is no status of an answer`,
      fix: 'give a whole number from 200 to 599',
    });
  }
  return [...[...new Set(codes)].map(String), ...(status === undefined ? [] : [`=${String(status)}`])];
}

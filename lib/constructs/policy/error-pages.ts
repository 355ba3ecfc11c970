import { ConfigError } from '../../errors';
import { directive } from '../../nginx/directive';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import type { ErrorPage } from './error-page';
import { passFamily } from '../../topology/derive/pass-family';

/** What clients get instead of errors. */
export interface ErrorPagesOptions {
  /** The pages; of two for one status the first is shown. */
  readonly pages: ErrorPage[];
  /**
   * Whether they stand for errors of the application as well (`uwsgi_intercept_errors`, `proxy_intercept_errors`), whose own words are
   * then lost.
   *
   * @default false (nginx): they stand for nginx's own errors, such as 502 when nobody answers
   */
  readonly intercept?: boolean;
}

/** Error pages, checked. */
export function errorPages({ pages, intercept = false }: ErrorPagesOptions): (place: PolicyPlace) => Bound {
  if (pages.length === 0) {
    throw new ConfigError({
      what: 'pages is empty',
      fix: "give one such as ErrorPage.text([502], 'Back soon')",
    });
  }
  return ({ name, protocols }) => {
    const named = pages.map((page, at) => ({ page, called: at === 0 ? name : `${name}_${String(at + 1)}` }));
    return {
      directives: [
        ...named.map(({ page, called }) => page._directive(called)),
        ...(intercept
          ? protocols.map((each) => directive(`${passFamily(each)}_intercept_errors`, 'on'))
          : []),
      ],
      inServers: named.flatMap(({ page, called }) => page._locations(called)),
    };
  };
}

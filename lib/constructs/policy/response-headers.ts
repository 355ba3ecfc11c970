import { ConfigError, together } from '../../errors';
import { directive } from '../../nginx/directive';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { passFamily } from '../../topology/derive/pass-family';
import { checkedHeaders, checkedSet } from './header-options';

/** What the headers of answers become. */
export interface ResponseHeadersOptions {
  /**
   * Headers that are added to answers of every status, by name. Values are sent literally, dollars included. The application's own of
   * the same name are sent as well, unless they are hidden.
   *
   * @default - none
   */
  readonly set?: Record<string, string>;
  /**
   * Headers of the application's that clients do not get. With one of the same name in `set` they get that instead.
   *
   * @default - none
   */
  readonly hide?: string[];
}

/** Headers of answers, checked. */
export function responseHeaders({
  set = {},
  hide = [],
}: ResponseHeadersOptions): (place: PolicyPlace) => Bound {
  const [added, hidden] = together(
    () => checkedSet('set', set, whyNotSet),
    () => checkedHeaders('hide', hide, whyNotHidden),
  );
  if (added.length + hidden.length === 0) {
    throw new ConfigError({
      what: 'it changes nothing: there is neither set nor hide',
      fix: "give one, such as set: { 'X-Robots-Tag': 'noindex' }",
    });
  }
  return ({ protocols }) => {
    if (hidden.length > 0 && protocols.length === 0) throw nothingToHide();
    return {
      directives: [
        ...protocols.flatMap((protocol) =>
          hidden.map((name) => directive(`${passFamily(protocol)}_hide_header`, name)),
        ),
        ...added.map(([name, value]) => directive('add_header', name, value, 'always')),
      ],
    };
  };
}

/** What nginx writes itself, so that a second one would be sent. */
const NGINX_OWN: Readonly<Record<string, string>> = {
  connection: 'leave it out',
  'content-encoding': 'leave it out: Policy.compression says it of what it compresses',
  'content-length': 'leave it out',
  'content-type':
    "say it with default_type, or where the content is made: addDirective(Directive.of('types', …))",
  date: 'leave it out',
  'keep-alive': 'leave it out',
  server: 'leave it out: server_tokens is off already',
  'transfer-encoding': 'leave it out',
};

function whyNotSet(name: string): readonly [string, string] | undefined {
  const fix = NGINX_OWN[name.toLowerCase()];
  return fix === undefined ? undefined : ["is nginx's own: the answer would have two of them", fix];
}

/** Never sent on, whatever is hidden (`ngx_http_proxy_hide_headers`); what frames the answer is nginx's. */
const NEVER_SENT_ON: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'date', 'keep-alive', 'server', 'transfer-encoding'],
]);

function whyNotHidden(name: string): readonly [string, string] | undefined {
  return NEVER_SENT_ON.has(name.toLowerCase())
    ? ["is nginx's own: that of the application is never sent on", 'leave it out']
    : undefined;
}

function nothingToHide(): ConfigError {
  return new ConfigError({
    what: 'Policy.responseHeaders has nothing to hide: no location here passes to a backend',
    fix: 'leave hide out, or attach it where requests are passed on, such as to what addBackend returns',
  });
}

import { variable } from '../../nginx/argument';
import { directive } from '../../nginx/directive';
import { requestHeader } from '../../topology/render/nginx-pass';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { passFamily } from '../../topology/derive/pass-family';
import { checkedHeaders } from './header-options';
import { whyNot } from './request-headers';

/** Where the id of a request is told. */
export interface RequestIdOptions {
  /**
   * Header in which applications and clients get it; what either of them says in it is left out.
   *
   * @default 'X-Request-Id'
   */
  readonly header?: string;
}

const ID = variable('request_id');

/** An id of 32 hexadecimal digits, another one with each request (`$request_id`), checked. */
export function requestId({ header = 'X-Request-Id' }: RequestIdOptions): (place: PolicyPlace) => Bound {
  checkedHeaders('header', [header], whyNot);
  return ({ protocols }) => ({
    directives: [
      directive('add_header', header, ID, 'always'),
      ...protocols.flatMap((protocol) => [
        directive(`${passFamily(protocol)}_hide_header`, header),
        requestHeader(protocol, header, '$request_id', ID),
      ]),
    ],
  });
}

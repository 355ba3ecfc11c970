import { ConfigError, allOf, shown } from '../../errors';
import { concat, variable } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import { item } from '../checked/values';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';

/** Which methods a request may have. */
export interface AllowMethodsOptions {
  /** Methods such as `GET` and `POST`; with GET comes HEAD, which asks for the same without its body. */
  readonly methods: string[];
}

/** A list of methods, checked. */
export function allowMethods({ methods }: AllowMethodsOptions): (place: PolicyPlace) => Bound {
  if (methods.length === 0) {
    throw new ConfigError({
      what: 'methods is empty: every request would be refused',
      fix: "give one such as 'GET', or answer with LocationAction.respond(405)",
    });
  }
  allOf(methods, checkMethod);
  const allowed = [...new Set(methods.flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])))];
  return ({ name }) => {
    const [refused, allow] = [variable(`${name}_refused`), variable(`${name}_allow`)];
    return {
      directives: [directive('add_header', 'Allow', allow, 'always')],
      inLocations: [block('if', [concat('(', refused, ')')], [directive('return', '405')])],
      declarations: [
        block(
          'map',
          [variable('request_method'), refused],
          [directive('default', '1'), ...allowed.map((each) => directive(each, ''))],
        ),
        // A header whose value is empty is not sent (nginx): an answer of the application's has its own.
        block('map', [refused, allow], [directive('default', ''), directive('1', allowed.join(', '))]),
      ],
    };
  };
}

/** nginx answers them 405 before it looks at any block (seen for TRACE; CONNECT from 1.21.1). */
const NEVER = ['CONNECT', 'TRACE'];

/** Other letters nginx refuses with 400 (`ngx_http_parse_request_line`). */
function checkMethod(method: string, at: number): void {
  if (NEVER.includes(method)) {
    throw new ConfigError({
      what: `${item('methods', at)} ${shown(method)} is a method that nginx itself answers 405`,
      fix: 'leave it out',
    });
  }
  if (/^[A-Z][A-Z_-]*$/.test(method)) return;
  const upper = method.toUpperCase();
  throw new ConfigError({
    what: `${item('methods', at)} ${shown(method)} is no method: they are told by capital letters`,
    fix: `give one such as ${/^[A-Z][A-Z_-]*$/.test(upper) ? `'${upper}'` : "'GET'"}`,
  });
}

import { ConfigError, allOf, shown, together } from '../../errors';
import { concat, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { Duration } from '../../values/duration';
import { item, wholeSeconds } from '../checked/values';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';

/** Which pages of other origins may read the answers. */
export interface CorsOptions {
  /** Origins such as `https://app.example.com`, or `*` alone for any. */
  readonly origins: string[];
  /**
   * Methods that they may use.
   *
   * @default - GET, HEAD, POST, PUT, PATCH, DELETE
   */
  readonly methods?: string[];
  /**
   * Headers that they may send besides the plain ones.
   *
   * @default - Authorization, Content-Type
   */
  readonly headers?: string[];
  /**
   * Headers of the answer that they may read besides the plain ones.
   *
   * @default - none
   */
  readonly exposedHeaders?: string[];
  /**
   * Whether they may send cookies and passwords along.
   *
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * How long a browser may remember what it may do.
   *
   * @default Duration.minutes(10)
   */
  readonly maxAge?: Duration;
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const HEADERS: readonly string[] = ['Authorization', 'Content-Type'];

/** What other origins may do, checked. */
export function cors(options: CorsOptions): (place: PolicyPlace) => Bound {
  const { methods = METHODS, headers = HEADERS, maxAge = Duration.minutes(10) } = options;
  together(
    () => allOf(options.origins, checkOrigin),
    () => allOf(methods, (each, at) => checkedWord(item('methods', at), each)),
    () => allOf(headers, (each, at) => checkedWord(item('headers', at), each)),
    () => allOf(options.exposedHeaders ?? [], (each, at) => checkedWord(item('exposedHeaders', at), each)),
    () => {
      checkAnyone(options);
    },
  );
  const onceAsked = {
    'Allow-Methods': methods.join(', '),
    'Allow-Headers': headers.join(', '),
    'Max-Age': String(wholeSeconds('maxAge', maxAge)),
  };
  return ({ name }) => ({
    directives: [...originHeaders(name, options), ...answers(name, Object.keys(onceAsked))],
    inLocations: [block('if', [concat('(', variable(`${name}_asks`), ')')], [directive('return', '204')])],
    declarations: [...originMap(name, options), ...asksMaps(name, onceAsked)],
  });
}

/** A browser asks first, with a request of its own (Fetch, "CORS-preflight request"); nginx answers it. */
function asksMaps(name: string, onceAsked: Readonly<Record<string, string>>): NginxDirective[] {
  const asks = `${name}_asks`;
  const question = concat(variable('request_method'), ' ', variable('http_access_control_request_method'));
  return [
    block('map', [question, variable(asks)], [directive('default', ''), directive('~^OPTIONS .', '1')]),
    ...Object.entries(onceAsked).map(([header, value]) =>
      block(
        'map',
        [variable(asks), variable(variableOf(name, header))],
        [directive('default', ''), directive('1', value)],
      ),
    ),
  ];
}

/** A header whose value is empty is not sent (nginx). */
function answers(name: string, headers: readonly string[]): NginxDirective[] {
  return headers.map((header) => allow(header, variable(variableOf(name, header))));
}

function variableOf(name: string, header: string): string {
  return `${name}_${header.toLowerCase().replace('-', '_')}`;
}

function originHeaders(name: string, options: CorsOptions): NginxDirective[] {
  const { origins, exposedHeaders = [], credentials } = options;
  const [origin, vary] = isAnyone(origins)
    ? ['*', []]
    : [variable(`${name}_origin`), [directive('add_header', 'Vary', 'Origin', 'always')]];
  return [
    allow('Allow-Origin', origin),
    ...vary,
    ...(credentials === true ? [allow('Allow-Credentials', 'true')] : []),
    ...(exposedHeaders.length === 0 ? [] : [allow('Expose-Headers', exposedHeaders.join(', '))]),
  ];
}

function originMap(name: string, { origins }: CorsOptions): NginxDirective[] {
  if (isAnyone(origins)) return [];
  const rows = [...new Set(origins)].map((origin) => directive(origin, variable('http_origin')));
  return [
    block('map', [variable('http_origin'), variable(`${name}_origin`)], [directive('default', ''), ...rows]),
  ];
}

function allow(header: string, value: NginxArgument): NginxDirective {
  return directive('add_header', `Access-Control-${header}`, value, 'always');
}

function isAnyone(origins: readonly string[]): boolean {
  return origins.includes('*');
}

function checkOrigin(origin: string, at: number): void {
  if (origin === '*' || /^[a-z][a-z0-9+.-]*:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(origin))
    return;
  throw new ConfigError({
    what: `${item('origins', at)} ${shown(origin)} is not an origin as browsers send it`,
    fix: "give scheme, host and port in small letters and without a path, such as 'https://app.example.com'",
  });
}

function checkedWord(option: string, word: string): string {
  if (/^[A-Za-z0-9!#%&'*+.^_|~-]+$/.test(word)) return word;
  throw new ConfigError({
    what: `${option} ${shown(word)} is no word of HTTP`,
    fix: 'use letters, digits and hyphens, as in the names of headers and methods',
  });
}

function checkAnyone({ origins, credentials }: CorsOptions): void {
  if (origins.length === 0) {
    throw new ConfigError({ what: 'origins is empty', fix: "give one such as 'https://app.example.com'" });
  }
  if (!isAnyone(origins)) return;
  if (origins.length > 1) {
    throw new ConfigError({
      what: "'*' among other origins lets all of them in",
      fix: "give '*' alone, or leave it out",
    });
  }
  if (credentials === true) {
    throw new ConfigError({
      what: "credentials with the origin '*': browsers refuse the answer (Fetch)",
      fix: 'name the origins',
    });
  }
}

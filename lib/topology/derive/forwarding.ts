import { isAtLeast } from '../../server-version';

/** nginx text that may hold variables, as a plain string: it is ours, never a user's. */
export type NginxExpression = string;

/** What nginx says of the request to an application, whatever the client said. */
export interface ForwardedFacts {
  /** `$host`, with the port that the client named: an application writes it into its links, and Django compares it with Origin. */
  readonly host: NginxExpression;
  /** Port that the client connected to: the gate hands it on in the PROXY protocol. */
  readonly port: NginxExpression;
}

/** The same with what hangs on the location and its backend. */
export interface PassedFacts extends ForwardedFacts {
  /** Path as the backend wants it. */
  readonly path: NginxExpression;
  /** Where the application is mounted, such as `/api`; empty where that is `/`. */
  readonly scriptName: string;
}

/** Variable of ours that holds the host and the port, where nginx has none. */
export const FORWARDED_HOST = 'forwarded_host';

/** True for an nginx that has the port of the request as a variable. */
export function tellsRequestPort(version: string): boolean {
  return isAtLeast(version, '1.29.3');
}

/** The facts as variables of a given nginx, behind the gate or not. */
export function forwardedFacts(version: string, gate: boolean): ForwardedFacts {
  return {
    host: tellsRequestPort(version) ? '$host$is_request_port$request_port' : `$${FORWARDED_HOST}`,
    port: gate ? '$proxy_protocol_server_port' : '$server_port',
  };
}

/** The client's cookies as one header (RFC 6265): gunicorn and uWSGI join several with a comma, or keep the last alone. */
const COOKIE = '$http_cookie';

/**
 * Headers of the client's that an application never gets by uWSGI's protocol: those that it would take for nginx's word, those that
 * are about the connection to nginx (as nginx's HTTP proxy leaves out; `Transfer-Encoding: chunked` makes Werkzeug ignore the
 * body, which nginx has decoded), and those that WSGI has under their bare names (PEP 3333).
 */
const CLEARED_PARAMS = [
  'HTTP_X_FORWARDED_PROTOCOL',
  'HTTP_X_FORWARDED_SSL',
  'HTTP_FORWARDED',
  'HTTP_PROXY',
  'HTTP_TRANSFER_ENCODING',
  'HTTP_TE',
  'HTTP_EXPECT',
  'HTTP_CONTENT_TYPE',
  'HTTP_CONTENT_LENGTH',
] as const;

/**
 * Parameters of the uwsgi protocol, complete: rendered in every location, since one `uwsgi_param` in a location
 * drops all of the outer ones, and inline, since the file `uwsgi_params` differs between distributions.
 * A `HTTP_X` parameter replaces the client's own header X; an empty one clears it. SCRIPT_NAME may be missing, but
 * `wsgiref.validate` and applications that were tried with another server want it.
 */
export function uwsgiParams(facts: PassedFacts): readonly (readonly [string, NginxExpression])[] {
  return [
    ['QUERY_STRING', '$query_string'],
    ['REQUEST_METHOD', '$request_method'],
    ['CONTENT_TYPE', '$content_type'],
    ['CONTENT_LENGTH', '$content_length'],
    ['REQUEST_URI', '$request_uri'],
    ['PATH_INFO', facts.path],
    ['SERVER_PROTOCOL', '$server_protocol'],
    ['REQUEST_SCHEME', '$scheme'],
    ['REMOTE_ADDR', '$remote_addr'],
    ['REMOTE_PORT', '$remote_port'],
    ['SERVER_PORT', facts.port],
    ['SERVER_NAME', '$host'],
    ['SCRIPT_NAME', facts.scriptName],
    ['HTTP_HOST', facts.host],
    ['HTTP_X_REAL_IP', '$remote_addr'],
    ['HTTP_X_FORWARDED_FOR', '$remote_addr'],
    ['HTTP_X_FORWARDED_HOST', facts.host],
    ['HTTP_X_FORWARDED_PORT', facts.port],
    ['HTTP_X_FORWARDED_PROTO', '$scheme'],
    ['HTTP_X_FORWARDED_PREFIX', facts.scriptName],
    ['HTTP_COOKIE', COOKIE],
    ...CLEARED_PARAMS.map((name) => [name, ''] as const),
  ];
}

/** True for a header that is not to be sent when it is empty, which is never so for what nginx says itself. */
export function isOptionalParam(name: string, value: NginxExpression): boolean {
  return name.startsWith('HTTP_') && (value === '' || value === COOKIE);
}

/** The same for HTTP backends, as request headers; an empty one is not sent. */
export function proxyHeaders(facts: PassedFacts): readonly (readonly [string, NginxExpression])[] {
  return [
    ['Host', facts.host],
    ['X-Real-IP', '$remote_addr'],
    ['X-Forwarded-For', '$remote_addr'],
    ['X-Forwarded-Host', facts.host],
    ['X-Forwarded-Port', facts.port],
    ['X-Forwarded-Proto', '$scheme'],
    ['X-Forwarded-Protocol', ''],
    ['X-Forwarded-Ssl', ''],
    ['X-Forwarded-Prefix', facts.scriptName],
    ['Forwarded', ''],
    ['Proxy', ''],
    ['Cookie', COOKIE],
  ];
}

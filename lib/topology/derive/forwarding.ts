import { isAtLeast } from '../../server-version';

/** nginx text that may hold variables, as a plain string: it is ours, never a user's. */
export type NginxExpression = string;

/** What nginx says of the request to an application, whatever the client said. */
export interface ForwardedFacts {
  /** `$host`, with the port where nginx can tell it (1.29.3). */
  readonly host: NginxExpression;
  /** Port that the client connected to: the gate hands it on in the PROXY protocol. */
  readonly port: NginxExpression;
}

/** The facts as variables of a given nginx, behind the gate or not. */
export function forwardedFacts(version: string, gate: boolean): ForwardedFacts {
  return {
    host: isAtLeast(version, '1.29.3') ? '$host$is_request_port$request_port' : '$host',
    port: gate ? '$proxy_protocol_server_port' : '$server_port',
  };
}

/**
 * Parameters of the uwsgi protocol, complete: rendered in every location, since one `uwsgi_param` in a location
 * drops all of the outer ones, and inline, since the file `uwsgi_params` differs between distributions.
 * A `HTTP_X` parameter replaces the client's own header X; an empty one clears it.
 */
export function uwsgiParams(facts: ForwardedFacts): readonly (readonly [string, NginxExpression])[] {
  return [
    ['QUERY_STRING', '$query_string'],
    ['REQUEST_METHOD', '$request_method'],
    ['CONTENT_TYPE', '$content_type'],
    ['CONTENT_LENGTH', '$content_length'],
    ['REQUEST_URI', '$request_uri'],
    ['PATH_INFO', '$document_uri'],
    ['SERVER_PROTOCOL', '$server_protocol'],
    ['REQUEST_SCHEME', '$scheme'],
    ['REMOTE_ADDR', '$remote_addr'],
    ['REMOTE_PORT', '$remote_port'],
    ['SERVER_PORT', facts.port],
    ['SERVER_NAME', '$host'],
    ['HTTP_HOST', facts.host],
    ['HTTP_X_REAL_IP', '$remote_addr'],
    ['HTTP_X_FORWARDED_FOR', '$remote_addr'],
    ['HTTP_X_FORWARDED_HOST', facts.host],
    ['HTTP_X_FORWARDED_PORT', facts.port],
    ['HTTP_X_FORWARDED_PROTO', '$scheme'],
    ['HTTP_X_FORWARDED_PROTOCOL', ''],
    ['HTTP_X_FORWARDED_SSL', ''],
    ['HTTP_PROXY', ''],
  ];
}

/** The same for HTTP backends, as request headers; an empty one is not sent. */
export function proxyHeaders(facts: ForwardedFacts): readonly (readonly [string, NginxExpression])[] {
  return [
    ['Host', facts.host],
    ['X-Real-IP', '$remote_addr'],
    ['X-Forwarded-For', '$remote_addr'],
    ['X-Forwarded-Host', facts.host],
    ['X-Forwarded-Port', facts.port],
    ['X-Forwarded-Proto', '$scheme'],
    ['X-Forwarded-Protocol', ''],
    ['X-Forwarded-Ssl', ''],
    ['Proxy', ''],
  ];
}

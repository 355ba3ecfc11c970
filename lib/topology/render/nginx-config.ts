import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { locationsOf } from '../../nginx/location-match';
import { literalDollarDirective, needsLiteralDollar } from '../../nginx/literal-dollar';
import { TEMP_PATH_DIRECTIVES } from '../derive/nginx-scratch';
import { PATHS } from '../derive/paths';
import { mapBucketBytes, variableBucketBytes } from '../derive/hash-buckets';
import { nameBucketBytes } from '../derive/server-names';
import type { Frontend, LocationMatch, Server } from '../frontend';
import { portsOf } from '../listener';
import type { Policy } from '../policy';
import { once } from '../once';
import type { Topology } from '../topology';
import { blockLines } from './block-lines';
import { accessLogDirectives, omittedPaths } from './access-log';
import { choiceMaps } from './backend-choice';
import { encodedPath, pathMap } from './encoded-path';
import { forwardedHost, portMap } from './forwarded-host';
import { servedServers } from './frontend-parts';
import { givingWay } from './giving-way';
import { MIME_TYPES } from './mime-types';
import { within } from './inherited';
import { locationBlock } from './nginx-location';
import { passesThroughVariable, resolverDirective } from './name-resolution';
import { backendsOf, upstreamBlock } from './nginx-upstream';
import { nginxSize, nginxTime } from './nginx-values';
import { conditionsIn, holding, policyDeclarations, policyLines } from './policies';
import { policyLocations } from './policy-locations';
import { strippedMaps } from './stripped-path';
import { upgradeMap } from './web-sockets';
import { withZoneNames } from './zone-names';

/** Header buffers towards applications: cookies and content policies are larger than one memory page (seen: 502). */
const RESPONSE_BUFFER = '16k';

/** The tree of a frontend's `nginx.conf`. */
export function nginxConfig(frontend: Frontend, topology: Topology): NginxDirective[] {
  return configOf(topology)(frontend);
}

const configOf = once((topology: Topology) =>
  once((frontend: Frontend) => withZoneNames(mainDirectives(frontend, topology))),
);

function mainDirectives(frontend: Frontend, topology: Topology): NginxDirective[] {
  return [
    ...frontend.modules.map((file) => directive('load_module', file)),
    directive('worker_processes', String(frontend.workerProcesses)),
    directive('worker_shutdown_timeout', nginxTime(frontend.shutdownTimeoutSeconds * 1000)),
    directive('pid', `${PATHS.scratch}/nginx.pid`),
    directive('error_log', 'stderr'),
    ...frontend.mainDirectives,
    block(
      'events',
      [],
      [directive('worker_connections', String(frontend.workerConnections)), ...frontend.eventsDirectives],
    ),
    block('http', [], httpDirectives(frontend, topology)),
  ];
}

function httpDirectives(frontend: Frontend, topology: Topology): NginxDirective[] {
  const { first, middle, last } = policyLines(frontend.policies, [], [], frontend.directives);
  const body = [
    ...omittedPaths(frontend),
    ...policyDeclarations(frontend),
    ...first,
    ...middle,
    ...portMap(frontend),
    ...pathMap(frontend, topology),
    ...strippedMaps(frontend, topology),
    ...upgradeMap(frontend),
    ...choiceMaps(frontend),
    ...upstreamBlocks(frontend),
    ...catchAllServer(frontend),
    ...servedServers(frontend).map((server) => serverBlock(server, frontend, topology)),
  ];
  const dollar = needsLiteralDollar([...body, ...frontend.directives]) ? [literalDollarDirective()] : [];
  const types = block(
    'types',
    [],
    MIME_TYPES.map(([type, ...extensions]) => directive(type, ...extensions)),
  );
  const room = hashDirectives([...body, ...frontend.directives]);
  const general = givingWay([...generalDirectives(frontend), ...room], [...middle, ...frontend.directives]);
  const formats = frontend.directives.filter(isLogFormat);
  const others = frontend.directives.filter((node) => !isLogFormat(node));
  return [types, ...general, ...dollar, ...formats, ...body, ...others, ...last];
}

/** Room for keys and names that do not fit where nginx keeps them by itself: it would not start. */
function hashDirectives(http: readonly NginxDirective[]): NginxDirective[] {
  const sizes = {
    map_hash_bucket_size: mapBucketBytes(http),
    variables_hash_bucket_size: variableBucketBytes(http),
  };
  return Object.entries(sizes).flatMap(([name, bytes]) =>
    bytes === undefined ? [] : [directive(name, String(bytes))],
  );
}

/** nginx knows a format only behind its declaration, and servers and locations may have logs of their own (seen). */
function isLogFormat({ name }: NginxDirective): boolean {
  return name === 'log_format';
}

function generalDirectives(frontend: Frontend): NginxDirective[] {
  return [
    directive('default_type', 'application/octet-stream'),
    directive('server_tokens', 'off'),
    directive('sendfile', 'on'),
    directive('tcp_nopush', 'on'),
    directive('absolute_redirect', 'off'),
    ...accessLogDirectives(frontend),
    directive('keepalive_timeout', nginxTime(frontend.keepaliveTimeoutMs)),
    ...(frontend.keepaliveRequests === undefined
      ? []
      : [directive('keepalive_requests', String(frontend.keepaliveRequests))]),
    directive('server_names_hash_bucket_size', String(nameBucketBytes(frontend.servers))),
    ...TEMP_PATH_DIRECTIVES.map((name) =>
      directive(name, `${PATHS.scratch}/${name.replace('_temp_path', '')}`),
    ),
    ...(frontend.charset === undefined ? [] : [directive('charset', frontend.charset)]),
    directive('client_max_body_size', nginxSize(frontend.clientMaxBodySizeBytes)),
    directive('proxy_buffer_size', RESPONSE_BUFFER),
    directive('proxy_buffers', '8', RESPONSE_BUFFER),
    directive('uwsgi_buffer_size', RESPONSE_BUFFER),
    directive('uwsgi_buffers', '8', RESPONSE_BUFFER),
    ...resolverDirectives(frontend),
    ...(frontend.gate
      ? [directive('set_real_ip_from', 'unix:'), directive('real_ip_header', 'proxy_protocol')]
      : []),
  ];
}

/** One that was declared is there for directives passed through as well. */
function resolverDirectives(frontend: Frontend): NginxDirective[] {
  const askedFor = backendsOf(frontend).filter((backend) => passesThroughVariable(backend, frontend));
  if (askedFor.length === 0 && frontend.resolver === undefined) return [];
  return [resolverDirective(frontend, askedFor)];
}

/** Once a name as nginx compares it: that two backends have the same one is a finding about them. */
function upstreamBlocks(frontend: Frontend): NginxDirective[] {
  const byName = new Map(backendsOf(frontend).map((backend) => [backend.name.toLowerCase(), backend]));
  return [...byName.values()]
    .filter((backend) => !passesThroughVariable(backend, frontend))
    .map((backend) => upstreamBlock(backend, frontend));
}

/** Refuses names that nobody declared; not needed where the frontend's own server answers to every name. */
function catchAllServer(frontend: Frontend): NginxDirective[] {
  if (answersEveryName(frontend)) return [];
  return [
    block(
      'server',
      [],
      [...listenDirectives(frontend, true), directive('server_name', '_'), directive('return', '444')],
    ),
  ];
}

function serverBlock(server: Server, frontend: Frontend, topology: Topology): NginxDirective {
  const names = server.serverNames.length === 0 ? ['_'] : server.serverNames;
  const inherited = within(frontend.directives, []);
  const around = within(server.directives, inherited);
  const policies = holding(server.policies, frontend.policies);
  const { first, said } = blockLines({
    own: server.policies,
    around: frontend.policies,
    users: server.directives,
    inherited,
  });
  const children = [
    ...listenDirectives(frontend, server.serverNames.length === 0),
    directive('server_name', ...names),
    ...(server.charset === undefined ? [] : [directive('charset', server.charset)]),
    ...(server.clientMaxBodySizeBytes === undefined
      ? []
      : [directive('client_max_body_size', nginxSize(server.clientMaxBodySizeBytes))]),
    ...forwardedHost(server, frontend),
    ...encodedPath(server, topology),
    ...first,
    ...said,
    ...server.locations.map((location) => locationBlock(location, { topology, frontend, around, policies })),
    ...policyLocations(server, frontend, policies, around),
    ...otherwise(server, frontend, policies),
  ];
  return { ...block('server', [], children), construct: server.construct };
}

/** Directives that answer where no location does, so that ours must not. */
const ANSWERS = ['root', 'stub_status', 'try_files'];

/** What no location catches is answered 404: nginx would look for it among the pages that its image brings (seen). */
function otherwise(server: Server, frontend: Frontend, policies: readonly Policy[]): NginxDirective[] {
  const written = new Set(locationPaths(server.directives));
  const caught =
    server.locations.some(({ match }) => isPrefix(match) && match.path === '/') || written.has('/');
  const answered = [...server.directives, ...frontend.directives].some(({ name }) => ANSWERS.includes(name));
  if (caught || answered) return [];
  return [block('location', ['/'], [...conditionsIn(policies, []), directive('return', '404')])];
}

function isPrefix({ kind }: LocationMatch): boolean {
  return kind === 'prefix' || kind === 'prefixOnly';
}

/** Paths of the prefix locations among directives passed through. */
function locationPaths(directives: readonly NginxDirective[]): string[] {
  return locationsOf(directives).flatMap(({ modifier, path }) =>
    modifier === undefined || modifier === '^~' ? [path] : [],
  );
}

function answersEveryName(frontend: Frontend): boolean {
  return servedServers(frontend).some(({ serverNames }) => serverNames.length === 0);
}

/** One `listen` a port: through the gate on this generation's own socket, otherwise on the port itself. */
function listenDirectives(frontend: Frontend, isDefault: boolean): NginxDirective[] {
  const suffix = isDefault ? ['default_server'] : [];
  return portsOf(frontend.listeners).map((port) =>
    frontend.gate
      ? directive('listen', `unix:${PATHS.edgeOwn}/${String(port)}.sock`, ...suffix, 'proxy_protocol')
      : directive('listen', String(port), ...suffix),
  );
}

/** Connections of each worker of the gate, two for every client; fixed, so that no setting of nginx's replaces the gate. */
const GATE_CONNECTIONS = '16384';

/** The tree of the gate's configuration: every connection to the current nginx, with the client's address. */
export function gateConfig(frontend: Frontend): NginxDirective[] {
  return [
    ...(frontend.streamModule === undefined ? [] : [directive('load_module', frontend.streamModule)]),
    directive('worker_processes', 'auto'),
    directive('pid', `${PATHS.scratch}/gate.pid`),
    directive('error_log', 'stderr'),
    block('events', [], [directive('worker_connections', GATE_CONNECTIONS)]),
    block('stream', [], portsOf(frontend.listeners).map(gateServer)),
  ];
}

function gateServer(port: number): NginxDirective {
  return block(
    'server',
    [],
    [
      directive('listen', String(port)),
      directive('proxy_pass', `unix:${PATHS.edge}/current/${String(port)}.sock`),
      directive('proxy_protocol', 'on'),
      directive('proxy_timeout', '1h'),
      directive('tcp_nodelay', 'on'),
    ],
  );
}

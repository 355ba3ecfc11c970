import { concat, variable } from '../../nginx/argument';
import type { NginxArgument } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { regexLiteral } from '../../nginx/regex-literal';
import { scriptNameOf } from '../derive/script-name';
import { shortHash } from '../short-hash';
import type { Backend, Frontend } from '../frontend';
import type { App, Topology } from '../topology';
import { decodesPath } from './encoded-path';
import { locationsOf } from './frontend-parts';

/**
 * How a path without its prefix gets to a backend. Seen of each: a `%2F` stays what it is where paths cross as they were
 * written, and no `..` leads out.
 */
export type StrippedAs =
  /** In uWSGI's protocol, as nginx has decoded it. */
  | 'decoded'
  /** In uWSGI's protocol, as the client wrote it: the backend decodes. */
  | 'encoded'
  /** In the request line, as the client wrote it. */
  | 'uri'
  /** In the request line with the prefix, which gunicorn takes off itself when it is told SCRIPT_NAME in a header. */
  | 'whole';

/** A prefix that is taken off for a backend. */
export interface StrippedPath {
  /** Such as `/api`. */
  readonly scriptName: string;
  readonly as: StrippedAs;
}

/** How a backend gets it. */
export function strippedAs(backend: Backend, topology: Topology): StrippedAs {
  if (backend.protocol === 'uwsgi') return decodesPath(backend, topology) ? 'encoded' : 'decoded';
  const apps = topology.apps.filter(({ id }) => backend.apps.includes(id));
  const areOurs = backend.members.every(({ address }) => address.kind === 'slot' || address.kind === 'alias');
  return areOurs && apps.length > 0 && apps.every(readsScriptName) ? 'whole' : 'uri';
}

/** Workers that take SCRIPT_NAME from a header: those that make the environ with gunicorn's own `http/wsgi.py`. */
const WITH_ENVIRON: ReadonlySet<string> = new Set(['sync', 'gthread', 'gevent', 'eventlet']);

/** Settings by which gunicorn may take no such header, and which are its default otherwise: they say whom it believes. */
const BELIEF = ['forwarded_allow_ips', 'forwarder_headers'];

function readsScriptName(app: App): boolean {
  if (app.server !== 'gunicorn' || !WITH_ENVIRON.has(app.workerClass)) return false;
  return (
    app.forwardedAllowIps === undefined && !BELIEF.some((name) => name in app.named || name in app.settings)
  );
}

const BEGINNINGS: Readonly<Record<StrippedAs, string>> = {
  decoded: 'path_below',
  encoded: 'encoded_path_below',
  uri: 'uri_below',
  whole: 'uri_at',
};

/** The variable that holds what a backend gets; empty for what only nginx's own spelling of the path is safe for. */
export function strippedVariable({ scriptName, as }: StrippedPath): string {
  const word = scriptName
    .slice(1)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  const isPlain = /^(?:\/[a-z0-9]+)+$/.test(scriptName);
  return `${BEGINNINGS[as]}_${word}${isPlain ? '' : `_${shortHash(scriptName, 8)}`}`;
}

/** Part of a path that the maps find, behind the prefix. */
const REST = 'path_rest';

/** Segments that are `.` or `..` whatever their spelling, and empty ones: of these nginx has another path than the client wrote. */
const NOT_NORMAL = ['~*^[^?]*(?:/|%2f)(?:\\.|%2e){1,2}(?:/|%2f|\\?|$)', '~^[^?]*//'];

/** The maps that take prefixes off, for the whole frontend. */
export function strippedMaps(frontend: Frontend, topology: Topology): NginxDirective[] {
  const found = new Map<string, StrippedPath>();
  for (const { action, match } of locationsOf(frontend)) {
    if (action.kind !== 'pass') continue;
    const scriptName = scriptNameOf(match, action.options);
    if (scriptName === undefined) continue;
    const path = { scriptName, as: strippedAs(action.backend, topology) };
    found.set(strippedVariable(path), path);
  }
  return [...found.values()].map(mapOf);
}

function mapOf(path: StrippedPath): NginxDirective {
  const { scriptName, as } = path;
  const begins = regexLiteral(scriptName);
  const rows =
    as === 'decoded'
      ? [directive(`~(?s)^${begins}(?<${REST}>/.*)`, variable(REST))]
      : [
          ...NOT_NORMAL.map((odd) => directive(odd, '')),
          directive(`~^${begins}(?<${REST}>/[^?]*)`, valueOf(as)),
        ];
  const source = variable(as === 'decoded' ? 'document_uri' : 'request_uri');
  return block('map', [source, variable(strippedVariable(path))], rows);
}

function valueOf(as: Exclude<StrippedAs, 'decoded'>): NginxArgument {
  if (as === 'encoded') return variable(REST);
  return as === 'whole'
    ? variable('request_uri')
    : concat(variable(REST), variable('is_args'), variable('args'));
}

/**
 * What follows in the location for a path that only nginx's own spelling is safe for: with one that it has rewritten, nginx sends
 * that spelling where the variable is empty.
 */
export function strippedOtherwise(path: StrippedPath): NginxDirective[] {
  switch (path.as) {
    case 'decoded':
      return [];
    case 'encoded':
      return [
        block(
          'if',
          [concat('(', variable(strippedVariable(path))), '=', '', ')'],
          [directive('return', '400')],
        ),
      ];
    case 'uri':
      return [directive('rewrite', `(?s)^${regexLiteral(path.scriptName)}(/.*)`, variable('1'), 'break')];
    case 'whole':
      return [directive('rewrite', '(?s)^(.*)', variable('1'), 'break')];
  }
}

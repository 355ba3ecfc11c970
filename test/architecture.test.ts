import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as library from '../lib/index';

const LIB = join(__dirname, '../lib');

/** Each layer, and those it may import from; files directly in lib/ are open to all. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  values: [],
  nginx: ['values'],
  uwsgi: ['values'],
  gunicorn: ['values'],
  topology: ['values', 'nginx', 'uwsgi', 'gunicorn'],
  checks: ['values', 'nginx', 'uwsgi', 'gunicorn', 'topology'],
  review: ['values', 'nginx', 'uwsgi', 'gunicorn', 'topology', 'checks'],
  docker: ['values', 'nginx', 'uwsgi', 'gunicorn', 'topology', 'checks', 'review'],
  constructs: ['values', 'nginx', 'uwsgi', 'gunicorn', 'topology', 'checks', 'review', 'docker'],
  cli: ['values', 'nginx', 'uwsgi', 'gunicorn', 'topology', 'checks', 'review'],
};

const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['docker', 'cli'],
};

const files = readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const imports: Import[] = files.flatMap((file) =>
  [
    ...readFileSync(join(LIB, file), 'utf8').matchAll(/^(?:import|export)( type)?[^;]*? from '([^']+)';/gm),
  ].map((match) => ({
    file,
    from: match[2] ?? '',
    typeOnly: match[1] !== undefined,
  })),
);

test('layers import only those below them', () => {
  const wrong = imports
    .filter(({ file, from }) => from.startsWith('.') && file.includes('/'))
    .filter(({ file, from }) => {
      const layer = file.split('/')[0] ?? '';
      const target = relative(LIB, join(LIB, dirname(file), from));
      const other = target.includes('/') ? target.split('/')[0] : undefined;
      return other !== undefined && other !== layer && MAY_IMPORT[layer]?.includes(other) !== true;
    });
  expect(wrong).toEqual([]);
});

test('one module alone names cdktf and the provider, so that another edition of the core is a change of that file', () => {
  const theirs = new Set(['cdktf', 'constructs', '@cdktf']);
  const doors = imports.filter(({ from }) => theirs.has(from.split('/')[0] ?? '')).map(({ file }) => file);
  expect([...new Set(doors)]).toEqual(['docker/cdktf.ts']);
});

test('only docker and cli touch files', () => {
  const wrong = imports.filter(({ file, from }) => {
    const allowed = FOREIGN[from] ?? FOREIGN[from.split('/')[0] ?? ''];
    return allowed !== undefined && !allowed.includes(file.split('/')[0] ?? '');
  });
  expect(wrong).toEqual([]);
});

test('no file asks instanceof of a cdktf class, and only the index is a barrel', () => {
  for (const file of files) {
    const text = readFileSync(join(LIB, file), 'utf8');
    expect(text).not.toMatch(/instanceof (Terraform|Construct|Container|App|Stack)/);
    if (file !== 'index.ts' && file !== 'docker/cdktf.ts') expect(text).not.toMatch(/^export .* from /m);
  }
});

test('no cycle runs through the values that files import', () => {
  const edges = new Map<string, string[]>();
  for (const { file, from, typeOnly } of imports) {
    if (typeOnly || !from.startsWith('.')) continue;
    const target = `${relative(LIB, join(LIB, dirname(file), from))}.ts`;
    edges.set(file, [...(edges.get(file) ?? []), target]);
  }
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path, file];
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  expect(files.map((file) => visit(file, [])).find((cycle) => cycle !== undefined)).toBeUndefined();
});

test('the public names are these', () => {
  expect(Object.keys(library).sort()).toEqual([
    'AccessLog',
    'AppImage',
    'BackendProtocol',
    'Balance',
    'BasicAuthUser',
    'Case',
    'Choice',
    'ClientCacheVisibility',
    'ConfigError',
    'DataVolume',
    'Directive',
    'DockerHost',
    'Duration',
    'ErrorPage',
    'ExternalBackend',
    'FileMode',
    'FrameOptions',
    'Gate',
    'GunicornApp',
    'GunicornAsgiLifespan',
    'GunicornAsgiLoop',
    'GunicornCertReqs',
    'GunicornHeaderMap',
    'GunicornHook',
    'GunicornHttp2Cleartext',
    'GunicornHttpParser',
    'GunicornHttpProtocol',
    'GunicornLogLevel',
    'GunicornProtocol',
    'GunicornProxyProtocol',
    'GunicornReloadEngine',
    'GunicornSyslogFacility',
    'HealthCheck',
    'Listener',
    'LocationAction',
    'LocationMatch',
    'Logging',
    'Mount',
    'NginxContext',
    'NginxFrontend',
    'NginxImage',
    'NginxLocation',
    'NginxServer',
    'Policy',
    'PolicyFile',
    'PolicyKind',
    'PolicyLevel',
    'Rate',
    'RateLimitKey',
    'RedirectStatus',
    'ReferrerPolicy',
    'ReleaseTask',
    'RestartPolicy',
    'Review',
    'SecretFile',
    'Share',
    'Size',
    'Split',
    'StaticMount',
    'StaticSource',
    'StatsdAddress',
    'SyslogAddress',
    'Transport',
    'Upstream',
    'UwsgiApp',
    'UwsgiCache',
    'UwsgiCheaperAlgo',
    'UwsgiCron',
    'UwsgiDaemon',
    'UwsgiFileServeMode',
    'UwsgiLogEncoder',
    'UwsgiLogFormat',
    'UwsgiLogger',
    'UwsgiOption',
    'UwsgiPlugin',
    'UwsgiProtocol',
    'UwsgiStatsPush',
    'UwsgiTimer',
    'UwsgiWsgiEnvBehaviour',
    'Worker',
    'WorkerClass',
    'WorkerCount',
    'WsgiModule',
  ]);
});

test('the public types are these', () => {
  const index = readFileSync(join(LIB, 'index.ts'), 'utf8');
  const types = [...index.matchAll(/^export type \{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').filter((name) => name.trim() !== ''),
  );
  expect(types.map((name) => name.trim()).sort()).toEqual([
    'AccessControlOptions',
    'AccessLogOptions',
    'AllowMethodsOptions',
    'AppProps',
    'BackendChoice',
    'BackendConfig',
    'BackendMember',
    'BackendRoute',
    'BandwidthOptions',
    'BasicAuthOptions',
    'CacheOptions',
    'ClientCacheOptions',
    'CompressionOptions',
    'ConnectionLimitOptions',
    'CorsOptions',
    'DataVolumeProps',
    'DockerHostProps',
    'DockerfileImageOptions',
    'ErrorPageOptions',
    'ErrorPagesOptions',
    'GunicornAppProps',
    'GunicornAsgiProps',
    'GunicornDevelopmentProps',
    'GunicornDirtyProps',
    'GunicornHookProps',
    'GunicornHttp2Props',
    'GunicornHttpProps',
    'GunicornLoggingProps',
    'GunicornProcessProps',
    'GunicornStatsdProps',
    'GunicornTlsProps',
    'HealthCheckOptions',
    'HttpListenerOptions',
    'IApp',
    'IBackend',
    'IPolicy',
    'LimitOptions',
    'LocationOptions',
    'MaintenanceOptions',
    'MemberOptions',
    'MountOptions',
    'NginxFrontendProps',
    'NginxImageOptions',
    'NginxServerProps',
    'PassToOptions',
    'PolicyConfig',
    'PolicyPlace',
    'Problem',
    'ProviderResources',
    'PythonImageOptions',
    'RateLimitOptions',
    'RedirectOptions',
    'RequestHeadersOptions',
    'RequestIdOptions',
    'ResponseHeadersOptions',
    'SecurityHeadersOptions',
    'StaticMountProps',
    'UpstreamProps',
    'UsernsRemap',
    'UwsgiAppProps',
    'UwsgiAsyncProps',
    'UwsgiBackgroundProps',
    'UwsgiBufferProps',
    'UwsgiBusynessOptions',
    'UwsgiCacheOptions',
    'UwsgiCheaperProps',
    'UwsgiCronTimes',
    'UwsgiDaemonOptions',
    'UwsgiHookProps',
    'UwsgiHttpRouterProps',
    'UwsgiLoggingProps',
    'UwsgiOperationProps',
    'UwsgiProcessProps',
    'UwsgiPythonProps',
    'UwsgiRecyclingProps',
    'UwsgiStaticProps',
    'UwsgiStatsProps',
    'UwsgiTimeoutProps',
    'WorkerProps',
  ]);
});

test('every file that the package promises is there', () => {
  const { files: promised } = JSON.parse(readFileSync(join(LIB, '../package.json'), 'utf8')) as {
    files: string[];
  };
  const built = ['dist', '.jsii'];
  const kept = promised.filter((name) => !name.startsWith('!') && !built.includes(name));
  expect(kept.filter((name) => !existsSync(join(LIB, '..', name)))).toEqual([]);
});

test('a MiB and a short hash have one home each', () => {
  const homes = (pattern: RegExp): string[] =>
    files.filter((file) => pattern.test(readFileSync(join(LIB, file), 'utf8')));
  expect(homes(/1024 \*\* 2(?!\d)/).sort()).toEqual(['values/mebibyte.ts']);
  expect(homes(/digest\('hex'\)\.slice\(/)).toEqual(['topology/short-hash.ts']);
});

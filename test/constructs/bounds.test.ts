import type { TerraformStack } from 'cdktf';
import {
  DataVolume,
  Duration,
  ExternalBackend,
  Gate,
  GunicornApp,
  HealthCheck,
  Listener,
  Logging,
  NginxFrontend,
  Size,
  SyslogAddress,
  Transport,
  UwsgiApp,
  UwsgiDaemon,
  UwsgiTimer,
  WorkerCount,
} from 'cdktf-wsgi';
import type { GunicornAppProps, NginxFrontendProps, UwsgiAppProps } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, resources, siteStack } from '../helpers/stacks';

type Make<T> = (value: T, site: TerraformStack) => unknown;

const gunicorn =
  <T>(props: (value: T) => Partial<GunicornAppProps>): Make<T> =>
  (value, site) =>
    new GunicornApp(site, 'x', { ...GUNICORN, ...props(value) });
const uwsgi =
  <T>(props: (value: T) => Partial<UwsgiAppProps>): Make<T> =>
  (value, site) =>
    new UwsgiApp(site, 'x', { ...UWSGI, ...props(value) });
const nginx =
  <T>(props: (value: T) => NginxFrontendProps): Make<T> =>
  (value, site) =>
    new NginxFrontend(site, 'x', props(value));

const MEBIBYTE = 1024 ** 2;
const path = (length: number): string => `/${'a'.repeat(length - 1)}`;
const hostPath = (length: number): string => `/a/${'a'.repeat(length - 3)}`;

describe('a bound belongs to what is allowed, and what is beyond it is refused', () => {
  test.each<[string, Make<number>, number, number]>([
    ['cpus, least', gunicorn((cpus) => ({ cpus })), 0.01, 0.009],
    ['cpus, most', gunicorn((cpus) => ({ cpus })), 1024, 1025],
    [
      'memory',
      gunicorn((bytes) => ({ memory: Size.bytes(bytes), workers: WorkerCount.of(1) })),
      6 * MEBIBYTE,
      6 * MEBIBYTE - 1,
    ],
    ['replicas, least', gunicorn((replicas) => ({ replicas })), 1, 0],
    ['replicas, most', gunicorn((replicas) => ({ replicas })), 1000, 1001],
    ['uid, least', gunicorn((uid) => ({ uid })), 0, -1],
    ['uid, most', gunicorn((uid) => ({ uid })), 2 ** 31 - 1, 2 ** 31],
    ['gid, most', gunicorn((gid) => ({ gid })), 2 ** 31 - 1, 2 ** 31],
    ['uid of nginx, least', nginx((uid) => ({ uid })), 1, 0],
    ['uid of nginx, most', nginx((uid) => ({ uid })), 2 ** 31 - 1, 2 ** 31],
    ['scratchSize', nginx((bytes) => ({ scratchSize: Size.bytes(bytes) })), MEBIBYTE, MEBIBYTE - 1],
    ['clientMaxBodySize', nginx((bytes) => ({ clientMaxBodySize: Size.bytes(bytes) })), 1, 0],
    ['workerConnections, least', nginx((workerConnections) => ({ workerConnections })), 4, 3],
    ['workerConnections, most', nginx((workerConnections) => ({ workerConnections })), 2 ** 20, 2 ** 20 + 1],
    [
      'workerConnections, with three ports and no gate',
      nginx((workerConnections) => ({
        workerConnections,
        gate: Gate.none(),
        listeners: [81, 82, 83].map((port) => Listener.http(port)),
      })),
      6,
      5,
    ],
    ['workerProcesses, least', nginx((workerProcesses) => ({ workerProcesses })), 1, 0],
    ['workerProcesses, most', nginx((workerProcesses) => ({ workerProcesses })), 500, 501],
    ['cpus of nginx, most', nginx((cpus) => ({ cpus })), 1024, 1025],
    ['workerShutdownTimeout', nginx((s) => ({ workerShutdownTimeout: Duration.seconds(s) })), 1, 0],
    ['harakiri', uwsgi((s) => ({ harakiri: Duration.seconds(s) })), 2 ** 31 - 1, 2 ** 31],
    ['workerReloadMercy', uwsgi((s) => ({ workerReloadMercy: Duration.seconds(s) })), 2 ** 31 - 1, 2 ** 31],
    ['muleReloadMercy', uwsgi((s) => ({ mules: 1, muleReloadMercy: Duration.seconds(s) })), 9, 2 ** 31],
    ['maxWorkerLifetime', uwsgi((s) => ({ maxWorkerLifetime: Duration.seconds(s) })), 2 ** 31 - 1, 2 ** 31],
    ['minWorkerLifetime', uwsgi((s) => ({ minWorkerLifetime: Duration.seconds(s) })), 9, 2 ** 31],
    [
      'cheaperOverload',
      uwsgi((s) => ({ cheaper: 1, processes: 2, cheaperOverload: Duration.seconds(s) })),
      9,
      2 ** 31,
    ],
    ['socketTimeout', uwsgi((s) => ({ socketTimeout: Duration.seconds(s) })), 2_147_483, 2_147_484],
    [
      'chunkedInputTimeout',
      uwsgi((s) => ({ chunkedInputTimeout: Duration.seconds(s) })),
      2_147_483,
      2_147_484,
    ],
    ['logSlow', uwsgi((ms) => ({ logSlow: Duration.milliseconds(ms) })), 2 ** 31 - 1, 2 ** 31],
    ['the interval of a timer', (s) => UwsgiTimer.of(1, Duration.seconds(s)), 2 ** 31 - 1, 2 ** 31],
    ['a size', (bytes) => Size.bytes(bytes), 2 ** 53 - 1, 2 ** 53],
    ['a size in GiB', (gibibytes) => Size.gibibytes(gibibytes), 2 ** 23 - 1, 2 ** 23],
    ['workers', gunicorn((count) => ({ workers: WorkerCount.of(count) })), 1, 0],
    ['perCpu, least', (perCpu) => WorkerCount.perCpu(perCpu, 1), 0, -0.1],
    ['perCpu, most', (perCpu) => WorkerCount.perCpu(perCpu, 1), 64, 64.5],
    ['extra', (extra) => WorkerCount.perCpu(1, extra), 0, -1],
    ['threads', gunicorn((threads) => ({ threads })), 1, 0],
    ['backlog', gunicorn((backlog) => ({ backlog })), 1, 0],
    ['maxRequests', gunicorn((maxRequests) => ({ maxRequests })), 0, -1],
    ['processes', uwsgi((processes) => ({ processes })), 1, 0],
    ['cheaper', uwsgi((cheaper) => ({ processes: 4, cheaper })), 3, 4],
    [
      'cheaperInitial, most',
      uwsgi((initial) => ({ processes: 4, cheaper: 2, cheaperInitial: initial })),
      4,
      5,
    ],
    [
      'cheaperInitial, least',
      uwsgi((initial) => ({ processes: 4, cheaper: 2, cheaperInitial: initial })),
      2,
      1,
    ],
    ['bufferSize', uwsgi((bytes) => ({ bufferSize: Size.bytes(bytes) })), 65_535, 65_536],
    ['a signal', (stopsignal) => UwsgiDaemon.of('x', { stopsignal }), 64, 65],
    ['a port, least', (port) => Transport.tcp(port), 1, 0],
    ['a port, most', (port) => Listener.http(port), 65_535, 65_536],
    ['retries', (retries) => HealthCheck.connect({ retries }), 1, 0],
    ['maxFiles', (maxFiles) => Logging.jsonFile(undefined, maxFiles), 1, 0],
    ["the path of a container's socket", (length) => SyslogAddress.unixSocket(path(length)), 107, 108],
    ["the path of a host's socket", (length) => ExternalBackend.httpSocket(hostPath(length)), 98, 99],
  ])('%s', (_, make, allowed, refused) => {
    expect(() => siteStack((site) => make(allowed, site))).not.toThrow();
    let error: unknown;
    try {
      siteStack((site) => make(refused, site));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'ConfigError' });
  });
});

test('names of data are whole: two that differ in their last letter are two volumes', () => {
  const long = 'media-'.repeat(12);
  const stack = siteStack((site) => {
    new DataVolume(site, `${long}a`);
    new DataVolume(site, `${long}b`);
  });
  const names = Object.values(resources(stack, 'docker_volume')).map(({ name }) => name);
  expect(names).toEqual([`site-${long}a`, `site-${long}b`]);
});

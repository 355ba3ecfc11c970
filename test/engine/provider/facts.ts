/**
 * What the genuine provider 3.6.2 does that its schema does not say: which attributes replace a resource, which the engine fills in
 * when they are not set, and defaults. What is not listed as in place replaces.
 */
export interface ResourceFacts {
  /** Attributes whose change is an update in place, whether or not anything comes of it; `build.label` is one inside a block. */
  readonly inPlace: readonly string[];
  /** Attributes that are filled in when the configuration does not set them. */
  readonly computed: readonly string[];
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  /** Defaults inside blocks. */
  readonly blockDefaults: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
}

export const FACTS: Readonly<Record<string, ResourceFacts>> = {
  docker_container: {
    inPlace: [
      'rm',
      'start',
      'wait',
      'wait_timeout',
      'attach',
      'logs',
      'must_run',
      'remove_volumes',
      'destroy_grace_seconds',
      'container_read_refresh_timeout_milliseconds',
      'restart',
      'max_retry_count',
      'memory',
      'memory_swap',
      'cpu_shares',
      'cpu_set',
      'healthcheck',
      'tmpfs',
      'init',
      'cpu_period',
      'cpu_quota',
    ],
    computed: [
      'bridge',
      'command',
      'container_logs',
      'entrypoint',
      'env',
      'exit_code',
      'healthcheck',
      'hostname',
      'id',
      'init',
      'ipc_mode',
      'labels',
      'log_driver',
      'network_data',
      'runtime',
      'security_opts',
      'shm_size',
      'stop_signal',
      'stop_timeout',
    ],
    defaults: {
      attach: false,
      container_read_refresh_timeout_milliseconds: 15_000,
      logs: false,
      must_run: true,
      network_mode: 'bridge',
      read_only: false,
      remove_volumes: true,
      restart: 'no',
      rm: false,
      start: true,
      stdin_open: false,
      tty: false,
      wait: false,
      wait_timeout: 60,
    },
    blockDefaults: {
      ports: { ip: '0.0.0.0', protocol: 'tcp' },
      healthcheck: { interval: '0s', retries: 0, start_interval: '0s', start_period: '0s', timeout: '0s' },
    },
  },
  docker_image: {
    inPlace: ['keep_locally', 'force_remove', 'build.label', 'build.remove', 'build.tag'],
    computed: ['id', 'image_id', 'repo_digest'],
    defaults: {},
    blockDefaults: { build: { dockerfile: 'Dockerfile', remove: true } },
  },
  docker_network: {
    inPlace: [],
    computed: ['driver', 'id', 'internal', 'ipam_config', 'options', 'scope'],
    defaults: { ipam_driver: 'default' },
    blockDefaults: {},
  },
  docker_volume: {
    inPlace: [],
    computed: ['driver', 'id', 'mountpoint', 'name'],
    defaults: {},
    blockDefaults: {},
  },
};

import type { GunicornApp } from './gunicorn-app';

/** Packages that worker classes of gunicorn come from. */
const WORKER_PACKAGES: Readonly<Record<string, string>> = {
  gevent: 'gevent',
  tornado: 'tornado',
  'uvicorn_worker.UvicornWorker': 'uvicorn-worker',
  'uvicorn_worker.UvicornH11Worker': 'uvicorn-worker',
  'uvicorn.workers.UvicornWorker': 'uvicorn',
  'uvicorn.workers.UvicornH11Worker': 'uvicorn',
};

/** Values of settings that need a package, without which gunicorn does not start (`proc_name`: without which nothing shows the name). */
const SETTING_PACKAGES: readonly {
  readonly setting: string;
  readonly value: RegExp;
  readonly package: string;
}[] = [
  { setting: 'asgi_loop', value: /^uvloop$/, package: 'uvloop' },
  { setting: 'http_parser', value: /^fast$/, package: 'gunicorn_h1c' },
  { setting: 'http_protocols', value: /\bh2\b/, package: 'h2' },
  { setting: 'proc_name', value: /./, package: 'setproctitle' },
  { setting: 'reload_engine', value: /^inotify$/, package: 'inotify' },
];

/** What an image needs besides gunicorn, for what its application asks for. */
export function gunicornPackages({ workerClass, named }: GunicornApp): string[] {
  const worker = WORKER_PACKAGES[workerClass];
  const others = SETTING_PACKAGES.filter(({ setting, value }) => {
    const asked = named[setting];
    return typeof asked === 'string' && value.test(asked);
  });
  return [...(worker === undefined ? [] : [worker]), ...others.map((row) => row.package)];
}

import { ConfigError, shown } from '../../errors';
import { nearest } from '../../nearest';
import { refuseTokens } from '../checked/tokens';

/** gunicorn's own names of its classes. */
const SHORT_NAMES = [
  'sync',
  'gthread',
  'gevent',
  'gevent_wsgi',
  'gevent_pywsgi',
  'tornado',
  'asgi',
  'eventlet',
] as const;

/** The same classes by the names that Python has for them. */
const LONG_NAMES: Readonly<Record<string, (typeof SHORT_NAMES)[number]>> = {
  'gunicorn.workers.sync.SyncWorker': 'sync',
  'gunicorn.workers.gthread.ThreadWorker': 'gthread',
  'gunicorn.workers.ggevent.GeventWorker': 'gevent',
  'gunicorn.workers.ggevent.GeventPyWSGIWorker': 'gevent_pywsgi',
  'gunicorn.workers.gtornado.TornadoWorker': 'tornado',
  'gunicorn.workers.gasgi.ASGIWorker': 'asgi',
  'gunicorn.workers.geventlet.EventletWorker': 'eventlet',
};

const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const ENTRY_POINT = /^egg:[A-Za-z0-9][\w.-]*(?:#[\w.-]+)?$/;

/**
 * The name under which everything else knows a class: gunicorn's short one where there is one.
 *
 * @throws ConfigError for a name that gunicorn would not find a class by: it ends at the start (seen).
 */
export function workerClassName(name: string): string {
  refuseTokens({ workerClass: name }, []);
  const short = LONG_NAMES[name];
  if (short !== undefined) return short;
  if (isShort(name) || DOTTED.test(name) || ENTRY_POINT.test(name)) return name;
  const near = nearest(name, SHORT_NAMES);
  throw new ConfigError({
    what: `WorkerClass.custom(${shown(name)}) is neither a class of gunicorn's own nor the dotted name of one`,
    fix:
      near === undefined
        ? "give the module and the class, such as 'shop.workers.OwnWorker'"
        : `give ${shown(near)}, or the module and the class of one of your own`,
  });
}

function isShort(name: string): boolean {
  return SHORT_NAMES.some((short) => short === name);
}

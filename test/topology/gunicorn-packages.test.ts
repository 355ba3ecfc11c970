import { gunicornPackages } from '../../lib/topology/gunicorn-packages';
import { gunicornApp } from '../helpers/topologies';

test.each([
  ['sync', {}, []],
  ['gevent', {}, ['gevent']],
  ['uvicorn_worker.UvicornWorker', {}, ['uvicorn-worker']],
  ['uvicorn.workers.UvicornWorker', {}, ['uvicorn']],
  ['asgi', { asgi_loop: 'uvloop', http_parser: 'fast' }, ['uvloop', 'gunicorn_h1c']],
  ['asgi', { asgi_loop: 'asyncio', http_parser: 'python', http_protocols: 'h1' }, []],
  ['gevent', { http_protocols: 'h2,h1', proc_name: 'shop' }, ['gevent', 'h2', 'setproctitle']],
  ['sync', { reload_engine: 'inotify' }, ['inotify']],
])('an image for %s workers with %j needs %j', (workerClass, named, packages) => {
  expect(gunicornPackages(gunicornApp('x', { workerClass, named }))).toEqual(packages);
});

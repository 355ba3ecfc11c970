import { TerraformVariable } from 'cdktf';
import { WorkerClass } from 'cdktf-wsgi';
import { siteStack } from '../helpers/stacks';

test.each([
  ['gunicorn.workers.sync.SyncWorker', 'sync'],
  ['gunicorn.workers.gthread.ThreadWorker', 'gthread'],
  ['gunicorn.workers.ggevent.GeventWorker', 'gevent'],
  ['gunicorn.workers.gtornado.TornadoWorker', 'tornado'],
  ['gunicorn.workers.gasgi.ASGIWorker', 'asgi'],
  ['gevent_pywsgi', 'gevent_pywsgi'],
  ['uvicorn.workers.UvicornWorker', 'uvicorn.workers.UvicornWorker'],
  ['egg:shop#worker', 'egg:shop#worker'],
  ['shop.workers.Own', 'shop.workers.Own'],
])('a class that is called %s is known as %s', (name, known) => {
  expect(WorkerClass.custom(name).settingValue).toBe(known);
});

test.each([
  ['', 'WorkerClass.custom("") is neither a class of gunicorn\'s own nor the dotted name of one'],
  ['gevnt', 'give "gevent", or the module and the class of one of your own'],
  ['Worker', "give the module and the class, such as 'shop.workers.OwnWorker'"],
  ['shop.', 'is neither'],
  ['shop.workers:Own', 'is neither'],
  [' sync', 'is neither'],
])('fails on the class %j', (name, message) => {
  expect(() => WorkerClass.custom(name)).toThrow(message);
});

test('fails on a class that is not known before the apply', () => {
  siteStack((site) => {
    const { stringValue } = new TerraformVariable(site, 'class', {});
    expect(() => WorkerClass.custom(stringValue)).toThrow('workerClass is a Terraform token');
  });
});

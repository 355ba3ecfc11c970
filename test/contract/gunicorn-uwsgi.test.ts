import { GunicornProtocol, WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const { SYNC, GTHREAD, GEVENT } = WorkerClass;
const common = { protocol: GunicornProtocol.UWSGI, release: '27.0.1' } as const;

backendContract(gunicorn({ ...common, workerClass: SYNC, family: 'gunicornUwsgi', transport: 'unix' }));
backendContract(gunicorn({ ...common, workerClass: SYNC, family: 'gunicornUwsgi', transport: 'tcp' }));
backendContract(
  gunicorn({ ...common, workerClass: GTHREAD, family: 'gunicornUwsgiGthread', transport: 'unix' }),
);
backendContract(
  gunicorn({ ...common, workerClass: GEVENT, family: 'gunicornUwsgiGevent', transport: 'tcp' }),
);

import { WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const { SYNC, GTHREAD, GEVENT, TORNADO } = WorkerClass;
const release = '27.0.1';

backendContract(gunicorn({ release, workerClass: SYNC, family: 'sync', transport: 'tcp' }));
backendContract(gunicorn({ release, workerClass: GTHREAD, family: 'gthread', transport: 'unix' }));
backendContract(gunicorn({ release: '26.1.0', workerClass: GEVENT, family: 'gevent', transport: 'tcp' }));
backendContract(gunicorn({ release, workerClass: TORNADO, family: 'tornado', transport: 'unix' }));

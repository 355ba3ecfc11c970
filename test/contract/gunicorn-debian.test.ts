import { WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const { SYNC, GTHREAD, GEVENT, TORNADO } = WorkerClass;
const release = '20.1.0';

backendContract(gunicorn({ release, workerClass: SYNC, family: 'oldSync', transport: 'unix' }));
backendContract(gunicorn({ release, workerClass: GTHREAD, family: 'gthread', transport: 'tcp' }));
backendContract(gunicorn({ release, workerClass: GEVENT, family: 'gevent', transport: 'unix' }));
backendContract(gunicorn({ release, workerClass: TORNADO, family: 'oldTornado', transport: 'tcp' }));

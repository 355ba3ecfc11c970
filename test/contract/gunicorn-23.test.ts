import { WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const { SYNC, GTHREAD, GEVENT, UVICORN } = WorkerClass;
const release = '23.0.0';

backendContract(gunicorn({ release, workerClass: SYNC, family: 'sync', transport: 'unix' }));
backendContract(gunicorn({ release, workerClass: GTHREAD, family: 'gthread', transport: 'tcp' }));
backendContract(gunicorn({ release, workerClass: GEVENT, family: 'gevent', transport: 'unix' }));
backendContract(gunicorn({ release, workerClass: UVICORN, family: 'uvicorn', transport: 'tcp' }));

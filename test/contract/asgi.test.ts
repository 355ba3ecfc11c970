import { WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const { ASGI, UVICORN } = WorkerClass;
const release = '27.0.1';

backendContract(gunicorn({ release, workerClass: ASGI, family: 'asgi', transport: 'unix' }));
backendContract(gunicorn({ release, workerClass: ASGI, family: 'asgi', transport: 'tcp' }));
backendContract(gunicorn({ release, workerClass: UVICORN, family: 'uvicorn', transport: 'unix' }));
backendContract(gunicorn({ release, workerClass: UVICORN, family: 'uvicorn', transport: 'tcp' }));

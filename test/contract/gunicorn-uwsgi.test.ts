import { GunicornProtocol, WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const common = {
  workerClass: WorkerClass.SYNC,
  family: 'gunicornUwsgi',
  protocol: GunicornProtocol.UWSGI,
} as const;

backendContract(gunicorn({ ...common, release: '27.0.1', transport: 'unix' }));
backendContract(gunicorn({ ...common, release: '26.1.0', transport: 'tcp' }));

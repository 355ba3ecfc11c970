import { GunicornProtocol, WorkerClass } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { gunicorn } from './servers';

const common = {
  release: '27.0.1',
  workerClass: WorkerClass.ASGI,
  family: 'gunicornUwsgiAsgi',
  protocol: GunicornProtocol.UWSGI,
} as const;

backendContract(gunicorn({ ...common, transport: 'unix' }));
backendContract(gunicorn({ ...common, transport: 'tcp' }));

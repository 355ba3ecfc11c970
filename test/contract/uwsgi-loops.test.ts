import { UwsgiProtocol } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { uwsgi } from './servers';

const common = { release: '2.0.21', protocol: UwsgiProtocol.UWSGI } as const;

backendContract(uwsgi({ ...common, transport: 'unix', loop: 'gevent' }));
backendContract(uwsgi({ ...common, release: '2.0.31', transport: 'tcp', loop: 'gevent' }));
backendContract(uwsgi({ ...common, transport: 'unix', loop: 'asyncio' }));
backendContract(uwsgi({ ...common, transport: 'tcp', loop: 'asyncio' }));

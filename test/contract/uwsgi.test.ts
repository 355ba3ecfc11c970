import { UwsgiProtocol } from 'cdktf-wsgi';
import { backendContract } from './backend-contract';
import { uwsgi } from './servers';

const { UWSGI, HTTP } = UwsgiProtocol;

backendContract(uwsgi({ release: '2.0.21', protocol: UWSGI, transport: 'unix' }));
backendContract(uwsgi({ release: '2.0.31', protocol: UWSGI, transport: 'tcp', threads: 4 }));
backendContract(uwsgi({ release: '2.0.28', protocol: HTTP, transport: 'unix', threads: 4 }));
backendContract(uwsgi({ release: '2.0.21', protocol: HTTP, transport: 'tcp' }));

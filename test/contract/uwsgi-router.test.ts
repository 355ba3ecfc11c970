import { backendContract } from './backend-contract';
import { uwsgiRouter } from './servers';

backendContract(uwsgiRouter('2.0.21'));
backendContract(uwsgiRouter('2.0.31'));

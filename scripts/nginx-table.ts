export { generateNginxTable as nginxTable } from './generate-nginx-table';

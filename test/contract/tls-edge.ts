import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../helpers/free-port';
import { withDirectory, withProcess } from '../helpers/nginx';

/** Runs another nginx in front, which ends TLS and says so, as a load balancer does; `body` gets its port. */
export async function withTlsEdge(target: number, body: (port: number) => Promise<void>): Promise<void> {
  await withDirectory(async (directory) => {
    const port = await freePort();
    makeCertificate(directory);
    const file = join(directory, 'edge.conf');
    writeFileSync(file, configuration(directory, port, target));
    const args = ['-c', file, '-g', 'daemon off; user root;', '-e', 'stderr'];
    const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    await withProcess(
      child,
      () => existsSync(join(directory, 'edge.pid')),
      () => body(port),
    );
  });
}

function makeCertificate(directory: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', join(directory, 'edge.key'), '-out', join(directory, 'edge.pem')];
  const made = spawnSync('openssl', ['req', '-x509', ...key, '-subj', '/CN=edge', ...files], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`openssl has made no certificate:\n${made.stderr}`);
}

function configuration(directory: string, port: number, target: number): string {
  return `pid ${directory}/edge.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  server {
    listen 127.0.0.1:${String(port)} ssl;
    ssl_certificate ${directory}/edge.pem;
    ssl_certificate_key ${directory}/edge.key;
    location / {
      proxy_pass http://127.0.0.1:${String(target)};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto https;
    }
  }
}
`;
}

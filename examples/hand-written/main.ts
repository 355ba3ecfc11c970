/**
 * The hand-written trio (nginx.conf, p.ini, gconf.py) as one topology: nginx in front of a uWSGI application over a Unix
 * socket, with its static files, and a gunicorn application published directly. The three files are in before/, the applications in
 * p_test/ and g_test/, both in Flask.
 *
 * Run it:      npm run demo, then npm run deploy
 * Look at:     examples/hand-written/rendered, or cdktf.out/stacks/hand-written/review
 */
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AppImage,
  Duration,
  GunicornApp,
  GunicornLogLevel,
  Listener,
  NginxFrontend,
  Size,
  StaticMount,
  StaticSource,
  UwsgiApp,
  WorkerClass,
  WorkerCount,
  WsgiModule,
} from 'cdktf-wsgi';
import type { Construct } from 'constructs';
import type { BaseImages } from '../base-images';

export class HandWritten extends TerraformStack {
  public constructor(scope: Construct, id: string, images: BaseImages = {}) {
    super(scope, id);
    new DockerProvider(this, 'docker');
    const python = { baseImage: images.python, requirements: 'requirements.txt' };

    const shop = new UwsgiApp(this, 'shop', {
      image: AppImage.python('examples/hand-written/p_test', python),
      module: WsgiModule.file('p.py', 'app'),
      chdir: '/opt/p_test',
      processes: 4,
      threads: 4,
      bufferSize: Size.bytes(65_535),
      harakiri: Duration.seconds(30),
    });

    const web = new NginxFrontend(this, 'web', {
      image: images.nginx,
      listeners: [Listener.http(8000)],
      charset: 'utf-8',
      clientMaxBodySize: Size.mebibytes(75),
    });
    web.addBackend('/', shop);
    web.addStatic(
      new StaticMount(this, 'static', {
        path: '/static/',
        source: StaticSource.appImage(shop, '/opt/p_test/static'),
      }),
    );

    new GunicornApp(this, 'api', {
      image: AppImage.python('examples/hand-written/g_test', python),
      module: WsgiModule.dotted('g', 'app'),
      chdir: '/opt/g_test',
      workers: WorkerCount.perCpu(2, 1),
      workerClass: WorkerClass.GEVENT,
      workerConnections: 10_240,
      backlog: 5000,
      loglevel: GunicornLogLevel.DEBUG,
      accesslog: '-',
      listeners: [Listener.http(5000)],
    });
  }
}

if (require.main === module) {
  const app = new App();
  new HandWritten(app, 'hand-written');
  app.synth();
}

/**
 * One nginx for three domains: a shop in uWSGI with two replicas and an API in gunicorn below one name, a report service over
 * TCP below another, documents from a local directory below a third. Every other name is refused. The applications are those of
 * examples/hand-written, p_test/ and g_test/: what is new here is around them; the documents are in site/.
 *
 * Run it:      npm run demo -- many-domains, then npm run deploy -- many-domains
 * Look at:     examples/many-domains/rendered, or cdktf.out/stacks/many-domains/review
 */
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AppImage,
  Duration,
  GunicornApp,
  Listener,
  NginxFrontend,
  StaticMount,
  StaticSource,
  Transport,
  UwsgiApp,
  WorkerClass,
  WsgiModule,
} from 'cdktf-wsgi';
import type { Construct } from 'constructs';
import type { BaseImages } from '../base-images';

export class ManyDomains extends TerraformStack {
  public constructor(scope: Construct, id: string, images: BaseImages = {}) {
    super(scope, id);
    new DockerProvider(this, 'docker');
    const python = { baseImage: images.python, requirements: 'requirements.txt' };

    const shop = new UwsgiApp(this, 'shop', {
      image: AppImage.python('examples/hand-written/p_test', python),
      module: WsgiModule.file('p.py', 'app'),
      replicas: 2,
    });
    const api = new GunicornApp(this, 'api', {
      image: AppImage.python('examples/hand-written/g_test', python),
      module: WsgiModule.dotted('g', 'app'),
      workerClass: WorkerClass.GTHREAD,
      threads: 4,
      cpus: 1,
    });
    const reports = new GunicornApp(this, 'reports', {
      image: AppImage.python('examples/hand-written/g_test', python),
      module: WsgiModule.dotted('g', 'app'),
      transport: Transport.tcp(8000),
      timeout: Duration.minutes(2),
    });

    const web = new NginxFrontend(this, 'web', {
      image: images.nginx,
      listeners: [Listener.http(80)],
      serverNames: ['shop.example.com'],
    });
    web.addBackend('/', shop);
    web.addBackend('/api/', api);
    web.addStatic(
      new StaticMount(this, 'assets', {
        path: '/static/',
        source: StaticSource.appImage(shop, '/app/static'),
      }),
    );

    const reporting = web.addServer({ serverNames: ['reports.example.com'] });
    reporting.addBackend('/api/', reports);

    const docs = web.addServer({ serverNames: ['docs.example.com', '*.docs.example.com'] });
    docs.addStatic(
      new StaticMount(this, 'docs', {
        path: '/',
        source: StaticSource.directory('examples/many-domains/site'),
        fallback: 'index.html',
      }),
    );
  }
}

if (require.main === module) {
  const app = new App();
  new ManyDomains(app, 'many-domains');
  app.synth();
}

/**
 * uWSGI and gunicorn published directly, without nginx: for a service behind a load balancer of somebody else's.
 *
 * Run it:      npm run demo -- direct, then npm run deploy -- direct
 * Look at:     examples/direct/rendered, or cdktf.out/stacks/direct/review
 */
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AppImage, GunicornApp, HealthCheck, Listener, UwsgiApp, WsgiModule } from 'cdktf-wsgi';
import type { Construct } from 'constructs';
import type { BaseImages } from '../base-images';

export class Direct extends TerraformStack {
  public constructor(scope: Construct, id: string, images: BaseImages = {}) {
    super(scope, id);
    new DockerProvider(this, 'docker');
    const python = { baseImage: images.python, requirements: 'requirements.txt' };

    new GunicornApp(this, 'api', {
      image: AppImage.python('examples/hand-written/g_test', python),
      module: WsgiModule.dotted('g', 'app'),
      listeners: [Listener.http(5000)],
    });
    new UwsgiApp(this, 'old', {
      image: AppImage.python('examples/hand-written/p_test', python),
      module: WsgiModule.file('p.py', 'app'),
      healthCheck: HealthCheck.http('/healthz'),
      listeners: [Listener.http(9090, { address: '127.0.0.1' })],
    });
  }
}

if (require.main === module) {
  const app = new App();
  new Direct(app, 'direct');
  app.synth();
}

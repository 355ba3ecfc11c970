/**
 * uWSGI and gunicorn published directly, without nginx: for a service behind a load balancer of somebody else's. The applications are
 * api/api.py, in Flask, and old/old.py, one function without a framework.
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
    const baseImage = images.python;

    new GunicornApp(this, 'api', {
      image: AppImage.python('examples/direct/api', { baseImage, requirements: 'requirements.txt' }),
      module: WsgiModule.dotted('api', 'app'),
      listeners: [Listener.http(5000)],
    });
    new UwsgiApp(this, 'old', {
      image: AppImage.python('examples/direct/old', { baseImage }),
      module: WsgiModule.file('old.py', 'app'),
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

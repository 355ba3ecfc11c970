import type { TerraformStack } from 'cdktf';
import {
  AppImage,
  Directive,
  DockerHost,
  Duration,
  GunicornApp,
  HealthCheck,
  Listener,
  NginxFrontend,
  NginxImage,
  StaticMount,
  StaticSource,
  UwsgiApp,
  UwsgiPlugin,
  WorkerClass,
  WsgiModule,
} from 'cdktf-wsgi';
import { engineVersion } from './engine-version';
import { BASE } from './names';
import type { AppProps, GunicornAppProps, IApp, NginxFrontendProps, UwsgiAppProps } from 'cdktf-wsgi';

/** What a test changes between two applies. */
export interface Change {
  readonly shop?: Partial<UwsgiAppProps>;
  /** Runs the same application in gunicorn instead, under the same name and behind the same path. */
  readonly shopInGunicorn?: Partial<GunicornAppProps>;
  readonly api?: Partial<GunicornAppProps>;
  readonly web?: Partial<NginxFrontendProps>;
  readonly directives?: readonly Directive[];
  readonly staticDirectory?: string;
  /** Props of the uWSGI application that need the stack, such as a variable of it. */
  readonly shopOf?: (stack: TerraformStack) => Partial<UwsgiAppProps>;
  readonly more?: (stack: TerraformStack, web: NginxFrontend) => void;
  /** What works beside the first application. */
  readonly beside?: (stack: TerraformStack, shop: IApp) => void;
}

/** A change on top of another one: what it names is changed, whatever else the first one says stays. */
export function andThen(first: Change, then: Change): Change {
  return {
    ...first,
    ...then,
    shop: { ...first.shop, ...then.shop },
    api: { ...first.api, ...then.api },
    web: { ...first.web, ...then.web },
  };
}

const FAST = HealthCheck.connect({ interval: Duration.seconds(1), wait: Duration.seconds(60) });

const COMMON: Pick<AppProps, 'image' | 'module' | 'chdir' | 'codeDirectory' | 'healthCheck'> = {
  image: AppImage.registry(BASE),
  module: WsgiModule.dotted('app', 'app'),
  chdir: '/opt/app',
  codeDirectory: 'test/engine/app',
  healthCheck: FAST,
};

/** What a uWSGI application of Debian 12 needs. */
export const UWSGI: UwsgiAppProps = {
  ...COMMON,
  serverVersion: '2.0.21',
  plugin: UwsgiPlugin.modular(),
  processes: 4,
};

/** What a gunicorn application of Debian 12 needs. */
export const GUNICORN: GunicornAppProps = {
  ...COMMON,
  serverVersion: '20.1.0',
  workerClass: WorkerClass.GTHREAD,
  threads: 8,
};

/** nginx of Debian 12, with the module of the gate. */
export const NGINX = nginxOf(BASE);

/** An image that has the nginx of Debian 12. */
export function nginxOf(image: string): NginxImage {
  return NginxImage.of(image, {
    version: '1.22.1',
    streamModule: '/usr/lib/nginx/modules/ngx_stream_module.so',
  });
}

/** A site of one nginx, a uWSGI application, a gunicorn application and static files, on a port of loopback. */
export function site(port: number, change: Change = {}): (stack: TerraformStack) => void {
  return (stack) => {
    new DockerHost(stack, 'host', { engineVersion: engineVersion() });
    const shop =
      change.shopInGunicorn === undefined
        ? new UwsgiApp(stack, 'shop', { ...UWSGI, ...change.shop, ...change.shopOf?.(stack) })
        : new GunicornApp(stack, 'shop', { ...GUNICORN, ...change.shopInGunicorn });
    const api = new GunicornApp(stack, 'api', { ...GUNICORN, ...change.api });
    const listeners = [Listener.http(port, { address: '127.0.0.1' })];
    const web = new NginxFrontend(stack, 'web', {
      image: NGINX,
      listeners,
      healthCheck: FAST,
      ...change.web,
    });
    web.addBackend('/', shop);
    web.addBackend('/api/', api);
    const source = StaticSource.directory(change.staticDirectory ?? 'examples/hand-written/p_test/static');
    web.addStatic(new StaticMount(stack, 'static', { path: '/static/', source }));
    for (const directive of change.directives ?? []) web.addDirective(directive);
    change.more?.(stack, web);
    change.beside?.(stack, shop);
  };
}

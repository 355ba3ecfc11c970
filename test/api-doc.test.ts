import { Construct } from 'constructs';
import { TerraformVariable, Testing, TerraformStack } from 'cdktf';
import {
  AppImage,
  Balance,
  DataVolume,
  Directive,
  ExternalBackend,
  GunicornApp,
  Listener,
  LocationAction,
  LocationMatch,
  Mount,
  NginxFrontend,
  RedirectStatus,
  Review,
  SecretFile,
  StaticMount,
  StaticSource,
  Duration,
  UwsgiApp,
  UwsgiOption,
  WsgiModule,
} from 'cdktf-wsgi';
import { container, siteStack } from './helpers/stacks';

const UWSGI = { image: AppImage.registry('acme/shop:1'), module: WsgiModule.file('p.py', 'app') };
const GUNICORN = { image: AppImage.registry('acme/api:1'), module: WsgiModule.dotted('g', 'app') };

/** Programs that users write; what reads like this has to work. */
describe('programs as people write them', () => {
  test('the smallest one', () => {
    const stack = siteStack((site) => {
      const image = AppImage.python('examples/hand-written/g_test', { requirements: 'requirements.txt' });
      const app = new GunicornApp(site, 'app', { image, module: WsgiModule.dotted('g', 'app') });
      new NginxFrontend(site, 'web').addBackend('/', app);
    });
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('routes', () => {
    const stack = siteStack((site) => {
      const web = new NginxFrontend(site, 'web', {
        listeners: [Listener.http(80)],
        serverNames: ['shop.example.com'],
      });
      const shop = new UwsgiApp(site, 'shop', UWSGI);
      const reports = new GunicornApp(site, 'reports', GUNICORN);
      web.addBackend('/', shop);
      web.addBackend('/api/', reports, { readTimeout: Duration.seconds(20) });
      web.addLocation(LocationMatch.exact('/report'), LocationAction.passTo(reports));
      web.addLocation(LocationMatch.regex('\\.php$'), LocationAction.respond(410));
      web.addRedirect('/old/', '/new/', { status: RedirectStatus.PERMANENT });
      web.addStatic(
        new StaticMount(site, 'assets', {
          path: '/static/',
          source: StaticSource.appImage(shop, '/app/static'),
        }),
      );
      web.addServer({ serverNames: ['docs.example.com', '*.docs.example.com'] }).addBackend('/', reports);
    });
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('balancing', () => {
    const stack = siteStack((site) => {
      const shop = new UwsgiApp(site, 'shop', { ...UWSGI, replicas: 4 });
      const web = new NginxFrontend(site, 'web');
      const pool = web.addUpstream('pool', { balance: Balance.leastConn(), keepalive: 32 });
      pool.add(shop, { weight: 3 });
      pool.add(ExternalBackend.uwsgi('10.0.0.7', 3031), { backup: true });
      web.addBackend('/', pool);
    });
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('the tail: options, settings, directives, and the resources themselves', () => {
    const stack = siteStack((site) => {
      const shop = new UwsgiApp(site, 'x', {
        ...UWSGI,
        options: [UwsgiOption.of('log-x-forwarded-for', 'true')],
      });
      const api = new GunicornApp(site, 'y', { ...GUNICORN, settings: { check_config: false } });
      const web = new NginxFrontend(site, 'web');
      web.addBackend('/', shop);
      web.addBackend('/api/', api);
      web.addDirective(Directive.of('lingering_close', ['always']));
      web.addDirective(Directive.of('map', ['$http_x', '$y'], [Directive.of('default', ['0'])]));
      for (const each of shop.containers) each.addOverride('shm_size', 128);
    });
    expect(Review.of(stack).findings).toEqual([]);
    expect(container(stack, 'x-0')['shm_size']).toBe(128);
  });

  test('around the requests', () => {
    const stack = siteStack((site) => {
      const databaseUrl = new TerraformVariable(site, 'database_url', { sensitive: true });
      const key = new TerraformVariable(site, 'key', { sensitive: true });
      const media = new DataVolume(site, 'media');
      const shop = new UwsgiApp(site, 'shop', {
        ...UWSGI,
        mounts: [
          Mount.volume(media, '/srv/media'),
          Mount.hostPath('/etc/shop', '/etc/shop', { readOnly: true }),
        ],
        environment: { DATABASE_URL: databaseUrl.stringValue },
        secretFiles: [SecretFile.of('/run/secrets/key', key.stringValue)],
      });
      new NginxFrontend(site, 'web').addBackend('/', shop);
    });
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('a platform repository’s own construct, with its own house defaults, and its test', () => {
    class TeamSite extends Construct {
      public readonly web: NginxFrontend;

      public constructor(scope: Construct, id: string) {
        super(scope, id);
        this.web = new NginxFrontend(this, 'web', { listeners: [Listener.http(80)] });
        this.web.addBackend('/', new GunicornApp(this, 'app', GUNICORN));
      }
    }
    const stack = new TerraformStack(Testing.app(), 'site');
    new TeamSite(stack, 'shop').web.addRedirect('/old/', '/new/');
    expect(Review.of(stack).files['shop-web/nginx.conf']).toContain('return 302 /new/');
    expect(Review.of(stack).findings).toEqual([]);
  });
});

import { GunicornApp, NginxFrontend, Review, UwsgiApp } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, resources, siteStack } from '../helpers/stacks';
import type { Resource } from '../helpers/stacks';

describe('the smallest useful program', () => {
  const stack = siteStack((site) => {
    new NginxFrontend(site, 'web').addBackend('/', new GunicornApp(site, 'app', GUNICORN));
  });

  test('makes an application, nginx, its gate and the helpers, and no finding', () => {
    const names = Object.keys(resources(stack, 'docker_container')).map((name) =>
      name.replace(/_[0-9A-F]{8}$/, ''),
    );
    expect(names.sort()).toEqual([
      'app_app-0',
      'app_app-config-publisher',
      'web_web-config-publisher',
      'web_web-gate',
      'web_web-nginx',
      'web_web-reloader',
    ]);
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('publishes port 8080 on loopback, by the gate alone', () => {
    expect(container(stack, 'web-gate')['ports']).toEqual([
      { external: 8080, internal: 8080, ip: '127.0.0.1' },
    ]);
    expect(container(stack, 'web-nginx')['ports']).toBeUndefined();
    expect(container(stack, 'app-0')['ports']).toBeUndefined();
  });

  test('hardens every service', () => {
    for (const part of ['app-0', 'web-nginx', 'web-gate']) {
      expect(container(stack, part)).toMatchObject({
        read_only: true,
        capabilities: { drop: ['ALL'] },
        security_opts: ['no-new-privileges:true'],
        log_driver: 'json-file',
      });
    }
    expect(container(stack, 'app-0')['user']).toBe('10001:10001');
    expect(container(stack, 'web-nginx')).toMatchObject({
      user: '101:101',
      group_add: ['10001'],
      network_mode: 'none',
    });
  });

  test('shares the sockets read-only with nginx, on a tmpfs volume of the application', () => {
    const volume = Object.values(resources(stack, 'docker_volume')).find(
      (each) => 'driver_opts' in each && String(each['name']).includes('app-sockets'),
    );
    expect(volume?.['driver_opts']).toEqual({
      type: 'tmpfs',
      device: 'tmpfs',
      o: 'size=1048576,uid=10001,gid=10001,mode=0750',
    });
    expect(container(stack, 'web-nginx')['volumes']).toContainEqual(
      expect.objectContaining({ container_path: '/run/wsgi/app', read_only: true }),
    );
  });

  test('replaces services before it destroys them, but for what publishes a port', () => {
    const order = (part: string): unknown =>
      (container(stack, part)['lifecycle'] as Resource)['create_before_destroy'];
    expect([order('app-0'), order('web-nginx'), order('web-gate')]).toEqual([true, true, false]);
  });

  test('starts nginx after its files and its applications', () => {
    expect(container(stack, 'web-nginx')['depends_on']).toEqual([
      expect.stringMatching(/^terraform_data\.web_web-config-publisher-result_/),
      expect.stringMatching(/^docker_container\.app_app-0_/),
    ]);
  });

  test('fails the apply with the output of a task that fails', () => {
    const [[address, result] = []] = Object.entries(resources(stack, 'terraform_data')).filter(([name]) =>
      name.startsWith('web_web-reloader-result'),
    );
    const reloader = /docker_container\.web_web-reloader_\w+/.exec(JSON.stringify(result))?.[0] ?? '';
    const [condition] = (result?.['lifecycle'] as { precondition: Resource[] }).precondition;
    expect(address).toMatch(/^web_web-reloader-result/);
    expect(condition?.['condition']).toBe(`\${${reloader}.exit_code == 0}`);
    expect(condition?.['error_message']).toContain(`\${${reloader}.container_logs}`);
    expect(condition?.['error_message']).toContain(`-replace=${reloader}`);
    expect(container(stack, 'web-reloader')['lifecycle']).not.toHaveProperty('postcondition');
  });
});

test('what is added after a synthesis counts in the next one', () => {
  const stack = siteStack(() => undefined);
  const web = new NginxFrontend(stack, 'web');
  web.addBackend('/', new GunicornApp(stack, 'app', GUNICORN));
  const before = container(stack, 'web-reloader')['labels'];
  web.addBackend('/old/', new UwsgiApp(stack, 'old', UWSGI));
  expect(Review.of(stack).files['web/nginx.conf']).toContain('uwsgi_pass old;');
  expect(container(stack, 'web-reloader')['labels']).not.toEqual(before);
  expect(JSON.stringify(container(stack, 'web-nginx')['volumes'])).toContain('/run/wsgi/old');
});

import { resolve } from 'node:path';
import { GunicornApp, Listener, Mount, NginxFrontend, Review, UwsgiApp } from 'cdktf-wsgi';
import type { GunicornAppProps } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, container, resources, siteStack } from '../helpers/stacks';

const CODE = 'examples/hand-written/g_test';

function stackOf(props: Partial<GunicornAppProps>) {
  return siteStack((site) => {
    new NginxFrontend(site, 'web').addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, ...props }));
  });
}

describe('where an application is developed', () => {
  const stack = stackOf({ development: true, codeDirectory: CODE, chdir: '/srv/app' });

  test('its code is the directory itself, mounted read-only', () => {
    expect(container(stack, 'app-0')['volumes']).toContainEqual({
      container_path: '/srv/app',
      host_path: resolve(CODE),
      read_only: true,
    });
    expect(Review.of(stack).findings).toEqual([]);
  });

  test('nothing is copied', () => {
    expect(Object.keys(resources(stack, 'docker_image'))).toEqual(
      expect.not.arrayContaining([expect.stringContaining('app-code')]),
    );
    expect(Object.keys(resources(stack, 'docker_container')).join()).not.toContain('app-code');
  });

  test('the same directory is copied elsewhere, and no path of this machine is in the result', () => {
    const elsewhere = stackOf({ codeDirectory: CODE });
    expect(Object.keys(resources(elsewhere, 'docker_container')).join()).toContain('app-code');
    expect(JSON.stringify(resources(elsewhere, 'docker_container'))).not.toContain(resolve(CODE));
  });

  test('fails on a directory that is not there', () => {
    expect(() => stackOf({ development: true, codeDirectory: 'no/such' })).toThrow(/no\/such" is not there/);
  });
});

describe('code of the host', () => {
  test.each([
    ['/app', '/app'],
    ['/srv', '/srv/shop'],
  ])('mounted at %s fails', (path, chdir) => {
    const mounts = [Mount.hostPath('/home/me/app', path)];
    expect(Review.of(stackOf({ mounts, chdir })).findings).toEqual([
      expect.stringContaining(
        `puts the host's files where the code of gunicorn app "app" is (chdir ${chdir})`,
      ),
    ]);
    expect(Review.of(stackOf({ mounts, chdir, development: true })).findings).toEqual([]);
  });

  test('data of the host below the code are no code', () => {
    const stack = siteStack((site) => {
      new UwsgiApp(site, 'app', {
        ...UWSGI,
        listeners: [Listener.http(1)],
        mounts: [Mount.hostPath('/srv/media', '/app/media')],
      });
    });
    expect(Review.of(stack).findings).toEqual([]);
  });
});

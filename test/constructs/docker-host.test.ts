import type { TerraformStack } from 'cdktf';
import { DataVolume, DockerHost, GunicornApp, Logging, NginxFrontend, Review } from 'cdktf-wsgi';
import type { DockerHostProps } from 'cdktf-wsgi';
import { GUNICORN, container, resources, siteStack } from '../helpers/stacks';

const site = (host?: DockerHostProps): TerraformStack =>
  siteStack((stack) => {
    if (host !== undefined) new DockerHost(stack, 'host', host);
    new NginxFrontend(stack, 'web').addBackend('/', new GunicornApp(stack, 'app', GUNICORN));
  });

const health = (host?: DockerHostProps): unknown => container(site(host), 'app_app-0')['healthcheck'];

describe('a host that is no plain engine', () => {
  test('from 25.0 on, a probe runs every second until its first success', () => {
    const quick = { start_interval: '1s', start_period: '1m0s', interval: '5s' };
    expect(health({ engineVersion: '28.5.2' })).toMatchObject(quick);
    expect(health({ engineVersion: '25.0' })).toMatchObject(quick);
    expect(health({ engineVersion: '24.0.7' })).toEqual(health());
    expect(health()).not.toHaveProperty('start_interval');
  });

  test('with remapped ids, volumes in memory belong to ids of the host, and processes do not', () => {
    const stack = site({ usernsRemap: { firstUid: 165536, firstGid: 231072 } });
    const options = Object.values(resources(stack, 'docker_volume')).map(
      ({ driver_opts: given }) => (given as { readonly o?: string } | undefined)?.o,
    );
    expect(options.filter((each) => each !== undefined).sort()).toEqual([
      expect.stringContaining(`uid=${String(165536 + 101)},gid=${String(231072 + 101)}`),
      expect.stringContaining(`uid=${String(165536 + 10001)},gid=${String(231072 + 10001)}`),
    ]);
    expect(container(stack, 'app_app-0')).toMatchObject({ user: '10001:10001' });
  });

  test('one SELinux level is given to every container', () => {
    const all = Object.values(resources(site({ selinuxLevel: 's0:c1,c2' }), 'docker_container'));
    expect(all.length).toBeGreaterThan(4);
    for (const each of all) expect(each['security_opts']).toContain('label=level:s0:c1,c2');
  });

  test('its log driver is that of what serves, and not of helpers, whose output an error message needs', () => {
    const stack = site({ logging: Logging.driver('journald') });
    const driver = (part: string): unknown => container(stack, part)['log_driver'];
    expect(['app_app-0', 'web-nginx', 'web-gate'].map(driver)).toEqual(['journald', 'journald', 'journald']);
    expect(['web-reloader', 'web-config-publisher'].map(driver)).toEqual(['json-file', 'json-file']);
  });

  test('an application that says otherwise keeps its own log driver', () => {
    const stack = siteStack((each) => {
      new DockerHost(each, 'host', { logging: Logging.driver('journald') });
      const app = new GunicornApp(each, 'app', { ...GUNICORN, logging: Logging.driver('syslog') });
      new NginxFrontend(each, 'web').addBackend('/', app);
    });
    expect(container(stack, 'app_app-0')['log_driver']).toBe('syslog');
  });

  test('shows in the topology', () => {
    expect(Review.of(site({ engineVersion: '28.5' })).topology).toContain('"engineVersion": "28.5"');
  });
});

describe('fails with what to do about it', () => {
  test.each<[DockerHostProps, string]>([
    [{ rootless: true }, 'rootless engines are not supported'],
    [{ engineVersion: '19.03' }, '"19.03" is older than 20.10'],
    [{ engineVersion: 'new' }, '"new" is not a server version'],
    [{ usernsRemap: { firstUid: 0 } }, 'usernsRemap.firstUid 0 is not a count'],
    [{ selinuxLevel: 'secret' }, '"secret" is not an MCS level'],
  ])('%j', (props, message) => {
    expect(() => site(props)).toThrow(message);
    expect(() => site(props)).toThrow('construct: site/host');
  });

  test('after something was planned, and twice', () => {
    expect(() =>
      siteStack((stack) => {
        new DataVolume(stack, 'media');
        new DockerHost(stack, 'host');
      }),
    ).toThrow('the host is declared after site/media');
    expect(() =>
      siteStack((stack) => {
        new DockerHost(stack, 'host');
        new DockerHost(stack, 'other');
      }),
    ).toThrow('this stack has two hosts');
  });
});

import { GunicornApp, Review, SyslogAddress, StatsdAddress, GunicornProxyProtocol } from 'cdktf-wsgi';
import type { AppProps, GunicornAppProps } from 'cdktf-wsgi';
import { hooksOf } from '../../lib/constructs/gunicorn/hook-props';
import { namedSettings } from '../../lib/constructs/gunicorn/named-settings';
import { isAtLeast } from '../../lib/server-version';
import { GUNICORN_DECISIONS } from '../../lib/topology/gunicorn-decisions';
import type { DecidedProp } from '../../lib/topology/gunicorn-decisions';
import { SETTINGS } from '../../lib/gunicorn/setting-table';
import { gunicornSamples } from '../gunicorn/samples';
import type { GunicornProp } from '../gunicorn/samples';
import { VARIANTS, nameOf, propsOf } from '../gunicorn/variants';
import { GUNICORN, siteStack } from '../helpers/stacks';

/** The newest release of the table. */
const RELEASE = '27.0.1';

const file = (over: Partial<GunicornAppProps>): string => {
  const stack = siteStack((site) => {
    new GunicornApp(site, 'x', { ...GUNICORN, ...over });
  });
  return Review.of(stack).files['x/gunicorn.conf.py'] ?? '';
};

const samples = gunicornSamples('/run/test');

describe.each(VARIANTS)('an application $title', (variant) => {
  const text = file(propsOf(variant, RELEASE, '/run/test', 5000));

  test.each(variant.props)('renders %s as a sample says', (prop) => {
    const block = samples[prop].lines.join('\n');
    expect(`\n${text}`).toContain(`\n${block}\n`);
  });
});

describe('a prop of a newer release', () => {
  const newer = (Object.keys(samples) as GunicornProp[])
    .map((prop) => ({ prop, since: SETTINGS[nameOf(prop)]?.since ?? '0' }))
    .filter(({ since, prop }) => !isAtLeast('20.1.0', since) && prop !== 'protocol');

  test.each(newer)('fails on $prop before $since, and names both', ({ prop, since }) => {
    const given = { [prop]: samples[prop].value };
    const message = `${prop} needs gunicorn ${since}; serverVersion is 20.1.0`;
    expect(() => [namedSettings(given, '20.1.0'), hooksOf(given, '20.1.0')]).toThrow(message);
    expect(() => [namedSettings(given, since), hooksOf(given, since)]).not.toThrow();
  });
});

test('every prop of gunicorn is in a variant', () => {
  const covered = new Set(VARIANTS.flatMap(({ props }) => props));
  expect(Object.keys(samples).filter((prop) => !covered.has(prop as GunicornProp))).toEqual([]);
});

test('settings of props come in the order of the manual, between what is derived and what is passed through', () => {
  const [variant] = VARIANTS;
  if (variant === undefined) throw new Error('no variant');
  const props = { ...propsOf(variant, '28.0', '/run/test', 1), settings: { a_later_one: 1 } };
  const names: string[] = file(props).match(/^[a-z_0-9]+(?= = )/gm) ?? [];
  const own = names.slice(names.indexOf('worker_tmp_dir') + 1);
  const order = Object.keys(SETTINGS);
  expect(own.at(-1)).toBe('a_later_one');
  expect(own.slice(0, -1)).toEqual(own.slice(0, -1).toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(own.length).toBeGreaterThan(25);
});

describe('decisions, the table and the props agree', () => {
  /** Props of every application that are settings of gunicorn too. */
  const SHARED = ['module', 'chdir'];

  test('every setting of the table has a decision, and no other has', () => {
    expect(Object.keys(GUNICORN_DECISIONS).sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  test('every prop that a decision names exists, and every prop of gunicorn has a decision', () => {
    const decided = Object.values(GUNICORN_DECISIONS).flatMap((decision) =>
      decision.by === 'prop' ? [decision.prop] : [],
    );
    expect(decided.sort()).toEqual([...Object.keys(samples), ...SHARED].sort());
    // The same, by the compiler: neither list may have a member that the other has not.
    const everyDecisionIsAProp: Exclude<DecidedProp, keyof GunicornAppProps>[] = [];
    const everyPropIsDecided: Exclude<GunicornProp, DecidedProp>[] = [];
    const everyOtherIsShared: Exclude<DecidedProp, GunicornProp | keyof AppProps>[] = [];
    expect([...everyDecisionIsAProp, ...everyPropIsDecided, ...everyOtherIsShared]).toEqual([]);
  });
});

describe('values that no variant has', () => {
  test.each<[Partial<GunicornAppProps>, string]>([
    [{ syslog: true, syslogAddr: SyslogAddress.tcp('log', 601) }, "syslog_addr = 'tcp://log:601'"],
    [{ syslog: true, syslogAddr: SyslogAddress.udp('::1', 514) }, "syslog_addr = 'udp://[::1]:514'"],
    [
      { syslog: true, syslogAddr: SyslogAddress.unixSocket('/dev/log') },
      "syslog_addr = 'unix:///dev/log#dgram'",
    ],
    [{ statsdHost: StatsdAddress.unixSocket('/run/s') }, "statsd_host = 'unix:///run/s'"],
    [{ sendfile: true }, 'sendfile = None'],
    [{ proxyProtocol: GunicornProxyProtocol.OFF }, 'proxy_protocol = False'],
    [{ proxyProtocol: GunicornProxyProtocol.OFF, serverVersion: '24.1.0' }, "proxy_protocol = 'off'"],
  ])('%j renders %s', (over, line) => {
    expect(file(over).split('\n')).toContain(line);
  });
});

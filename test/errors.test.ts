import { ConfigError, shown } from '../lib/errors';
import { nearest } from '../lib/nearest';
import { compareVersions, isAtLeast } from '../lib/server-version';

describe('ConfigError', () => {
  test('tells what, the fix, the construct and the rule, one a line', () => {
    const error = new ConfigError({ what: 'a', fix: 'b', construct: 'Site/shop', rule: 'XT-SOCK-PERM' });
    expect(error.message).toBe('a\n  b\n  construct: Site/shop\n  rule: XT-SOCK-PERM');
    expect(error.name).toBe('ConfigError');
  });

  test('gets a construct path from the layer that knows it, once', () => {
    const inner = (): never => {
      throw new ConfigError({ what: 'a' });
    };
    expect(() => ConfigError.at('Site', () => ConfigError.at('Site/shop', inner))).toThrow(
      'a\n  construct: Site/shop',
    );
  });

  test('lets any other error through untouched', () => {
    const broken = new TypeError('x');
    expect(() =>
      ConfigError.at('Site', () => {
        throw broken;
      }),
    ).toThrow(broken);
  });
});

test('a received value is shown quoted, with control characters visible, and cut when it is long', () => {
  expect(shown('a\nb')).toBe('"a\\nb"');
  expect(shown('x'.repeat(500))).toHaveLength(120);
});

describe('nearest', () => {
  const known = ['harakiri', 'processes', 'threads', 'client_max_body_size'];

  test('finds the name that was meant', () => {
    expect(nearest('harakirii', known)).toBe('harakiri');
    expect(nearest('client-max-body-size', known)).toBe('client_max_body_size');
  });

  test('answers nothing when nothing is near', () => {
    expect(nearest('zzz', known)).toBeUndefined();
  });
});

describe('server versions', () => {
  test('compare number by number', () => {
    expect(compareVersions('1.9.0', '1.22.1')).toBeLessThan(0);
    expect(isAtLeast('1.25', '1.25.0')).toBe(true);
    expect(isAtLeast('1.24.9', '1.25.1')).toBe(false);
  });

  test('fails on what is not a release number', () => {
    expect(() => compareVersions('1.22-alpine', '1')).toThrow('"1.22-alpine" is not a server version');
  });
});

import { Directive, ExternalBackend } from 'cdktf-wsgi';
import type { NginxFrontend } from 'cdktf-wsgi';
import { confOf, nginxSays } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

const anyone = ExternalBackend.http('10.0.0.7', 80);

const withMap =
  (key: number, variable: number, ...others: readonly Directive[]): Build =>
  (web: NginxFrontend) => {
    const row = Directive.of('k'.repeat(key), ['1']);
    web.addDirective(Directive.of('map', ['$host', `$${'v'.repeat(variable)}`], [row]));
    for (const each of others) web.addDirective(each);
    return web.addBackend('/', anyone);
  };

function sizes(build: Build): Record<string, string> {
  const found = confOf(build).matchAll(/(map|variables)_hash_bucket_size (\d+);/g);
  return Object.fromEntries([...found].map(([, of = '', bytes = '']) => [of, bytes]));
}

describe('keys of maps and names of variables have room', () => {
  test.each<[number, number, Record<string, string>]>([
    [46, 46, {}],
    [47, 46, { map: '128' }],
    [46, 47, { variables: '128' }],
    [110, 111, { map: '128', variables: '256' }],
  ])('%d letters of a key and %d of a variable', (key, variable, expected) => {
    expect(sizes(withMap(key, variable))).toEqual(expected);
  });

  test("which a user's own says instead", () => {
    const own = Directive.of('map_hash_bucket_size', ['512']);
    expect(sizes(withMap(60, 5, own))).toEqual({ map: '512' });
  });

  test('not for regular expressions, which are not kept there', () => {
    const regex = Directive.of('map', ['$uri', '$v'], [Directive.of(`~${'a'.repeat(100)}`, ['1'])]);
    expect(
      sizes((web) => {
        web.addDirective(regex);
        web.addBackend('/', anyone);
      }),
    ).toEqual({});
  });
});

const accents: Build = (web) => {
  web.addDirective(Directive.of('map', ['$uri', '$v'], [Directive.of('é'.repeat(24), ['1'])]));
  return web.addBackend('/', anyone);
};

test('by their bytes, as nginx counts', () => {
  expect(sizes(accents)).toEqual({ map: '128' });
});

describeWith(['nginx'], 'the real nginx starts', () => {
  test('with a key that is not ASCII', async () => {
    expect(await nginxSays(accents)).toBe('');
  });

  test.each([
    [46, 46],
    [47, 47],
    [110, 111],
    [300, 200],
  ])('with %d letters of a key and %d of a variable', async (key, variable) => {
    expect(await nginxSays(withMap(key, variable))).toBe('');
  });

  test('and does not with less room', async () => {
    const less = Directive.of('map_hash_bucket_size', ['64']);
    expect(await nginxSays(withMap(47, 5, less))).toContain('could not build map_hash');
  });
});

import { directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { DIRECTIVES } from '../../lib/nginx/directive-table';
import { dollarRole } from '../../lib/nginx/expansion';
import { renderNginx } from '../../lib/nginx/render';
import { nginxTest, withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { SAMPLES } from './expansion-samples';
import { nginxSite } from './site';

const role = (name: string, index: number, start = '', previous = '') =>
  dollarRole({ parent: undefined, name, index, start, previous });

describe('a dollar', () => {
  test('expands in values of headers, redirects and paths', () => {
    expect(role('return', 1)).toBe('expands');
    expect(role('add_header', 1)).toBe('expands');
    expect(role('proxy_set_body', 0)).toBe('expands');
    expect(role('ssl_certificate', 0)).toBe('expands');
  });

  test('is literal in names, prefixes and what nginx reads at once', () => {
    expect(role('add_header', 0)).toBe('literal');
    expect(role('location', 1)).toBe('literal');
    expect(role('sendfile', 0)).toBe('literal');
    expect(role('pid', 0)).toBe('literal');
  });

  test('is literal in a regex, by what stands before it', () => {
    expect(role('if', 2, 'a', '~*')).toBe('literal');
    expect(role('if', 2, 'a', '!~')).toBe('literal');
    expect(role('if', 2, 'a', '=')).toBe('expands');
    expect(role('proxy_redirect', 0, '~^a')).toBe('literal');
    expect(role('proxy_redirect', 0, '/a')).toBe('expands');
    expect(role('proxy_redirect', 1, '~a')).toBe('expands');
  });

  test('names the variable that a directive declares', () => {
    expect(role('set', 0)).toBe('name');
    expect(role('map', 1)).toBe('name');
    expect(role('map', 0)).toBe('expands');
    expect(role('geo', 0)).toBe('name');
  });

  test('expands in the values of map rows only, among rows of data', () => {
    const row = (parent: string, name: string) =>
      dollarRole({ parent, name, index: 0, start: '', previous: '' });
    expect(row('map', 'x')).toBe('expands');
    expect(row('map', 'include')).toBe('literal');
    expect(row('geo', 'set')).toBe('literal');
    expect(row('types', 'return')).toBe('literal');
  });

  test('counts as expanding in directives that nobody measured, so that no text becomes a variable', () => {
    expect(role('no_such_directive', 0)).toBe('expands');
    expect(role('constructor', 0)).toBe('expands');
  });
});

describeWith(['nginx'], 'a real nginx looks for a variable', () => {
  /** Of the unknown variable, in several disguises, whether nginx looked for it in any. */
  function expandsInNginx(
    directory: string,
    place: string,
    name: string,
    args: readonly string[],
    index: number,
  ) {
    const own = args[index] ?? '';
    const disguises = new Set(
      ['MARK', `${own}MARK`, own.replace(/=.*/, '=MARK')].filter((text) => /MARK$/.test(text)),
    );
    return [...disguises].some((disguise) => {
      const node = directive(name, ...args.with(index, disguise));
      const site = renderNginx(nginxSite(directory, { [place]: [node] }));
      const text = site.replace('MARK', '$no_such').replace(/"?(\S*\$no_such)"?/, '"$1"');
      return nginxTest(directory, text).output.includes('unknown "no_such" variable');
    });
  }

  test.each(SAMPLES)('nowhere in `%s` where we take a dollar for literal', async (sample) => {
    const [place = '', name = '', ...args] = sample.split(' ');
    await withDirectory((directory) => {
      for (const [index, argument] of args.entries()) {
        const ours = role(name, index, argument, args[index - 1]);
        if (ours === 'literal') {
          expect([index, expandsInNginx(directory, place, name, args, index)]).toEqual([index, false]);
        }
      }
      return Promise.resolve();
    });
  });

  test('and in these first arguments, where we write the dollar variable', async () => {
    const expanding: readonly (readonly [string, NginxDirective])[] = [
      ['location', directive('return', '200', 'v')],
      ['http', directive('add_header', 'x', 'v')],
      ['http', directive('access_log', '/a')],
      ['http', directive('proxy_set_body', 'v')],
    ];
    await withDirectory((directory) => {
      for (const [place, node] of expanding) {
        const args = node.args.map(String);
        const last = args.length - 1;
        expect([node.name, role(node.name, last)]).toEqual([node.name, 'expands']);
        expect([node.name, expandsInNginx(directory, place, node.name, args, last)]).toEqual([
          node.name,
          true,
        ]);
      }
      return Promise.resolve();
    });
  });

  test('nowhere in simple directives of the table that we take for literal', async () => {
    await withDirectory((directory) => {
      const wrong: string[] = [];
      for (const [name, { uses }] of DIRECTIVES) {
        const place = uses[0]?.contexts.find((context) =>
          ['http', 'server', 'location', 'main'].includes(context),
        );
        const isPlain = uses.every(({ block, args }) => block !== true && args?.includes(1) === true);
        if (place === undefined || !isPlain || role(name, 0) !== 'literal') continue;
        if (expandsInNginx(directory, place, name, [''], 0)) wrong.push(name);
      }
      expect(wrong).toEqual([]);
      return Promise.resolve();
    });
  });
});

import { join } from 'node:path';
import fc from 'fast-check';
import { concat, variable } from '../../lib/nginx/argument';
import type { NginxArgument } from '../../lib/nginx/argument';
import { mapKey } from '../../lib/nginx/data-block';
import { block, directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { literalDollarDirective } from '../../lib/nginx/literal-dollar';
import { locationsOf, matchLocation } from '../../lib/nginx/location-match';
import { renderNginx } from '../../lib/nginx/render';
import { hostileText } from '../helpers/hostile';
import { ask, askRaw, nginxTest, withDirectory, withNginx } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';
import { LITERAL_PLACES, TREES_TO_MATCH, URIS_TO_MATCH, nginxSite } from './site';

/** Serves the locations and answers, for each path, with what came back. */
async function bodies(
  locations: readonly NginxDirective[],
  paths: readonly string[],
  http: readonly NginxDirective[] = [],
): Promise<string[]> {
  return withDirectory((directory) => {
    const socketPath = join(directory, 's.sock');
    const text = renderNginx(nginxSite(directory, { http, server: locations }));
    return withNginx(directory, text, socketPath, async () => {
      const answers = [];
      for (const path of paths) answers.push((await ask({ socketPath, path })).body.toString());
      return answers;
    });
  });
}

function returning(values: readonly NginxArgument[]): NginxDirective[] {
  return values.map((value, index) =>
    block(
      'location',
      ['=', `/${String(index)}`],
      [directive('default_type', 'text/plain'), directive('return', '200', value)],
    ),
  );
}

const pathsOf = (values: readonly unknown[]) => values.map((_, index) => `/${String(index)}`);

describeWith(['nginx'], 'a real nginx', () => {
  test('answers with exactly the bytes of 300 hostile values', async () => {
    const long = ['a'.repeat(4094), 'é'.repeat(2046), '\\'.repeat(2047), ';'.repeat(4094), '😀'.repeat(1023)];
    const values = [
      ...fc.sample(hostileText, 300),
      ...long,
      '$',
      '$$',
      '$1',
      '${uri}',
      '$5.00',
      'a$',
      '$literal_dollar',
    ];
    expect(await bodies(returning(values), pathsOf(values))).toEqual(values);
  });

  test('joins literal text and variables as the tree says', async () => {
    const texts = fc.sample(hostileText, 100);
    const values = texts.map((text) => concat(text, variable('request_method'), text));
    expect(await bodies(returning(values), pathsOf(values))).toEqual(
      texts.map((text) => `${text}GET${text}`),
    );
  });

  test('reads the dollar variable in headers, map values and redirects too', async () => {
    const map = block('map', [variable('uri'), variable('price')], [directive('default', '$5 ${uri}')]);
    const [body] = await bodies([directive('return', '200', concat(variable('price'), '$9'))], ['/'], [map]);
    expect(body).toBe('$5 ${uri}$9');
  });

  test('refuses what the quoting refuses for its length', async () => {
    await withDirectory((directory) => {
      const text = renderNginx(nginxSite(directory, { server: returning(['longest;']) }));
      const of = (bytes: number) => nginxTest(directory, text.replace('longest;', 'a'.repeat(bytes)));
      expect(of(4094).ok).toBe(true);
      expect(of(4095).output).toContain('too long parameter');
      return Promise.resolve();
    });
  });

  test('reads the longest comment that the renderer writes', async () => {
    await withDirectory((directory) => {
      const comment = '😀'.repeat(3000);
      const text = renderNginx([...nginxSite(directory, {}), { ...directive('env', 'A'), comment }]);
      expect(nginxTest(directory, text)).toMatchObject({ ok: true });
      return Promise.resolve();
    });
  });

  test('matches map keys as plain text, whatever they hold', async () => {
    const special = ['default', 'hostnames', 'include', 'volatile', '~^.*$', '\\x', '\\', '', '*.a', '$uri'];
    const keys = [...new Set([...special, ...fc.sample(hostileText, 60).map((key) => key.toLowerCase())])];
    const maps = keys.map((key, index) =>
      block(
        'map',
        [key, variable(`m${String(index)}`)],
        [directive('default', 'missed'), directive(mapKey(key), 'hit')],
      ),
    );
    const values = keys.map((_, index) => variable(`m${String(index)}`));
    const sizes = [
      directive('variables_hash_max_size', '4096'),
      directive('variables_hash_bucket_size', '128'),
      directive('map_hash_bucket_size', '1024'),
    ];
    expect(await bodies(returning(values), pathsOf(values), [...sizes, ...maps])).toEqual(
      keys.map(() => 'hit'),
    );
  });

  test.each(LITERAL_PLACES)('keeps a dollar in %s', async (_, place) => {
    await withDirectory((directory) => {
      expect(nginxTest(directory, renderNginx(nginxSite(directory, place)))).toMatchObject({ ok: true });
      return Promise.resolve();
    });
  });

  test.each(TREES_TO_MATCH)('chooses the location that matchLocation chooses: %s', async (_, source) => {
    const marked = source.map(function mark(node): NginxDirective {
      const name = JSON.stringify(node.args);
      const inner = (node.block ?? []).map(mark);
      return { ...node, block: [directive('return', '200', name), ...inner] };
    });
    const expected = URIS_TO_MATCH.map((uri) => {
      const answer = matchLocation(locationsOf(source), uri);
      if (answer.kind !== 'location') return answer.kind;
      const { modifier, path } = answer.location;
      return JSON.stringify(modifier === undefined ? [path] : [modifier, path]);
    });
    await withDirectory((directory) => {
      const socketPath = join(directory, 's.sock');
      const server = [directive('error_page', '404', '/404-none'), ...marked];
      return withNginx(directory, renderNginx(nginxSite(directory, { server })), socketPath, async () => {
        const seen: string[] = [];
        for (const uri of URIS_TO_MATCH) {
          const answer = await askRaw(socketPath, uri);
          seen.push(answer.status === 200 ? answer.body : answer.status === 400 ? 'refused' : 'none');
        }
        const told = expected.map((choice, index) => (choice === 'cannot tell' ? seen[index] : choice));
        expect(seen).toEqual(told);
        expect(expected.filter((choice) => choice === 'cannot tell').length).toBeLessThan(3);
      });
    });
  });

  test('declares the dollar variable with the directive that this library renders', async () => {
    const [body] = await bodies(returning(['$']), ['/0'], []);
    expect(renderNginx([literalDollarDirective()])).toBe('geo $literal_dollar {\n    default "$";\n}\n');
    expect(body).toBe('$');
  });
});

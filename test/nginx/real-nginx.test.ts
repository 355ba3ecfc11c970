import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { block, directive, expression, variable } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { literalDollarDirective } from '../../lib/nginx/literal-dollar';
import { renderNginx } from '../../lib/nginx/render';
import { directiveProblems } from '../../lib/nginx/validate';
import { hostileText } from '../helpers/hostile';
import { ask, nginxTest, withDirectory, withNginx } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

const VERSION = '1.22.1';

function site(directory: string, locations: readonly NginxDirective[], dollar = true): string {
  return renderNginx([
    directive('daemon', 'off'),
    directive('pid', join(directory, 'nginx.pid')),
    block('events', [], []),
    block(
      'http',
      [],
      [
        directive('access_log', 'off'),
        ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) =>
          directive(`${name}_temp_path`, join(directory, name)),
        ),
        ...(dollar ? [literalDollarDirective()] : []),
        block('server', [], [directive('listen', `unix:${directory}/s.sock`), ...locations]),
      ],
    ),
  ]);
}

describeWith(['nginx'], 'the real nginx', () => {
  test('answers with exactly the bytes of 300 hostile values', async () => {
    const values = fc.sample(hostileText, 300);
    const locations = values.map((value, index) =>
      block(
        'location',
        ['=', `/${String(index)}`],
        [directive('default_type', 'text/plain'), directive('return', '200', value)],
      ),
    );
    await withDirectory((directory) =>
      withNginx(directory, site(directory, locations), join(directory, 's.sock'), async () => {
        for (const [index, value] of values.entries()) {
          const answer = await ask({ socketPath: join(directory, 's.sock'), path: `/${String(index)}` });
          expect(answer.body.toString()).toBe(value);
        }
      }),
    );
  });

  test.each([
    ['an unknown name', directive('retrun', '200')],
    ['a context where it may not stand', directive('worker_processes', '1')],
    ['too few arguments', directive('add_header', 'X')],
    ['too many arguments', directive('root', 'a', 'b')],
    ['a block for what takes none', block('root', ['a'], [])],
    ['no block for what is one', directive('location', '/')],
    ['a flag that is neither', directive('sendfile', 'yes')],
    ['a size with two letters', directive('client_max_body_size', '10mb')],
    ['a size with a point', directive('client_max_body_size', '1.5m')],
    ['g where only offsets have it', directive('client_body_buffer_size', '1g')],
    ['a time with a point', directive('send_timeout', '1.5s')],
    ['an enum value that is none', directive('satisfy', 'some')],
    ['a directive of a newer release', directive('http2', 'on')],
    ['a directive that is gone', directive('spdy_pool_size', '1')],
  ])('and the table refuse %s', async (_, wrong) => {
    expect(directiveProblems([wrong], 'server', VERSION)).toHaveLength(1);
    await withDirectory(async (directory) => {
      await Promise.resolve();
      expect(nginxTest(directory, site(directory, [wrong])).ok).toBe(false);
    });
  });

  test('and the table accept the rest', async () => {
    const right = [
      directive('client_max_body_size', '10m'),
      directive('send_timeout', '1h 30m'),
      directive('satisfy', 'any'),
      directive('sendfile', 'ON'),
      block('location', ['/'], [block('if', [expression('($args)')], [directive('return', '204')])]),
    ];
    expect(directiveProblems(right, 'server', VERSION)).toEqual([]);
    await withDirectory(async (directory) => {
      await Promise.resolve();
      expect(nginxTest(directory, site(directory, right))).toMatchObject({ ok: true });
    });
  });
});

describeWith(['crossplane'], 'crossplane, an independent reader', () => {
  test('sees the directives and arguments that we wrote', () => {
    // Left out: what crossplane itself reads otherwise than nginx does (it keeps `\\\\`), and what needs the geo block.
    const values = fc
      .sample(hostileText, 100)
      .filter((value) => !value.includes('$') && !value.includes('\r') && !value.includes('\\'));
    const tree = site(
      '/tmp/x',
      values.map((value) => directive('add_header', 'X-A', value)),
      false,
    );
    const script = [
      'import crossplane, json, sys, tempfile',
      'f = tempfile.NamedTemporaryFile("w", suffix=".conf", newline=""); f.write(sys.stdin.read()); f.flush()',
      'p = crossplane.parse(f.name, single=True, strict=True)',
      'assert p["status"] == "ok", p["errors"]',
      'print(json.dumps(p["config"][0]["parsed"]))',
    ].join('\n');
    const run = spawnSync('python3', ['-c', script], { input: tree, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const parsed = JSON.parse(run.stdout) as {
      directive: string;
      block?: { directive: string; block?: { directive: string; args: string[] }[] }[];
    }[];
    const server = parsed
      .find((node) => node.directive === 'http')
      ?.block?.find((node) => node.directive === 'server');
    const headers = server?.block
      ?.filter((node) => node.directive === 'add_header')
      .map((node) => node.args[1]);
    expect(headers).toEqual(values);
  });
});

test('fails nothing on a variable in a checked value', () => {
  expect(directiveProblems([directive('satisfy', variable('x'))], 'server', VERSION)).toEqual([]);
});

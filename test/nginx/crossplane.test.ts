import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { partsOf } from '../../lib/nginx/argument';
import type { NginxArgument } from '../../lib/nginx/argument';
import { block, directive } from '../../lib/nginx/directive';
import type { NginxDirective } from '../../lib/nginx/directive';
import { parseNginx } from '../../lib/nginx/parse';
import { renderNginx } from '../../lib/nginx/render';
import { EXAMPLES, exampleFiles } from '../../scripts/example-files';
import { hostileText } from '../helpers/hostile';
import { describeWith } from '../helpers/programs';

/** A directive as crossplane sees it, with our names. */
interface Seen {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Seen[];
}

/** One directive in what `crossplane parse` prints. */
interface Parsed {
  readonly directive: string;
  readonly args: readonly string[];
  readonly block?: readonly Parsed[];
}

interface Payload {
  readonly status: string;
  readonly errors: readonly unknown[];
  readonly config: readonly { readonly parsed: readonly Parsed[] }[];
}

function crossplane(text: string): Seen[] {
  const directory = mkdtempSync(join(tmpdir(), 'crossplane-'));
  try {
    const file = join(directory, 'nginx.conf');
    writeFileSync(file, text);
    const run = spawnSync('crossplane', ['parse', '--single-file', '--strict', file], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    if (run.status !== 0) throw new Error(run.stderr);
    const read = JSON.parse(run.stdout) as Payload;
    if (read.status !== 'ok') throw new Error(JSON.stringify(read.errors));
    return (read.config[0]?.parsed ?? []).map(seen);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function seen({ directive: name, args, block: children }: Parsed): Seen {
  return { name, args, ...(children === undefined ? {} : { block: children.map(seen) }) };
}

/** An argument in nginx's own notation. */
function written(argument: NginxArgument): string {
  return partsOf(argument)
    .map((part) => (typeof part === 'string' ? part : `$${part.variable}`))
    .join('');
}

function ours(tree: readonly NginxDirective[]): Seen[] {
  return tree.map(({ name, args, block: children }) => ({
    name,
    args: args.map(written),
    ...(children === undefined ? {} : { block: ours(children) }),
  }));
}

describeWith(['crossplane'], 'crossplane, an independent reader,', () => {
  test('sees the directives and arguments of the tree', () => {
    // Left out: backslashes and CR, which crossplane itself reads otherwise than nginx, and what needs the dollar variable.
    const values = fc.sample(hostileText, 300).filter((value) => !/[$\r\\]/.test(value));
    expect(values.length).toBeGreaterThan(20);
    // Rows of data are directives to crossplane, so that the dollar variable's block has to go as well.
    const tree = [
      block('events', [], []),
      block(
        'http',
        [],
        [
          block(
            'server',
            [],
            [
              ...values.map((value) => directive('add_header', 'X-A', value, 'always')),
              ...values.map((value) => block('location', ['~', value], [directive('internal')])),
            ],
          ),
          block('upstream', ['u'], [directive('server', 'unix:/a b.sock', 'max_fails=0')]),
        ],
      ),
    ];
    expect(crossplane(renderNginx(tree))).toEqual(ours(tree));
  });

  test.each(nginxFiles())('sees in %s of the examples what our own parser sees', (_, text) => {
    expect(crossplane(readable(text))).toEqual(asRead(ours(parseNginx(readable(text)))));
  });

  test('fails on a directive that it does not know, so that the agreement means something', () => {
    expect(() => crossplane(renderNginx([directive('no_such_directive', 'x')]))).toThrow('unknown directive');
  });
});

function nginxFiles(): [string, string][] {
  const files = Object.entries(EXAMPLES).flatMap(([name, build]) => exampleFiles(name, build()));
  return files.filter(({ path }) => path.endsWith('.conf')).map(({ path, text }) => [path, text]);
}

/**
 * `resolver` in an upstream is from nginx 1.27.3, and younger than crossplane's table, to which the rows of `types` and of `map` are
 * directives that it does not know: the real nginx reads those.
 */
function readable(text: string): string {
  return text
    .replace(/(upstream [^}]*?) *resolver [^;]*;\n/g, '$1')
    .replace(/((?:types|map [^{]*) )\{[^}]*\}/g, '$1{}');
}

/** crossplane leaves a doubled backslash doubled. */
function asRead(tree: readonly Seen[]): Seen[] {
  return tree.map(({ name, args, block: children }) => ({
    name,
    args: args.map((argument) => argument.replaceAll('\\', '\\\\')),
    ...(children === undefined ? {} : { block: asRead(children) }),
  }));
}

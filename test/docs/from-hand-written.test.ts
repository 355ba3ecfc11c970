import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import * as library from 'cdktf-wsgi';
import { AppImage, Listener, NginxFrontend, Review, WorkerClass, WsgiModule } from 'cdktf-wsgi';

const PAGE = readFileSync('docs/from-hand-written.md', 'utf8');

/** The files, and the words with which the second one is started: each heading of the page begins with the name of one. */
const FILES: Readonly<Record<string, string>> = {
  'nginx.conf': before('nginx.conf'),
  'p.ini': before('p.ini'),
  'gconf.py': `${before('gconf.py')}\ng:app\n-D\n`,
};

function before(name: string): string {
  return readFileSync(`examples/hand-written/before/${name}`, 'utf8');
}

/** A part of the page, from its heading to the next one of the same level. */
function section(level: '##' | '###', text: string): Map<string, string> {
  const parts = text.split(new RegExp(`^${level} `, 'm')).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))]));
}

const PARTS = section('##', PAGE);

function part(name: string): string {
  const found = [...PARTS].find(([heading]) => heading.startsWith(name))?.[1];
  if (found === undefined) throw new Error(`the page has no part ${name}`);
  return found;
}

interface Row {
  /** The lines that it is about. */
  readonly lines: readonly string[];
  readonly isWrong: boolean;
}

function rows(text: string): Row[] {
  const cells = [...text.matchAll(/^\| (?!line |-)(.*?) +\|/gm)].map(([, cell = '']) => cell);
  return cells.map((cell) => ({ lines: codeIn(cell), isWrong: cell.startsWith('**!**') }));
}

function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => plain(code));
}

/** Blanks do not matter. */
function plain(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

const INSISTING = section('###', part('When you insist'));

describe.each(Object.entries(FILES))('%s', (name, text) => {
  test('has a row for every line, and the page no other', () => {
    // What a brace ends, its row is about already.
    const lines = text
      .split('\n')
      .map(plain)
      .filter((line) => line !== '' && line !== '}');
    expect(rows(part(name)).flatMap((row) => row.lines)).toEqual(lines);
  });

  test('has the way out for every row that is marked', () => {
    const told = [...INSISTING.keys()].flatMap(codeIn);
    const wrong = rows(part(name)).flatMap((row) => (row.isWrong ? row.lines : []));
    expect(wrong.filter((line) => !told.includes(line))).toEqual([]);
  });
});

test('what one insists on are the eleven, and each is marked in its row', () => {
  expect(INSISTING.size).toBe(11);
  const marked = Object.keys(FILES).flatMap((name) =>
    rows(part(name)).flatMap((row) => (row.isWrong ? row.lines : [])),
  );
  expect([...INSISTING.keys()].flatMap(codeIn).sort()).toEqual(marked.sort());
});

/** A program of the page, and what it says that the library says. */
const CASES = [...INSISTING].flatMap(([heading, text]) =>
  [...text.matchAll(/```ts\n([^]*?)```\n+```text\n([^]*?)\n```/g)].map(
    ([, code = '', message = '']) => [heading, code.trim(), message] as const,
  ),
);

test('no part of it goes without a program and a message', () => {
  expect(new Set(CASES.map(([heading]) => heading)).size).toBe(11);
  for (const text of INSISTING.values()) {
    expect(text.match(/```ts/g)?.length).toBe(CASES.filter(([, code]) => text.includes(code)).length);
  }
});

test.each(CASES)('the page says what one is told about %s', (_, code, message) => {
  expect(said(code)).toBe(message);
});

/** Runs a program of the page in the stack of the example, with the names that the page gives it. */
function said(code: string): string {
  const stack = new TerraformStack(Testing.app(), 'hand-written');
  new DockerProvider(stack, 'docker');
  const web = new NginxFrontend(stack, 'web', { listeners: [Listener.http(8000)] });
  const names = { ...library, web, shop: SHOP, api: API };
  const run = compileFunction(code, Object.keys(names)) as (...values: unknown[]) => void;
  try {
    run.apply(stack, Object.values(names));
    return Review.of(stack).findings.join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The props of the example's applications, as far as they matter here. */
const SHOP = {
  image: AppImage.python('examples/hand-written/p_test', { requirements: 'requirements.txt' }),
  module: WsgiModule.file('p.py', 'app'),
  chdir: '/opt/p_test',
};
const API = {
  image: AppImage.python('examples/hand-written/g_test', { requirements: 'requirements.txt' }),
  module: WsgiModule.dotted('g', 'app'),
  chdir: '/opt/g_test',
  workerClass: WorkerClass.GEVENT,
  listeners: [Listener.http(5000)],
};

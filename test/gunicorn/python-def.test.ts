import { spawnSync } from 'node:child_process';
import { readDef } from '../../lib/gunicorn/python-def';
import { describeWith } from '../helpers/programs';

/** Functions, and the number of arguments that gunicorn counts. */
const FUNCTIONS: readonly (readonly [string, number])[] = [
  ['def f():\n    pass', 0],
  ['def f(a, b): pass', 2],
  ['def f(a, b=1, *, c):\n  return {1: (2, 3)}', 2],
  ['def f(a, *rest, b=2, **more):\n\tpass', 1],
  ['def f(a, /, b):\n    pass', 2],
  ['def f(\n    a,  # the first, (of two)\n    b,\n):\n    pass', 2],
  ['def f(a: "dict[str, int]", b: dict[str, int] = {}) -> list[int]:\n    pass', 2],
  ["def f(a, b=',)(', c='''\n):\n'''):\n    pass", 3],
  [
    'def f(a):\n    """Text\nat the margin, "quoted" and \'single\'.\n"""\n# a comment at the margin with a \' in it\n    return 1',
    1,
  ],
  ['def f(a):\n    x = a + \\\n1\n    return (\nx)', 1],
  ["def f(a):\n    return r'\\'' + f'{a}' + ''", 1],
  ['def f(a,):\n    #\n    pass', 1],
];

const OTHERS = [
  '',
  'def f(a):',
  'def f(a)\n    pass',
  'f = lambda a: a',
  'async def f(a):\n    pass',
  '@wraps\ndef f(a):\n    pass',
  'def f(a):\n    pass\nworkers = 9',
  'def f(a):\n    pass\n\ndef g(a):\n    pass',
  'def f(a):\n    """never closed',
  'def f(a):\n    """"',
  "def f(a):\n    x = 'never closed\n    y = 1'",
  'def f(a):\n    x = (1',
  'def f(a):\n    x = 1)',
  'def f(a): # only a comment\n    # and another',
];

test.each(FUNCTIONS)('%j takes %d arguments', (text, count) => {
  expect(readDef(text)).toEqual({ name: 'f', positional: count });
});

test.each(OTHERS)('fails on %j, which is not one function', (text) => {
  expect(readDef(text)).toBeUndefined();
});

describeWith(['python3'], 'a real Python', () => {
  test('counts the same arguments of every function', () => {
    const script = [
      'import inspect, json, sys',
      'counts = []',
      'for text in json.load(sys.stdin):',
      '    space = {}',
      '    exec(text, space)',
      '    kinds = [p.kind for p in inspect.signature(space["f"]).parameters.values()]',
      '    counts.append(sum(kind in (0, 1) for kind in kinds))',
      'print(json.dumps(counts))',
    ].join('\n');
    const input = JSON.stringify(FUNCTIONS.map(([text]) => text));
    const run = spawnSync('python3', ['-I', '-c', script], { encoding: 'utf8', input });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual(FUNCTIONS.map(([, count]) => count));
  });
});

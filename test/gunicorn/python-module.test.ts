import { nameInModule } from '../../lib/gunicorn/python-module';

describe('a name in a module', () => {
  test.each<[string, string]>([
    ['that is written nowhere', 'def other(server):\n    pass\n'],
    ['that is part of another', 'def hooked(server):\n    my_hook = 1\n'],
    ['of a module that is empty', ''],
  ])('%s is missing', (_, text) => {
    expect(nameInModule(text, 'hook')).toBe('missing');
  });

  test.each<[string, string, number, number]>([
    ['plain', 'def hook(server, worker):\n    pass\n', 2, 2],
    ['without arguments', 'def hook(): pass', 0, 0],
    ['with a default', "def hook(server, worker=(1, 'a, b')):\n    pass\n", 1, 2],
    ['with a rest', 'def hook(server, *rest, **more):\n    pass\n', 1, Infinity],
    ['with an option by name', 'def hook(server, *, log=None):\n    pass\n', 1, 1],
    ['that has to be called by name', 'def hook(server, *, log):\n    pass\n', Infinity, 1],
    ['with types', 'def hook(server: "A, B", worker: dict[str, int] = {}) -> None:\n    pass\n', 1, 2],
    [
      'over several lines',
      'x = """\ndef hook():\n"""\n\ndef hook(\n    server,  # (one\n    /,\n    worker,\n):\n    pass\n',
      2,
      2,
    ],
    ['that is called elsewhere', 'def hook(server):\n    pass\n\n\nhook(1)\nprint(hook == 1)\n', 1, 1],
  ])('%s takes so many arguments', (_, text, least, most) => {
    expect(nameInModule(text, 'hook')).toEqual({ least, most });
  });

  test.each<[string, string]>([
    ['imported', 'from shop import hook\n'],
    ['imported under another name', 'from shop import a as hook\n'],
    ['assigned', 'hook = make()\n'],
    ['a class', 'class hook:\n    pass\n'],
    ['decorated', '@wrapped\ndef hook(server):\n    pass\n'],
    ['made twice', 'def hook(a):\n    pass\n\n\ndef hook(a, b):\n    pass\n'],
    ['made in a branch', 'if True:\n    def hook(a):\n        pass\n'],
    ['replaced', 'def hook(a):\n    pass\n\n\nhook = wraps(hook)\n'],
    ['a coroutine', 'async def hook(a):\n    pass\n'],
    ['a default with a function', 'def hook(a, b=lambda x, y: 1):\n    pass\n'],
    ['of a star', 'from shop import *\n'],
    ['made while it is read', 'globals()["ho" + "ok"] = print\n'],
    ['of a text that is no Python', 'def hook(a:\n    "'],
  ])('%s tells nothing', (_, text) => {
    expect(nameInModule(text, 'hook')).toBeUndefined();
  });
});

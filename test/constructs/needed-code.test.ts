import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppImage, GunicornApp, GunicornHook, UwsgiApp, UwsgiOption, WsgiModule } from 'cdktf-wsgi';
import type { GunicornAppProps, UwsgiAppProps } from 'cdktf-wsgi';
import { GUNICORN, UWSGI, siteStack } from '../helpers/stacks';

const FILES = {
  'p.py': 'from shop import app\n',
  'shop/__init__.py': 'app = None\n\n\ndef create_app(config):\n    return app\n',
  'shop/hooks.py': [
    'def on_starting(server):\n    pass\n',
    'def post_fork(server):\n    pass\n',
    'def any_of_them(*arguments):\n    pass\n',
  ].join('\n\n'),
  'shop/mule.py': 'def run():\n    pass\n\n\ndef work(task):\n    pass\n',
};

let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'needed-code-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

const loads = WsgiModule.file('p.py', 'app');

function uwsgi(over: Partial<UwsgiAppProps>): void {
  siteStack(
    (site) => new UwsgiApp(site, 'x', { ...UWSGI, module: loads, codeDirectory: directory, ...over }),
  );
}

function gunicorn(over: Partial<GunicornAppProps>): void {
  siteStack(
    (site) => new GunicornApp(site, 'x', { ...GUNICORN, module: loads, codeDirectory: directory, ...over }),
  );
}

describe('where the code is here, uWSGI finds', () => {
  test.each<[string, Partial<UwsgiAppProps>, string]>([
    ['no callable', { module: WsgiModule.file('p.py', 'application') }, 'has no "application"'],
    [
      'a factory that cannot be called',
      { module: WsgiModule.factory('shop', 'create_app') },
      '"create_app" of "shop/__init__.py" in the directory',
    ],
    [
      'no file of a mounted application',
      { mountApps: { '/shop': WsgiModule.file('shop/wsgi.py', 'app') } },
      'mountApps "/shop": the directory',
    ],
    [
      'no callable of a mounted application',
      { mountApps: { '/shop': WsgiModule.dotted('shop', 'wsgi') } },
      'mountApps "/shop": "shop/__init__.py" in the directory',
    ],
    [
      'no module to import',
      { pyImport: ['shop', 'shop.timers'] },
      'pyImport[1] "shop.timers": the directory',
    ],
    ['no file to import', { pyImport: ['timers.py'] }, 'pyImport[0] "timers.py": the directory'],
    [
      'no file to import by its whole path',
      { chdir: '/srv', pyImport: ['/srv/timers.py'] },
      'pyImport[0] "/srv/timers.py": the directory',
    ],
    [
      'no module to import for all interpreters',
      { options: [UwsgiOption.of('shared-pyimport', 'shop.timers')] },
      'shared-pyimport "shop.timers": the directory',
    ],
    ['no file of a mule', { mule: ['mule.py'] }, 'mule[0] "mule.py": the directory'],
    [
      'no function of a mule',
      { mule: ['shop.mule:go'] },
      'mule[0] "shop.mule:go": "shop/mule.py" in the directory',
    ],
    [
      'a function of a mule that wants arguments',
      { mule: ['shop.mule:work'] },
      "cannot be called without arguments, as it will be\n  write 'def work():'",
    ],
  ])('%s, and it is refused', (_, over, message) => {
    expect(() => {
      uwsgi(over);
    }).toThrow(message);
  });

  test('all that is there, and leaves to the image what may be there', () => {
    expect(() => {
      uwsgi({
        chdir: '/srv',
        mountApps: { '/a': WsgiModule.dotted('shop', 'app'), '/b': WsgiModule.dotted('elsewhere', 'app') },
        pyImport: ['shop.hooks', 'elsewhere', 'shop/hooks.py', '/srv/shop/hooks.py', '/usr/lib/timers.py'],
        mule: ['shop/mule.py', 'shop.mule:run', 'elsewhere:run'],
      });
    }).not.toThrow();
  });
});

test('a mule that would have no program is refused', () => {
  expect(() => {
    uwsgi({ mule: ['shop.mule'] });
  }).toThrow('mule[0] "shop.mule" is neither a Python file nor a function: the mule would do nothing');
});

describe('where the code is here, gunicorn finds', () => {
  const hook = (from: string, name: string): GunicornHook => GunicornHook.imported(from, name);

  test.each<[string, Partial<GunicornAppProps>, string]>([
    [
      'no module of a hook',
      { onStarting: hook('shop.hook', 'on_starting') },
      'GunicornHook.imported("shop.hook", "on_starting") of on_starting: the directory',
    ],
    ['no function of a hook', { whenReady: hook('shop.hooks', 'ready') }, 'has no "ready"'],
    [
      'a function of a hook that takes fewer arguments',
      { postFork: hook('shop.hooks', 'post_fork') },
      "cannot be called with server, worker, as it will be\n  write 'def post_fork(server, worker):'",
    ],
  ])('%s, and it is refused', (_, over, message) => {
    expect(() => {
      gunicorn(over);
    }).toThrow(message);
  });

  test('what is there, and leaves to the image what may be there', () => {
    expect(() => {
      gunicorn({
        onStarting: hook('shop.hooks', 'on_starting'),
        postFork: hook('shop.hooks', 'any_of_them'),
        whenReady: hook('elsewhere', 'ready'),
      });
    }).not.toThrow();
  });

  test('the same in the directory that an image is built of', () => {
    const image = AppImage.python(directory);
    expect(() =>
      siteStack((site) => {
        new GunicornApp(site, 'x', {
          ...GUNICORN,
          module: loads,
          image,
          whenReady: hook('shop.hooks', 'ready'),
        });
      }),
    ).toThrow('has no "ready"');
  });
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { GunicornApp } from 'cdktf-wsgi';
import { ManyDomains } from '../../examples/many-domains/main';
import { main } from '../../lib/cli/main';
import { GUNICORN } from '../helpers/stacks';
import { COLOURED, PLAIN, paintOf } from '../../lib/cli/paint';
import { show } from '../../lib/cli/show';

function synthesized(): string {
  const outdir = join(mkdtempSync(join(tmpdir(), 'wsgi-')), 'out');
  const app = new App({ outdir });
  new ManyDomains(app, 'many-domains');
  app.synth();
  return join(outdir, 'stacks/many-domains');
}

/** A stack with a finding, whose program has switched validation off. */
function faultyStack(): string {
  const outdir = join(mkdtempSync(join(tmpdir(), 'wsgi-')), 'out');
  const app = new App({ outdir, skipValidation: true });
  new GunicornApp(new TerraformStack(app, 'faulty'), 'lonely', GUNICORN);
  app.synth();
  return join(outdir, 'stacks/faulty');
}

function run(
  args: readonly string[],
  isTTY = false,
): { readonly code: number; readonly out: string; readonly err: string } {
  let [out, err] = ['', ''];
  const stream = (write: (text: string) => void): NodeJS.WriteStream =>
    ({ isTTY, write }) as unknown as NodeJS.WriteStream;
  const code = main(
    args,
    stream((text) => (out += text)),
    stream((text) => (err += text)),
  );
  return { code, out, err };
}

describe('cdktf-wsgi show', () => {
  const folder = synthesized();

  test('says what will run: containers, helpers, routes, files, findings, the next command', () => {
    const lines = show(folder, PLAIN)
      .replaceAll(folder, '<folder>')
      .split('\n')
      .map((line) => line.trimEnd());
    expect(lines.slice(0, 14)).toEqual([
      'Stack many-domains',
      '',
      'Containers',
      '  shop-0     app    built from examples/hand-written/p_test  user 10001:10001  no limits',
      '      mounts /run/wsgi, /etc/wsgi (read-only), /tmp (in memory, 256 MiB)',
      '  shop-1     app    built from examples/hand-written/p_test  user 10001:10001  no limits',
      '      mounts /run/wsgi, /etc/wsgi (read-only), /tmp (in memory, 256 MiB)',
      '  api-0      app    built from examples/hand-written/g_test  user 10001:10001  1 cpu',
      '      mounts /run/wsgi, /etc/wsgi (read-only), /tmp (in memory, 256 MiB)',
      '  reports-0  app    built from examples/hand-written/g_test  user 10001:10001  no limits',
      '      mounts /etc/wsgi (read-only), /tmp (in memory, 256 MiB)',
      '  web-nginx  nginx  nginx:1.28.0                             user 101:101      no limits',
      '      mounts /conf (read-only), /run/edge, /run/wsgi/shop (read-only), /run/wsgi/api (read-only), /srv/static/assets (read-only), /srv/static/docs (read-only), /tmp (in memory, 68 MiB)',
      '  web-gate   gate   nginx:1.28.0                             user 101:101      no limits  published on 0.0.0.0:80',
    ]);
    const sizes = lines.indexOf('Sizes');
    const apps = ['shop', 'api', 'reports'];
    const firstOf = (app: string): string | undefined =>
      lines.slice(sizes).find((line) => line.startsWith(`  ${app} `));
    expect(apps.map(firstOf)).toEqual([
      '  shop     processes          2      2 for each of 1 cpu, since none are declared',
      '  api      workers            2      4 threads for each of 1 cpu, 4 in a worker, and no fewer than two workers',
      '  reports  workers            3      2 for each of 1 cpu, since none are declared, and 1',
    ]);
    const from = lines.indexOf('Routes');
    expect(lines.slice(from)).toEqual([
      'Routes',
      '  shop.example.com                     /         uwsgi_pass shop (unix:/run/wsgi/shop/uwsgi-0.sock, unix:/run/wsgi/shop/uwsgi-1.sock)',
      '  shop.example.com                     /api/     proxy_pass api (unix:/run/wsgi/api/http-0.sock)',
      '  shop.example.com                     /static/  files of assets',
      '  reports.example.com                  /api/     proxy_pass reports (reports:8000)',
      '  docs.example.com *.docs.example.com  /         files of docs',
      '',
      'Rendered files',
      '  <folder>/review/files/api/Dockerfile',
      '  <folder>/review/files/api/gunicorn.conf.py',
      '  <folder>/review/files/probe.py',
      '  <folder>/review/files/reports/Dockerfile',
      '  <folder>/review/files/reports/gunicorn.conf.py',
      '  <folder>/review/files/shop/Dockerfile',
      '  <folder>/review/files/shop/uwsgi.ini',
      '  <folder>/review/files/web/gate.conf',
      '  <folder>/review/files/web/nginx.conf',
      '',
      'Findings',
      '  none',
      '',
      'Next',
      '  cdktf deploy many-domains',
      '',
    ]);
  });

  describe('on a terminal', () => {
    const [bold, cyan, green, yellow, red] = ['1', '36', '32', '33', '31'].map((code) => `\u001b[${code}m`);
    const coloured = (): string => show(folder, COLOURED);

    test('headings, names, what wants attention and what is well have colours that say so', () => {
      expect(coloured()).toContain(`${String(bold)}Routes`);
      expect(coloured()).toContain(`  ${String(cyan)}shop-0\u001b[39m     app    built from`);
      expect(coloured()).toContain(`  ${String(cyan)}docs.example.com *.docs.example.com\u001b[39m  /  `);
      expect(coloured()).toContain(`10001:10001  ${String(yellow)}no limits`);
      expect(coloured()).toContain(`${String(green)}none`);
    });

    test('helpers, which end at once, need no limits', () => {
      const helpers = coloured().slice(coloured().indexOf('Helpers'), coloured().indexOf('Routes'));
      expect(helpers).toContain('no limits');
      expect(helpers).not.toContain(String(yellow));
    });

    test('columns stand where they stand without colours', () => {
      expect(coloured().replace(/\u001b\[\d+m/g, '')).toBe(show(folder, PLAIN));
    });

    test('a finding is red, its fix is not', () => {
      const faulty = faultyStack();
      expect(show(faulty, COLOURED)).toContain(
        `  ${String(red)}nobody can reach gunicorn app "lonely": no frontend passes to it and it has no listeners\u001b[39m: add it`,
      );
    });

    test('colours are for terminals, and for nobody who has said NO_COLOR', () => {
      expect(paintOf({ isTTY: true }, {})).toBe(COLOURED);
      expect(paintOf({ isTTY: true }, { NO_COLOR: '' })).toBe(COLOURED);
      for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
        expect(paintOf({ isTTY: true }, environment)).toBe(PLAIN);
      }
      expect(paintOf({}, {})).toBe(PLAIN);
      expect(run(['show', folder]).out).not.toContain('\u001b');
    });
  });

  test('--next names another command', () => {
    expect(run(['show', folder, '--next', 'npm run deploy']).out).toMatch(/Next\n {2}npm run deploy\n$/);
  });

  test('every size is told with its unit, and with whose it is', () => {
    const { out } = run(['show', folder]);
    expect(out).toMatch(/\n {11}threads +1 +uWSGI's default\n/);
    expect(out).toMatch(/\n {11}harakiri +30 s +the longest time of a request; uWSGI itself has no limit\n/);
    expect(out).toMatch(/\n {11}gracefulTimeout +30 s +gunicorn's default\n/);
  });

  test('--help says what it can do', () => {
    expect(run(['--help'])).toMatchObject({ code: 0, err: '' });
    expect(run(['--help']).out).toContain('usage: cdktf-wsgi show');
  });

  test.each([
    [[], 'nothing to do\n\nusage: cdktf-wsgi show'],
    [['show'], 'nothing to do'],
    [['show', '/nowhere'], '/nowhere is not the folder of a synthesized stack'],
    [['show', '--colour'], "Unknown option '--colour'"],
  ])('%j ends with 2 and says why', (args, message) => {
    const { code, err } = run(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

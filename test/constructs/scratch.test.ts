import { Directive, GunicornApp, Mount, Size, WorkerCount } from 'cdktf-wsgi';
import type { GunicornAppProps, NginxFrontendProps } from 'cdktf-wsgi';
import { reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { GUNICORN } from '../helpers/stacks';

const size = (mebibytes: number): Size => Size.mebibytes(mebibytes);

/** What and fix of the findings. */
function told(props: NginxFrontendProps, more: Build = () => undefined, app: Partial<GunicornAppProps> = {}) {
  const build: Build = (web, site) => {
    web.addBackend('/', new GunicornApp(site, 'api', { ...GUNICORN, ...app }));
    more(web, site);
  };
  return reviewOf(build, props).findings.map((finding) => finding.split('\n'));
}

describe('room for temporary files', () => {
  test('fails below the largest body that any server lets in', () => {
    const more: Build = (web, site) =>
      web
        .addServer({ serverNames: ['a.example.com'], clientMaxBodySize: size(100) })
        .addBackend('/', new GunicornApp(site, 'b', GUNICORN));
    expect(told({ scratchSize: size(100) }, more)).toEqual([
      [
        'scratchSize of 100 MiB has no room for the largest body that is let in, 100 MiB: nginx would answer it 500',
        '  give a scratchSize of Size.mebibytes(464), leave it out, or lower clientMaxBodySize',
        '  construct: site/web',
        '  rule: XT-BODY-TMPFS',
      ],
    ]);
    expect(told({ scratchSize: size(101) }, more)).toEqual([]);
  });

  test('may be smaller where bodies are passed on as they come', () => {
    const more: Build = (web) => {
      web.addDirective(Directive.of('proxy_request_buffering', ['off']));
    };
    const props = { scratchSize: size(8), clientMaxBodySize: size(100) };
    expect(told(props, more, { threads: 4 })).toEqual([]);
    const upload: Build = (web, site) => {
      const app = new GunicornApp(site, 'upload', { ...GUNICORN, threads: 4 });
      web.addBackend('/upload', app, { requestBuffering: false });
    };
    expect(told(props, upload)).toEqual([]);
  });

  test('fails where it is not below the memory, given or derived', () => {
    expect(told({ memory: size(64) })).toEqual([
      [
        'scratchSize of 68 MiB, which is derived, is not below memory, 64 MiB: temporary files are memory of the container, and nginx would be killed before they are too many',
        '  give more memory, such as Size.mebibytes(132), or a scratchSize below it, such as Size.mebibytes(32)',
        '  construct: site/web',
        '  rule: XT-BODY-TMPFS',
      ],
    ]);
    expect(told({ memory: size(64), scratchSize: size(64) })).toHaveLength(1);
    expect(told({ memory: size(64), scratchSize: size(32) })).toEqual([]);
    expect(told({ memory: size(132) })).toEqual([]);
  });

  test('has no smaller way where a body alone is larger than half the memory', () => {
    const [finding] = told({ memory: size(64), clientMaxBodySize: size(40) });
    expect(finding?.[1]).toBe('  give more memory, such as Size.mebibytes(288)');
  });
});

describe('a tmpfs of an application', () => {
  test('fails where it is not below the memory', () => {
    const mounts = [Mount.tmpfs('/srv/cache', size(256))];
    const app = { memory: size(256), mounts, workers: WorkerCount.of(1) };
    expect(told({}, undefined, app)[0]).toEqual([
      'Mount.tmpfs at /srv/cache of 256 MiB is not below memory, 256 MiB: its files are memory of the container, and the server would be killed before it is full',
      '  give it less, or the application more memory',
      '  construct: site/api',
      '  rule: XT-BODY-TMPFS',
    ]);
    expect(told({}, undefined, { ...app, memory: size(1024) })).toEqual([]);
    expect(told({}, undefined, { mounts })).toEqual([]);
  });
});

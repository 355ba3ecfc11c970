import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Directive, Policy, Size, StaticMount, StaticSource } from 'cdktf-wsgi';
import { withFrontend } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

describe('what is refused at once', () => {
  test('no rate, which would be none to nginx', () => {
    expect(() => Policy.bandwidth({ rate: Size.bytes(0) })).toThrow(
      'Policy.bandwidth: rate of 0 is no limit to nginx\n  give what may be sent in a second, such as Size.kibibytes(500)',
    );
  });

  test('more than nginx counts', () => {
    expect(() => Policy.bandwidth({ rate: Size.gibibytes(1025) })).toThrow('is more than nginx counts');
    expect(() => Policy.bandwidth({ rate: Size.gibibytes(1024) })).not.toThrow();
  });
});

const SLOW = Policy.bandwidth({ rate: Size.bytes(2000) });

/** How long 5,000 bytes take, in milliseconds. */
async function timeOf(build: Build): Promise<number> {
  let time = 0;
  await withDirectory(async (directory) => {
    writeFileSync(join(directory, 'page'), 'x'.repeat(5000));
    await withFrontend(
      build,
      async (asks) => {
        const start = Date.now();
        const { body } = await asks({ path: '/page' });
        time = Date.now() - start;
        expect(body).toHaveLength(5000);
      },
      { files: directory },
    );
  });
  return time;
}

describeWith(['nginx'], 'an answer takes the time that it should', () => {
  const files = (...[web, site]: Parameters<Build>) =>
    web.addStatic(new StaticMount(site, 'files', { path: '/', source: StaticSource.hostPath('/srv') }));

  test('with a limit', async () => {
    const time = await timeOf((web, site) => {
      files(web, site).addPolicy(SLOW);
    });
    expect(time).toBeGreaterThan(1000);
    expect(time).toBeLessThan(6000);
  });

  test('with a limit that begins where it has ended', async () => {
    const time = await timeOf((web, site) => {
      files(web, site).addPolicy(Policy.bandwidth({ rate: Size.bytes(1000), after: Size.bytes(6000) }));
    });
    expect(time).toBeLessThan(700);
  });

  test('one further in leaves nothing of one further out', async () => {
    const time = await timeOf((web, site) => {
      web.addPolicy(Policy.bandwidth({ rate: Size.mebibytes(1), after: Size.mebibytes(1) }));
      files(web, site).addPolicy(SLOW);
    });
    expect(time).toBeGreaterThan(1000);
  });

  test('what was passed through stands instead', async () => {
    const time = await timeOf((web, site) => {
      const location = files(web, site);
      location.addPolicy(SLOW);
      location.addDirective(Directive.of('limit_rate', ['1m']));
    });
    expect(time).toBeLessThan(700);
  });
});

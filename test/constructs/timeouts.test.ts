import { Duration, ExternalBackend } from 'cdktf-wsgi';
import type { PassToOptions } from 'cdktf-wsgi';
import { nginxSays, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

const seconds = (amount: number): Duration => Duration.seconds(amount);
const anyone = ExternalBackend.http('10.0.0.7', 80);

describe('timeouts of a pass', () => {
  test('fail at 0, by the name of each prop', () => {
    const none = seconds(0);
    const build: Build = (web) =>
      web.addBackend('/', anyone, { readTimeout: none, connectTimeout: none, sendTimeout: none });
    const told = (prop: string): string =>
      `${prop} of 0 is no time: nginx would answer 504 wherever it has to wait\n  give Duration.milliseconds(1) or more, or leave it out\n  construct: site/web`;
    expect(() => reviewOf(build)).toThrow(
      ['connectTimeout', 'readTimeout', 'sendTimeout'].map(told).join('\n'),
    );
  });

  describeWith(['nginx'], 'by a real nginx', () => {
    test('are taken from the shortest to the longest that can be written', async () => {
      for (const time of [1, Number.MAX_SAFE_INTEGER].map((amount) => Duration.milliseconds(amount))) {
        const all: PassToOptions = { readTimeout: time, connectTimeout: time, sendTimeout: time };
        expect(await nginxSays((web) => web.addBackend('/', anyone, all))).toBe('');
      }
    });
  });
});

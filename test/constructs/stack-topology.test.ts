import type { IBackend } from 'cdktf-wsgi';
import { NginxFrontend, Review } from 'cdktf-wsgi';
import { siteStack } from '../helpers/stacks';

test('a backend that cannot be read is told once, however often a part of the model is read beside it', () => {
  let web: NginxFrontend | undefined;
  const broken: IBackend = {
    bindBackend: () => {
      throw new Error('no idea');
    },
  };
  const stack = siteStack((site) => {
    web = new NginxFrontend(site, 'web');
    web.addBackend('/', broken);
  });
  const { findings } = Review.of(stack);
  expect(web?.urls).toEqual(['http://127.0.0.1:8080/']);
  expect(findings).toHaveLength(1);
  expect(Review.of(stack).findings).toEqual(findings);
  expect(findings[0]).toContain('the backend could not be read: no idea');
});

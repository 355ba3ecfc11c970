import { TerraformVariable } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import { ExternalBackend, NginxFrontend } from 'cdktf-wsgi';
import type { IBackend } from 'cdktf-wsgi';
import { siteStack } from '../helpers/stacks';

const anyone = ExternalBackend.http('10.0.0.7', 80);
const token = (site: TerraformStack): string => new TerraformVariable(site, 'v', {}).stringValue;

describe('what is added says where, whatever is wrong with it', () => {
  test.each<[string, (web: NginxFrontend, site: TerraformStack) => unknown, string]>([
    ['a path', (web) => web.addBackend('api', anyone), '"api"'],
    ['a path with a token', (web, site) => web.addBackend(`/${token(site)}`, anyone), 'token'],
    [
      'a header',
      (web) => web.addBackend('/z/', anyone, { headers: { 'X\n': 'a' } }),
      'is not a name that can be sent',
    ],
    ['a target', (web) => web.addRedirect('/old', 'new'), 'is neither a path nor a URL'],
    ['the path of a redirect', (web) => web.addRedirect('old', '/new'), '"old"'],
    [
      'nothing for a backend',
      (web) => web.addBackend('/x', undefined as unknown as IBackend),
      'LocationAction.passTo: undefined is no backend\n  give a UwsgiApp, a GunicornApp, an Upstream, an ExternalBackend or an IBackend of your own, made before it is given\n',
    ],
    [
      'nothing for a member',
      (web) => {
        web.addUpstream('pool').add(undefined as unknown as IBackend);
      },
      'upstream pool: undefined is no backend',
    ],
    [
      'another construct for a backend',
      (web) => web.addBackend('/x', web as unknown as IBackend),
      'an object without bindBackend() is no backend',
    ],
    [
      'a weight',
      (web) => {
        web.addUpstream('pool').add(anyone, { weight: 1.5 });
      },
      'upstream pool: weight 1.5 is not a count',
    ],
  ])('fails with the construct: %s', (_, add, message) => {
    siteStack((site) => {
      const told = tellOf(() => add(new NginxFrontend(site, 'web'), site));
      expect(told).toContain(message);
      expect(told.split('\n')).toContain('  construct: site/web');
    });
  });
});

function tellOf(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

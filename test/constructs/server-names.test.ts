import { Directive, ExternalBackend, Review, NginxFrontend } from 'cdktf-wsgi';
import { confOf, nginxSays, nginxWarns, withFrontend } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';
import { siteStack } from '../helpers/stacks';

const anyone = ExternalBackend.http('10.0.0.7', 80);
const pass = (web: NginxFrontend): unknown => web.addBackend('/', anyone);

/** A legal name of some length, in labels of at most 63 letters. */
function nameOf(length: number): string {
  return Array.from({ length }, (_, at) => (at % 60 === 59 && at < length - 1 ? '.' : 'a')).join('');
}

function told(name: string): string {
  try {
    const build = (web: NginxFrontend): unknown => web.addBackend('/', anyone);
    return Review.of(
      siteStack((site) => build(new NginxFrontend(site, 'web', { serverNames: [name] }))),
    ).findings.join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('names of servers', () => {
  test.each<[string, string]>([
    [
      '*.a.*',
      'server name "*.a.*" is open at both ends, which nginx does not take\n  leave one of them out, or give a regular expression, which begins with \'~\'\n  construct: site/web\n  rule: NGX-SERVER-NAME',
    ],
    ['.a.*', 'server name ".a.*" is open at both ends'],
    [
      'münchen.de',
      'server name "münchen.de" would never match\n  give it in punycode, as clients ask for it: "xn--mnchen-3ya.de"\n',
    ],
    ['*.münchen.de', 'give it in punycode, as clients ask for it: "*.xn--mnchen-3ya.de"\n'],
    ['ä b.de', "give a host name without scheme, port and path, such as 'shop.example.com'"],
    [
      '_',
      'server name "_" is a name like any other, not every name: all else would be refused with 444\n  leave serverNames out: the frontend\'s own server then answers to every name\n  construct: site/web\n  rule: NGX-SERVER-NAME',
    ],
    ['a:80', "give a host name without scheme, port and path, such as 'shop.example.com'"],
  ])('fail where no request has them: %s', (name, message) => {
    expect(told(name)).toContain(message);
  });

  test.each<[string, string, string]>([
    [
      '.a.com',
      'a.com',
      'server name ".a.com" is both "a.com" and "*.a.com", and "a.com" is there as well\n  write "*.a.com" instead of ".a.com"\n  construct: site/web\n  rule: NGX-DUP-NAME',
    ],
    ['*.A.com', '.a.com', 'write "a.com" instead of ".a.com"'],
    ['.a.com', '*.a.com', 'write "a.com" instead of ".a.com"'],
    ['.a.com', '.A.com', 'server name ".A.com" is there twice\n  give it to one server'],
    ['a.*', 'A.*', 'server name "A.*" is there twice'],
  ])('fail where two servers have some in common: %s and %s', (one, other, message) => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { serverNames: [one] });
      expect(() => web.addServer({ serverNames: [other] })).toThrow(message);
    });
  });

  test('fail as every name, with where it is answered', () => {
    siteStack((site) => {
      const web = new NginxFrontend(site, 'web', { serverNames: ['a.com'] });
      expect(() => web.addServer({ serverNames: ['b.com', '_'] })).toThrow(
        'add to the frontend itself what is meant for every other name, and give it no serverNames',
      );
    });
  });

  test.each([
    [['a.com', 'b.com', 'A.com'], 'server name "A.com" is there twice'],
    [['a.com', '.a.com'], 'write "*.a.com" instead of ".a.com"'],
  ])('fail where one server has some twice: %p', (serverNames, message) => {
    siteStack((site) => {
      expect(() => new NginxFrontend(site, 'web', { serverNames })).toThrow(message);
    });
  });

  test('have buckets that the longest one fits into', () => {
    const bucket = (name: string): string | undefined =>
      /server_names_hash_bucket_size (\d+)/.exec(confOf(pass, { serverNames: [name] }))?.[1];
    expect(bucket('a.example.com')).toBe('128');
    expect(bucket(nameOf(110))).toBe('128');
    expect(bucket(nameOf(111))).toBe('256');
    expect(bucket(nameOf(253))).toBe('512');
    expect(bucket(`~^${'a'.repeat(300)}$`)).toBe('128');
  });
});

describeWith(['nginx'], 'names of servers, and the real nginx', () => {
  test.each([110, 111, 238, 239, 253])('one of %d letters fits', async (length) => {
    expect(await nginxSays(pass, { serverNames: [nameOf(length)] })).toBe('');
    expect(await nginxSays(pass, { serverNames: [`*.${nameOf(length - 2)}`] })).toBe('');
  });

  test.each<[string, string]>([
    ['.a.com', 'a.com'],
    ['.a.com', '*.a.com'],
    ['*.a.com', '.a.com'],
    ['.a.com', '.A.com'],
  ])('%s and %s in two servers would conflict', async (one, other) => {
    const build = (web: NginxFrontend): unknown => {
      const listen = Directive.of('listen', ['unix:/tmp/edge/8080.sock']);
      web.addDirective(Directive.of('server', [], [listen, Directive.of('server_name', [other])]));
      return pass(web);
    };
    expect(await nginxWarns(build, { serverNames: [one] })).toContain(
      `conflicting server name "${other.toLowerCase()}"`,
    );
  });

  test.each<[string, string]>([
    ['a.com', '*.a.com'],
    ['.a', 'a.*'],
  ])('%s and %s may be in two servers', async (one, other) => {
    const build = (web: NginxFrontend): unknown => {
      web.addServer({ serverNames: [other] }).addBackend('/', anyone);
      return pass(web);
    };
    expect(await nginxWarns(build, { serverNames: [one] })).not.toContain('conflicting');
  });

  test('one with an underscore is answered', async () => {
    const build = (web: NginxFrontend): unknown => web.addRedirect('/', '/there/');
    const props = { serverNames: ['a_b.com'] };
    await withFrontend(
      build,
      async (asks) => {
        const { status } = await asks({ path: '/', headers: { Host: 'a_b.com' } });
        expect(status).toBe(302);
      },
      {},
      props,
    );
  });
});

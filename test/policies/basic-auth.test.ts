import { Fn, Testing } from 'cdktf';
import {
  BackendProtocol,
  BasicAuthUser,
  Directive,
  ExternalBackend,
  LocationAction,
  LocationMatch,
  NginxFrontend,
  Policy,
  PolicyFile,
  PolicyKind,
} from 'cdktf-wsgi';
import type { IPolicy } from 'cdktf-wsgi';
import { heard } from '../helpers/echo';
import { blockOf, nginxWarns, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import type { Answer } from '../helpers/nginx';
import { DEEP, LEVELS, OUTER, placesOf, withPlaces } from '../helpers/policy-places';
import type { Asks, Surroundings } from '../helpers/policy-places';
import { describeWith } from '../helpers/programs';
import { container, siteStack } from '../helpers/stacks';

const uwsgi = ExternalBackend.uwsgi('10.0.0.7', 3031);
const STAFF = Policy.basicAuth({ realm: 'staff', users: [BasicAuthUser.password('alice', 'wonderland')] });
const onLogin =
  (...users: BasicAuthUser[]): Build =>
  (web) => {
    web.addBackend('/login', uwsgi).addPolicy(Policy.basicAuth({ realm: 'staff', users }));
  };

/** The file of users of a frontend: its name in the review folder, and what is in it. */
function fileOf(build: Build): readonly [string, string] {
  const [found] = Object.entries(reviewOf(build).files).filter(([name]) => name.endsWith('.htpasswd'));
  if (found === undefined) throw new Error('there is no file of users');
  return found;
}

describe('the file of users', () => {
  const alice = BasicAuthUser.password('alice', 'wonderland');

  test('has a hash of each password, the same in every synthesis, and is named by its content', () => {
    const [name, text] = fileOf(onLogin(alice, BasicAuthUser.password('bob', 'wonderland')));
    expect(text).toBe(
      'alice:$2y$05$7E6gu6cDbGTTEvIURGyi8eh8EA/aToIiN.1YYfqiMzlVs4kZPUkei\nbob:$2y$05$woEm8t9UZHvlQrXrO/YlhuGE2WQ6nG55IQ/38g5QnsiUUKJzYNI6C\n',
    );
    expect(name).toBe('web/file-2038f66747b19735-basic_auth_login.htpasswd');
    expect(fileOf(onLogin(alice, BasicAuthUser.password('bob', 'wonderland')))).toEqual([name, text]);
    const conf = reviewOf(onLogin(alice, BasicAuthUser.password('bob', 'wonderland'))).files[
      'web/nginx.conf'
    ];
    expect(blockOf(conf ?? '', 'location /login {')).toContain(
      `auth_basic_user_file /conf/${name.slice('web/'.length)};`,
    );
  });

  test('has another salt for each user and each place, and the same for another password', () => {
    const saltOf = (build: Build): string => fileOf(build)[1].slice(0, 'alice:$2y$05$'.length + 22);
    const elsewhere: Build = (web) => {
      web.addBackend('/other', uwsgi).addPolicy(Policy.basicAuth({ realm: 'staff', users: [alice] }));
    };
    expect(saltOf(onLogin(alice))).not.toBe(saltOf(elsewhere));
    expect(saltOf(onLogin(alice))).toBe(saltOf(onLogin(BasicAuthUser.password('alice', 'other'))));
    expect(fileOf(onLogin(alice))[0]).not.toBe(fileOf(onLogin(BasicAuthUser.password('alice', 'other')))[0]);
  });

  test('is published beside the configuration, for its nginx alone, and the password is nowhere', () => {
    const stack = siteStack((site) => {
      onLogin(alice)(new NginxFrontend(site, 'web'), site);
    });
    const { upload } = container(stack, 'web-config-publisher') as {
      upload: { file: string; content: string; permissions: string }[];
    };
    const [name, content] = fileOf(onLogin(alice));
    expect(upload[0]).toEqual({ file: `/conf/${name.slice('web/'.length)}`, content, permissions: '0400' });
    expect(upload[1]?.file).toMatch(/^\/conf\/[0-9a-f]{16}\/nginx\.conf$/);
    expect(Testing.synth(stack)).not.toContain('wonderland');
    const review = reviewOf(onLogin(alice));
    expect(JSON.stringify([review.files, review.topology, review.diagram])).not.toContain('wonderland');
  });

  test('that changes is another configuration', () => {
    const pathOf = (password: string): string | undefined => {
      const stack = siteStack((site) => {
        onLogin(BasicAuthUser.password('alice', password))(new NginxFrontend(site, 'web'), site);
      });
      const { upload } = container(stack, 'web-config-publisher') as { upload: { file: string }[] };
      return upload[1]?.file;
    };
    expect(pathOf('one')).not.toBe(pathOf('two'));
  });
});

describe('what is refused at once, and without telling a password', () => {
  const users = [BasicAuthUser.password('alice', 'x')];

  test.each<[string, () => unknown, string]>([
    [
      'no user',
      () => Policy.basicAuth({ realm: 'x', users: [] }),
      'Policy.basicAuth: users is empty: nobody could come in',
    ],
    [
      'a user twice',
      () => Policy.basicAuth({ realm: 'x', users: [...users, ...users] }),
      'the user "alice" is there twice',
    ],
    [
      'a realm that is none',
      () => Policy.basicAuth({ realm: 'off', users }),
      'that is Policy.off(PolicyKind.BASIC_AUTH)',
    ],
    [
      'a realm with quotes',
      () => Policy.basicAuth({ realm: 'a"b', users }),
      'realm "a\\"b" is none that nginx could send',
    ],
    [
      'an empty realm',
      () => Policy.basicAuth({ realm: '', users }),
      'realm "" is none that nginx could send',
    ],
    [
      'a name with a colon',
      () => BasicAuthUser.password('a:b', 'x'),
      'BasicAuthUser.password: userName "a:b" is no name that a client could send and nginx find',
    ],
    ['a comment', () => BasicAuthUser.hashed('#a', 'x'), 'BasicAuthUser.hashed: userName "#a" is no name'],
    ['a line break', () => BasicAuthUser.password('a\nb', 'x'), 'userName "a\\nb" is no name'],
    ['no name', () => BasicAuthUser.password('', 'x'), 'userName "" is no name'],
    [
      'no password',
      () => BasicAuthUser.password('alice', ''),
      'BasicAuthUser.password: the password of "alice" is empty',
    ],
    [
      'a tab in a password',
      () => BasicAuthUser.password('alice', 'a\tb'),
      'the password of "alice" is one with control characters',
    ],
    [
      'more than bcrypt looks at',
      () => BasicAuthUser.password('alice', 'ä'.repeat(37)),
      'the password of "alice" has 74 bytes: bcrypt does not look at what comes after 72',
    ],
    [
      'a token',
      () => BasicAuthUser.password('alice', Fn.upper('x')),
      'the password of "alice" is a Terraform token: it is not known at synthesis, and cannot be hashed\n  hash it outside, such as with htpasswd -nB, and give the hash: BasicAuthUser.hashed',
    ],
    [
      'a token for a hash',
      () => BasicAuthUser.hashed('alice', Fn.upper('x')),
      'BasicAuthUser.hashed: hash is a',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[string, string, string]>([
    ['a password', '{PLAIN}wonderland', 'is the password itself'],
    ['SHA-1', '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=', 'is a SHA-1 without a salt'],
    ['salted SHA-1', '{SSHA}1G904nLkTkGWjKNnQuB/hpWXC/hzYWx0c2FsdA==', 'is a single SHA-1'],
    ['MD5 crypt', '$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1', 'is of MD5 crypt'],
    ['yescrypt', '$y$j9T$abcdefgh$IUWJt2doU4Kf6E/JP1UkAT3S5O3Q7SSA8SJirXIlEu9', 'images with musl'],
    ['DES', 'abNANd1rDfiNc', 'is of DES crypt, which looks at 8 letters'],
    ['no hash', 'wonderland', 'is no hash that nginx could check'],
    ['a part of one', '$2y$05$JVCUOpakqCO', 'is no hash that nginx could check'],
    ['a whole line', 'alice:$2y$05$JVCUOpakqCO/Wlwn84uw7OlszIgXZDYBypxVPJEfm7PKRkUxLXf0y', 'is no hash'],
    [
      'one that takes long',
      '$2y$12$JVCUOpakqCO/Wlwn84uw7OlszIgXZDYBypxVPJEfm7PKRkUxLXf0y',
      'has a cost of 12: nginx would serve nobody else while it checks it, at each request\n  make it with 11 at most',
    ],
    [
      'many rounds',
      '$5$rounds=200000$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.',
      'has a cost of 200000',
    ],
  ])('%s as a hash', (_, hash, message) => {
    const make = (): unknown => BasicAuthUser.hashed('alice', hash);
    expect(make).toThrow(
      `BasicAuthUser.hashed: the hash of "alice" ${message.startsWith('images') ? 'is of a kind that the nginx of ' : ''}${message}`,
    );
    expect(make).not.toThrow(/wonderland/);
  });

  test.each(['', '.hidden', 'a/b', 'x'.repeat(65)])('%j as the name of a file', (name) => {
    expect(() => PolicyFile.of(name, '')).toThrow('is not a name of a file');
  });
});

describe('what would let somebody in unseen is a finding', () => {
  test.each<[string, Build, RegExp | undefined]>([
    [
      'another list in a location',
      (web) => {
        const { server, nested } = placesOf(web, uwsgi);
        server.addPolicy(STAFF);
        nested.addDirective(Directive.of('auth_basic', ['off']));
      },
      /auth_basic off was passed through where Policy.basicAuth holds[^]*attach Policy\.off\(PolicyKind\.BASIC_AUTH\) here[^]*construct: site\/web\/server-a.example\/location--in--\/location--in--deep--/,
    ],
    [
      'any of two ways in',
      (web) => {
        const { location } = placesOf(web, uwsgi);
        location.addPolicy(STAFF);
        location.addPolicy(Policy.accessControl({ allow: ['10.0.0.0/8'] }));
        web.addDirective(Directive.of('satisfy', ['any']));
      },
      /satisfy any lets clients in without a password/,
    ],
    [
      'but not where no application is told',
      (web) => {
        const { location, nested } = placesOf(web, uwsgi);
        location.addPolicy(STAFF);
        location.addDirective(Directive.of('satisfy', ['any']));
        for (const each of [location, nested])
          each.addDirective(Directive.of('uwsgi_param', ['REMOTE_USER', '']));
      },
      undefined,
    ],
    [
      'nor where it is told otherwise for one backend',
      (web) => {
        web.addPolicy(STAFF);
        web.addDirective(Directive.of('satisfy', ['any']));
        web.addBackend('/', uwsgi, { uwsgiParams: { REMOTE_USER: '' } });
      },
      undefined,
    ],
    [
      'nor over HTTP',
      (web) => {
        const { location } = placesOf(web, ExternalBackend.http('10.0.0.7', 80));
        location.addPolicy(STAFF);
        location.addDirective(Directive.of('satisfy', ['any']));
      },
      undefined,
    ],
    [
      'a fixed answer within',
      (web) => {
        web.addPolicy(STAFF);
        web.addBackend('/', uwsgi);
        web.addLocation(LocationMatch.exact('/x'), LocationAction.respond(200, 'secret'));
      },
      /\/x is answered before nginx looks at the basicAuth that holds there/,
    ],
    [
      'but not one that is for everybody',
      (web) => {
        web.addPolicy(STAFF);
        web.addBackend('/', uwsgi);
        web
          .addLocation(LocationMatch.exact('/x'), LocationAction.respond(200, 'up'))
          .addPolicy(Policy.off(PolicyKind.BASIC_AUTH));
      },
      undefined,
    ],
  ])('%s', (_, build, message) => {
    const findings = reviewOf(build).findings.join('\n');
    if (message === undefined) expect(findings).toBe('');
    else expect(findings).toMatch(message);
  });
});

function basic(name: string, password: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}

const asAlice = (asks: Asks, path: string = DEEP): Promise<Answer> =>
  asks(path, { headers: basic('alice', 'wonderland') });

describeWith(['nginx'], 'passwords and real requests', () => {
  const protocols = Object.values(BackendProtocol);
  const rows = LEVELS.flatMap((level) => protocols.map((protocol) => [level, protocol] as const));

  test.each(rows)('at the %s, over %s, who has it comes in', async (level, protocol) => {
    await withPlaces(
      { [level]: STAFF },
      async (asks) => {
        const refused = await asks(DEEP);
        expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Basic realm="staff"']);
        expect((await asks(DEEP, { headers: basic('alice', 'wonder') })).status).toBe(401);
        expect((await asks(DEEP, { headers: basic('bob', 'wonderland') })).status).toBe(401);
        const letIn = await asAlice(asks);
        expect(letIn.status).toBe(200);
        const told = heard(letIn);
        expect(told).not.toHaveProperty('authorization');
        expect(told).not.toHaveProperty('HTTP_AUTHORIZATION');
        if (protocol === BackendProtocol.UWSGI) {
          expect(told).toMatchObject({
            REMOTE_USER: 'alice',
            HTTP_HOST: 'a.example',
            REMOTE_ADDR: '127.0.0.1',
          });
        } else expect(told).toMatchObject({ host: 'a.example' });
      },
      { protocol },
    );
  });

  test.each(protocols)('an application over %s that wants the header gets it', async (protocol) => {
    const users = [BasicAuthUser.password('alice', 'wonderland')];
    const passing = Policy.basicAuth({ realm: 'staff', users, passAuthorization: true });
    await withPlaces(
      { frontend: STAFF, nested: passing },
      async (asks) => {
        const { authorization, HTTP_AUTHORIZATION } = heard(await asAlice(asks));
        expect(authorization ?? HTTP_AUTHORIZATION).toBe(basic('alice', 'wonderland')['Authorization']);
        expect(heard(await asAlice(asks, OUTER))).not.toHaveProperty(
          protocol === BackendProtocol.UWSGI ? 'HTTP_AUTHORIZATION' : 'authorization',
        );
      },
      { protocol },
    );
  });

  test.each(['frontend', 'server', 'location'] as const)(
    'other users further in than the %s',
    async (level) => {
      const others = Policy.basicAuth({ realm: 'ops', users: [BasicAuthUser.password('bob', 'x y:z')] });
      await withPlaces({ [level]: STAFF, nested: others }, async (asks) => {
        const refused = await asAlice(asks);
        expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Basic realm="ops"']);
        expect((await asks(DEEP, { headers: basic('bob', 'x y:z') })).status).toBe(200);
        expect((await asAlice(asks, OUTER)).status).toBe(200);
      });
    },
  );

  test.each(['frontend', 'server', 'location'] as const)(
    'everybody further in than the %s, and no user that a client says it is',
    async (level) => {
      const on: Surroundings = { protocol: BackendProtocol.UWSGI };
      await withPlaces(
        { [level]: STAFF, nested: Policy.off(PolicyKind.BASIC_AUTH) },
        async (asks) => {
          const answer = await asks(DEEP, { headers: basic('admin', 'x') });
          expect(answer.status).toBe(200);
          expect(heard(answer)).not.toHaveProperty('REMOTE_USER');
          expect((await asks(OUTER)).status).toBe(401);
        },
        on,
      );
    },
  );

  test('what a browser asks first needs no password', async () => {
    const cors = Policy.cors({ origins: ['https://a.example'], credentials: true });
    await withPlaces({ server: [STAFF, cors] }, async (asks) => {
      const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' };
      expect((await asks(DEEP, { method: 'OPTIONS', headers })).status).toBe(204);
      expect((await asks(DEEP)).status).toBe(401);
    });
  });

  test('a realm is sent as it is, and a name may have blanks', async () => {
    const users = [BasicAuthUser.password('alice in', 'wönderland')];
    await withPlaces({ server: Policy.basicAuth({ realm: "it's $5; {a}", users }) }, async (asks) => {
      expect((await asks(DEEP)).headers['www-authenticate']).toBe('Basic realm="it\'s $5; {a}"');
      expect((await asks(DEEP, { headers: basic('alice in', 'wönderland') })).status).toBe(200);
    });
  });

  test.each<[string, string]>([
    ['bcrypt', '$2y$05$JVCUOpakqCO/Wlwn84uw7OlszIgXZDYBypxVPJEfm7PKRkUxLXf0y'],
    ["OpenBSD's name of it", '$2b$05$JVCUOpakqCO/Wlwn84uw7OlszIgXZDYBypxVPJEfm7PKRkUxLXf0y'],
    ['an older name of it', '$2a$05$JVCUOpakqCO/Wlwn84uw7OlszIgXZDYBypxVPJEfm7PKRkUxLXf0y'],
    ['SHA-256 crypt', '$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.'],
    [
      'SHA-512 crypt',
      '$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.',
    ],
    ["Apache's MD5", '$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/'],
  ])('a hash of %s', async (_, hash) => {
    const users = [BasicAuthUser.hashed('alice', hash)];
    expect(fileOf(onLogin(...users))[1]).toBe(`alice:${hash.replace('$2b$', '$2y$')}\n`);
    await withPlaces({ server: Policy.basicAuth({ realm: 'staff', users }) }, async (asks) => {
      expect((await asks(DEEP, { headers: basic('alice', 'secret') })).status).toBe(200);
      expect((await asks(DEEP, { headers: basic('alice', 'wrong') })).status).toBe(401);
    });
  });

  test("a policy of one's own may bring a file", async () => {
    const greeting: IPolicy = {
      kind: 'greeting',
      bindPolicy: ({ name }) => {
        const file = PolicyFile.of(`${name}.conf`, 'add_header X-Greeting "${hello}";\n');
        return {
          httpDirectives: [Directive.of('map', ['$host', '$hello'], [Directive.of('default', ['hello'])])],
          directives: [Directive.of('include', [file.path])],
          files: [file],
        };
      },
    };
    await withPlaces({ location: greeting }, async (asks) => {
      expect((await asks(OUTER)).headers['x-greeting']).toBe('hello');
    });
  });

  test.each(LEVELS)('nginx has nothing to say of it at the %s', async (level) => {
    const said = await nginxWarns((web) => {
      placesOf(web, uwsgi)[level].addPolicy(STAFF);
    });
    expect(said).not.toMatch(/\[(?:warn|emerg)\]/);
  });
});

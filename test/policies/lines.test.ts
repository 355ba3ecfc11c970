import {
  BasicAuthUser,
  ClientCacheVisibility,
  Directive,
  Duration,
  ExternalBackend,
  FrameOptions,
  Policy,
  PolicyKind,
  Rate,
  RateLimitKey,
  ReferrerPolicy,
  Size,
} from 'cdktf-wsgi';
import type { ClientCacheOptions, IPolicy } from 'cdktf-wsgi';
import { blockOf, confOf, nginxWarns, reviewOf } from '../helpers/frontends';
import type { Build } from '../helpers/frontends';
import { describeWith } from '../helpers/programs';

const anyone = ExternalBackend.http('10.0.0.7', 80);
const onLogin =
  (...policies: readonly IPolicy[]): Build =>
  (web) => {
    const login = web.addBackend('/login', anyone);
    for (const policy of policies) login.addPolicy(policy);
  };
const OURS = blockOf(confOf(onLogin()), 'location /login {');

/** What a policy adds to its location and, sorted out of the http block, what it declares; hashes of zones as `#`. */
function linesOf(...policies: readonly IPolicy[]): readonly string[] {
  const text = confOf(onLogin(...policies)).replace(/_[0-9a-f]{8}\b/g, '_#');
  const here = blockOf(text, 'location /login {').filter((line) => !OURS.includes(line));
  const declared = text.split('\n').filter((line) => /^ {4}limit_\w+_zone /.test(line));
  return [...declared.map((line) => line.trim()), ...here];
}

const perMinute = Rate.perMinute(10);
const ZONE = 'limit_req_zone $binary_remote_addr zone=rate_limit_login_#:10m rate=10r/m;';

const POLICIES: readonly (readonly [string, IPolicy, readonly string[]])[] = [
  [
    'a rate limit',
    Policy.rateLimit({ rate: perMinute }),
    [ZONE, 'limit_req zone=rate_limit_login_#;', 'limit_req_status 429;'],
  ],
  [
    'with a burst that waits',
    Policy.rateLimit({ rate: perMinute, burst: 5 }),
    [ZONE, 'limit_req zone=rate_limit_login_# burst=5;', 'limit_req_status 429;'],
  ],
  [
    'with a burst that does not',
    Policy.rateLimit({ rate: perMinute, burst: 5, noDelay: true }),
    [ZONE, 'limit_req zone=rate_limit_login_# burst=5 nodelay;', 'limit_req_status 429;'],
  ],
  [
    'with a part of the burst that does not',
    Policy.rateLimit({ rate: perMinute, burst: 5, delay: 2 }),
    [ZONE, 'limit_req zone=rate_limit_login_# burst=5 delay=2;', 'limit_req_status 429;'],
  ],
  [
    'with a status and as a rehearsal',
    Policy.rateLimit({ rate: perMinute, rejectCode: 503, dryRun: true }),
    [ZONE, 'limit_req zone=rate_limit_login_#;', 'limit_req_status 503;', 'limit_req_dry_run on;'],
  ],
  [
    'by an API key, in a zone of another size, per second',
    Policy.rateLimit({
      rate: Rate.perSecond(20),
      key: RateLimitKey.header('X-Api-Key'),
      zoneSize: Size.mebibytes(1),
    }),
    [
      'limit_req_zone $http_x_api_key zone=rate_limit_login_#:1m rate=20r/s;',
      'limit_req zone=rate_limit_login_#;',
      'limit_req_status 429;',
    ],
  ],
  [
    'by a cookie',
    Policy.rateLimit({ rate: perMinute, key: RateLimitKey.cookie('sessionid') }),
    [
      'limit_req_zone $cookie_sessionid zone=rate_limit_login_#:10m rate=10r/m;',
      'limit_req zone=rate_limit_login_#;',
      'limit_req_status 429;',
    ],
  ],
  [
    'of all requests together',
    Policy.rateLimit({ rate: perMinute, key: RateLimitKey.everybody() }),
    [
      'limit_req_zone all zone=rate_limit_login_#:10m rate=10r/m;',
      'limit_req zone=rate_limit_login_#;',
      'limit_req_status 429;',
    ],
  ],
  [
    'by a text',
    Policy.rateLimit({ rate: perMinute, key: RateLimitKey.expression('$binary_remote_addr$uri') }),
    [
      'limit_req_zone $binary_remote_addr$uri zone=rate_limit_login_#:10m rate=10r/m;',
      'limit_req zone=rate_limit_login_#;',
      'limit_req_status 429;',
    ],
  ],
  [
    'a connection limit',
    Policy.connectionLimit({ connections: 4, dryRun: false }),
    [
      'limit_conn_zone $binary_remote_addr zone=connection_limit_login_#:10m;',
      'limit_conn connection_limit_login_# 4;',
      'limit_conn_status 429;',
      'limit_conn_dry_run off;',
    ],
  ],
  [
    'an allow list',
    Policy.accessControl({ allow: ['192.0.2.0/24', 'fd00::/8'] }),
    ['allow 192.0.2.0/24;', 'allow fd00::/8;', 'deny all;'],
  ],
  ['an empty allow list, for nobody', Policy.accessControl({ allow: [] }), ['deny all;']],
  ['a deny list', Policy.accessControl({ deny: ['192.0.2.7'] }), ['deny 192.0.2.7;', 'allow all;']],
  [
    'exceptions from an allow list',
    Policy.accessControl({ allow: ['192.0.2.0/24'], deny: ['192.0.2.7'] }),
    ['deny 192.0.2.7;', 'allow 192.0.2.0/24;', 'deny all;'],
  ],
  [
    'a cache',
    Policy.cache({ valid: Duration.minutes(5) }),
    [
      'proxy_cache cache_login_proxy_#;',
      'proxy_cache_key $scheme://$host$request_uri;',
      'proxy_cache_valid 200 301 302 300s;',
      'proxy_cache_use_stale error timeout updating http_500 http_503 http_502 http_504;',
      'proxy_cache_background_update on;',
      'proxy_cache_lock on;',
      'proxy_cache_bypass $http_authorization;',
      'proxy_no_cache $http_authorization;',
      'add_header X-Cache-Status $upstream_cache_status always;',
    ],
  ],
  [
    'a cache that knows clients by a cookie, and keeps what is not there',
    Policy.cache({
      valid: Duration.seconds(1),
      validByStatus: { '404': Duration.seconds(10), any: Duration.seconds(2) },
      bypassCookies: ['sessionid'],
      bypassHeaders: [],
    }),
    [
      'proxy_cache cache_login_proxy_#;',
      'proxy_cache_key $scheme://$host$request_uri;',
      'proxy_cache_valid 200 301 302 1s;',
      'proxy_cache_valid 404 10s;',
      'proxy_cache_valid any 2s;',
      'proxy_cache_use_stale error timeout updating http_500 http_503 http_502 http_504;',
      'proxy_cache_background_update on;',
      'proxy_cache_lock on;',
      'proxy_cache_bypass $cookie_sessionid;',
      'proxy_no_cache $cookie_sessionid;',
      'add_header X-Cache-Status $upstream_cache_status always;',
    ],
  ],
  [
    'compression',
    Policy.compression(),
    [
      'gzip on;',
      'gzip_types text/css text/javascript text/plain text/xml application/json application/javascript application/manifest+json application/rss+xml application/wasm application/xml image/svg+xml;',
      'gzip_comp_level 5;',
      'gzip_min_length 1k;',
      'gzip_proxied any;',
      'gzip_vary on;',
      'gzip_static off;',
    ],
  ],
  [
    'compression of styles and pages, and files that are compressed already',
    Policy.compression({
      types: ['text/html', 'TEXT/css', 'text/css'],
      level: 9,
      minLength: Size.bytes(200),
      gzipStatic: true,
    }),
    [
      'gzip on;',
      'gzip_types text/css;',
      'gzip_comp_level 9;',
      'gzip_min_length 200;',
      'gzip_proxied any;',
      'gzip_vary on;',
      'gzip_static on;',
    ],
  ],
  [
    'leave for any other origin',
    Policy.cors({ origins: ['*'] }),
    [
      'if ($cors_login_asks) {',
      'return 204;',
      '}',
      'add_header Access-Control-Allow-Origin * always;',
      'add_header Access-Control-Allow-Methods $cors_login_allow_methods always;',
      'add_header Access-Control-Allow-Headers $cors_login_allow_headers always;',
      'add_header Access-Control-Max-Age $cors_login_max_age always;',
    ],
  ],
  [
    'leave for one, with cookies and headers to read',
    Policy.cors({ origins: ['https://a.example'], credentials: true, exposedHeaders: ['X-Total', 'Link'] }),
    [
      'if ($cors_login_asks) {',
      'return 204;',
      '}',
      'add_header Access-Control-Allow-Origin $cors_login_origin always;',
      'add_header Vary Origin always;',
      'add_header Access-Control-Allow-Credentials true always;',
      'add_header Access-Control-Expose-Headers "X-Total, Link" always;',
      'add_header Access-Control-Allow-Methods $cors_login_allow_methods always;',
      'add_header Access-Control-Allow-Headers $cors_login_allow_headers always;',
      'add_header Access-Control-Max-Age $cors_login_max_age always;',
    ],
  ],
  [
    'methods that may be used',
    Policy.allowMethods({ methods: ['POST', 'GET', 'POST'] }),
    [
      'if ($allow_methods_login_refused) {',
      'return 405;',
      '}',
      'add_header Allow $allow_methods_login_allow always;',
    ],
  ],
  [
    'a limit of bandwidth',
    Policy.bandwidth({ rate: Size.kibibytes(500) }),
    ['limit_rate 500k;', 'limit_rate_after 0;'],
  ],
  [
    'with a part that is not limited',
    Policy.bandwidth({ rate: Size.bytes(1), after: Size.mebibytes(2) }),
    ['limit_rate 1;', 'limit_rate_after 2m;'],
  ],
  [
    'how long clients may keep it',
    Policy.clientCache({ maxAge: Duration.hours(1) }),
    ['add_header Cache-Control $client_cache_login;'],
  ],
  [
    'that nobody may',
    Policy.clientCache({ noStore: true, overrides: true }),
    [
      'proxy_hide_header Cache-Control;',
      'proxy_hide_header Expires;',
      'add_header Cache-Control $client_cache_login always;',
    ],
  ],
  [
    'headers of answers, with a dollar that is one',
    Policy.responseHeaders({
      set: { 'X-Robots-Tag': 'noindex, "x"', 'X-Price': '$host' },
      hide: ['X-Powered-By', 'X-Price'],
    }),
    [
      'proxy_hide_header X-Powered-By;',
      'proxy_hide_header X-Price;',
      `add_header X-Robots-Tag 'noindex, "x"' always;`,
      'add_header X-Price "${literal_dollar}host" always;',
    ],
  ],
  [
    'headers of requests, with a dollar that is one',
    Policy.requestHeaders({ set: { 'X-Environment': 'staging', 'X-Key': 'a$host' }, remove: ['Cookie'] }),
    [
      'proxy_set_header X-Environment staging;',
      'proxy_set_header X-Key "a${literal_dollar}host";',
      'proxy_set_header Cookie "";',
    ],
  ],
  [
    'a password',
    Policy.basicAuth({
      realm: 'staff only',
      users: [BasicAuthUser.hashed('alice', '$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/')],
    }),
    [
      'auth_basic "staff only";',
      'auth_basic_user_file /conf/file-872ff1884d8ea789-basic_auth_login.htpasswd;',
      'proxy_set_header Authorization "";',
    ],
  ],
  [
    'a password that the application gets as well',
    Policy.basicAuth({
      realm: 'staff',
      users: [BasicAuthUser.hashed('alice', '$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/')],
      passAuthorization: true,
    }),
    ['auth_basic staff;', 'auth_basic_user_file /conf/file-872ff1884d8ea789-basic_auth_login.htpasswd;'],
  ],
  [
    'security headers',
    Policy.securityHeaders(),
    [
      'add_header X-Content-Type-Options nosniff always;',
      'add_header X-Frame-Options SAMEORIGIN always;',
      'add_header Referrer-Policy strict-origin-when-cross-origin always;',
    ],
  ],
  [
    'security headers for pages that anybody may show in a frame',
    Policy.securityHeaders({ frameOptions: FrameOptions.NONE }),
    [
      'add_header X-Content-Type-Options nosniff always;',
      'add_header Referrer-Policy strict-origin-when-cross-origin always;',
    ],
  ],
  [
    'all of them, with a dollar that is one',
    Policy.securityHeaders({
      frameOptions: FrameOptions.DENY,
      referrerPolicy: ReferrerPolicy.NO_REFERRER,
      contentSecurityPolicy: "default-src 'self'; report-uri /$csp",
      permissionsPolicy: 'camera=()',
      isolateOpeners: true,
    }),
    [
      'add_header X-Content-Type-Options nosniff always;',
      'add_header X-Frame-Options DENY always;',
      'add_header Referrer-Policy no-referrer always;',
      `add_header Content-Security-Policy "default-src 'self'; report-uri /\${literal_dollar}csp" always;`,
      'add_header Permissions-Policy camera=() always;',
      'add_header Cross-Origin-Opener-Policy same-origin always;',
    ],
  ],
];

const OFF: readonly (readonly [PolicyKind, readonly string[]])[] = [
  [PolicyKind.ACCESS_CONTROL, ['allow all;']],
  [PolicyKind.ALLOW_METHODS, []],
  [PolicyKind.BANDWIDTH, ['limit_rate 0;']],
  [PolicyKind.BASIC_AUTH, ['auth_basic off;']],
  [PolicyKind.CACHE, ['proxy_cache off;']],
  [PolicyKind.CLIENT_CACHE, []],
  [PolicyKind.COMPRESSION, ['gzip off;']],
  [
    PolicyKind.CONNECTION_LIMIT,
    ['limit_conn_zone "" zone=connection_limit_login_#:32k;', 'limit_conn connection_limit_login_# 1;'],
  ],
  [PolicyKind.CORS, []],
  [PolicyKind.ERROR_PAGES, ['error_page 599 /;']],
  [PolicyKind.MAINTENANCE, []],
  [
    PolicyKind.RATE_LIMIT,
    ['limit_req_zone "" zone=rate_limit_login_#:32k rate=1r/s;', 'limit_req zone=rate_limit_login_#;'],
  ],
  [PolicyKind.REQUEST_HEADERS, []],
  [PolicyKind.REQUEST_ID, []],
  [PolicyKind.RESPONSE_HEADERS, []],
  [PolicyKind.SECURITY_HEADERS, []],
];

describe('Policy.off is exactly these lines', () => {
  test.each(OFF)('%s', (kind, lines) => {
    expect(linesOf(Policy.off(kind))).toEqual(lines);
  });

  test('of every kind there is', () => {
    expect(OFF.map(([kind]) => kind)).toEqual(Object.values(PolicyKind));
  });
});

describe('each policy is exactly these lines', () => {
  test.each(POLICIES)('%s', (_, policy, lines) => {
    expect(linesOf(policy)).toEqual(lines);
  });

  test('who is exempt has an empty key, which is not counted', () => {
    const text = confOf(onLogin(Policy.rateLimit({ rate: perMinute, exempt: ['10.0.0.0/8'] })));
    expect(blockOf(text, 'geo $rate_limit_login_exempt {')).toEqual(['default 0;', '10.0.0.0/8 1;']);
    expect(blockOf(text, 'map $rate_limit_login_exempt $rate_limit_login_key {')).toEqual([
      '0 $binary_remote_addr;',
      '1 "";',
    ]);
    expect(text).toMatch(
      /limit_req_zone \$rate_limit_login_key zone=rate_limit_login_[0-9a-f]{8}:10m rate=10r\/m;/,
    );
  });
});

test("a cache has a directory of its own in nginx's tmpfs, which grows by it", () => {
  const review = reviewOf(
    onLogin(
      Policy.cache({ valid: Duration.minutes(1), maxSize: Size.mebibytes(100), inactive: Duration.hours(1) }),
    ),
  );
  expect(review.files['web/nginx.conf']?.replace(/_[0-9a-f]{8}\b/g, '_#')).toContain(
    '    proxy_cache_path /tmp/cache_login_proxy levels=1:2 keys_zone=cache_login_proxy_#:10m inactive=3600s max_size=100m use_temp_path=off;\n',
  );
});

describe('what clients are told of keeping an answer hangs on what is said of it already', () => {
  const mapsOf = (options: ClientCacheOptions): string[][] => {
    const text = confOf(onLogin(Policy.clientCache(options)));
    return ['$sent_http_content_type $client_cache_login_by_type', '\\S+ $client_cache_login'].map((head) => {
      const [line = ''] = new RegExp(`map ${head.replaceAll('$', '\\$')} \\{`).exec(text) ?? [];
      return line === '' ? [] : [line, ...blockOf(text, line)];
    });
  };
  const ONCE =
    'map $status:$sent_http_cache_control$sent_http_expires$sent_http_set_cookie $client_cache_login {';
  const PRIVATE = 'map $status:$sent_http_cache_control$sent_http_expires $client_cache_login {';
  const ANY = 'map $sent_http_cache_control$sent_http_expires $client_cache_login {';

  test.each<[string, ClientCacheOptions, string[][]]>([
    [
      'an age',
      { maxAge: Duration.hours(1) },
      [[], [ONCE, 'default "";', '"~^(?:20[0346]|30[148]):$" max-age=3600;']],
    ],
    [
      'none',
      { maxAge: Duration.seconds(0) },
      [[], [ONCE, 'default "";', '"~^(?:20[0346]|30[148]):$" max-age=0;']],
    ],
    [
      'of one client',
      { maxAge: Duration.hours(1), visibility: ClientCacheVisibility.PRIVATE },
      [[], [PRIVATE, 'default "";', '"~^(?:20[0346]|30[148]):$" "private, max-age=3600";']],
    ],
    [
      'for ever',
      { maxAge: Duration.days(365), visibility: ClientCacheVisibility.PUBLIC, immutable: true },
      [[], [ONCE, 'default "";', '"~^(?:20[0346]|30[148]):$" "public, max-age=31536000, immutable";']],
    ],
    ['never', { noStore: true }, [[], [ANY, 'default "";', '"" no-store;']]],
    [
      'by type, whole names first',
      {
        byType: {
          'image/*': Duration.days(1),
          'image/svg+xml': Duration.hours(1),
          'text/css': Duration.hours(2),
        },
        maxAge: Duration.minutes(1),
      },
      [
        [
          'map $sent_http_content_type $client_cache_login_by_type {',
          'default max-age=60;',
          '"~*^image/svg\\\\+xml(?:$|[ ;])" max-age=3600;',
          '"~*^text/css(?:$|[ ;])" max-age=7200;',
          '~*^image/ max-age=86400;',
        ],
        [ONCE, 'default "";', '"~^(?:20[0346]|30[148]):$" $client_cache_login_by_type;'],
      ],
    ],
  ])('%s', (_, options, maps) => {
    expect(mapsOf(options)).toEqual(maps);
  });
});

test('what a browser asks first is told from a plain OPTIONS', () => {
  const text = confOf(
    onLogin(
      Policy.cors({
        origins: ['https://a.example', 'http://localhost:3000'],
        methods: ['PUT'],
        headers: ['X-A', 'X-B'],
        maxAge: Duration.hours(1),
      }),
    ),
  );
  expect(blockOf(text, 'map $http_origin $cors_login_origin {')).toEqual([
    'default "";',
    'https://a.example $http_origin;',
    'http://localhost:3000 $http_origin;',
  ]);
  expect(
    blockOf(text, 'map "$request_method $http_access_control_request_method" $cors_login_asks {'),
  ).toEqual(['default "";', '"~^OPTIONS ." 1;']);
  expect(blockOf(text, 'map $cors_login_asks $cors_login_allow_methods {')).toEqual([
    'default "";',
    '1 PUT;',
  ]);
  expect(blockOf(text, 'map $cors_login_asks $cors_login_allow_headers {')).toEqual([
    'default "";',
    '1 "X-A, X-B";',
  ]);
  expect(blockOf(text, 'map $cors_login_asks $cors_login_max_age {')).toEqual(['default "";', '1 3600;']);
});

describe('a policy stands at the level where it is attached', () => {
  const limit = Policy.connectionLimit({ connections: 4 });

  test('in the http block, for a frontend', () => {
    const text = confOf((web) => {
      web.addPolicy(limit);
      web.addPolicy(Policy.accessControl({ allow: ['192.0.2.0/24'] }));
      web.addBackend('/', anyone);
    });
    expect(text).toMatch(
      /\n {4}limit_conn connection_limit_all_\w+ 4;\n {4}limit_conn_status 429;\n[^]*\n {4}allow 192.0.2.0\/24;\n {4}deny all;\n\}/,
    );
    expect(blockOf(text, 'location / {').join('\n')).not.toMatch(/limit_conn|allow|deny/);
  });

  test('in the server block, for a server, before what passes', () => {
    const text = confOf((web) => {
      const docs = web.addServer({ serverNames: ['docs.example.com'] });
      docs.addPolicy(limit);
      docs.addPolicy(Policy.accessControl({ allow: ['192.0.2.0/24'] }));
      docs.addBackend('/', anyone);
    });
    expect(text).toMatch(
      /server_name docs.example.com;\n[^}]*\n {8}limit_conn \w+ 4;\n {8}limit_conn_status 429;\n {8}allow 192.0.2.0\/24;\n {8}deny all;\n\n {8}location \/ \{/,
    );
  });
});

describeWith(['nginx'], 'the real nginx takes', () => {
  test.each(POLICIES)('%s', async (_, policy) => {
    expect(await nginxWarns(onLogin(policy))).not.toMatch(/\[(?:warn|emerg)\]/);
  });

  test.each(OFF)('Policy.off of %s', async (kind) => {
    expect(await nginxWarns(onLogin(Policy.off(kind)))).not.toMatch(/\[(?:warn|emerg)\]/);
  });
});

describe('zones', () => {
  const limit = Policy.rateLimit({ rate: perMinute });

  test('each place counts for itself, under a name that says where', () => {
    const text = confOf((web) => {
      web.addPolicy(limit);
      web.addBackend('/a/b', anyone).addPolicy(limit);
      const docs = web.addServer({ serverNames: ['docs.example.com'] });
      docs.addPolicy(limit);
      docs.addBackend('/', anyone).addPolicy(limit);
    });
    const zones = [...text.matchAll(/limit_req_zone \S+ zone=(\w+)_[0-9a-f]{8}:/g)].map(([, name]) => name);
    expect(zones).toEqual([
      'rate_limit_all',
      'rate_limit_docs_example_com',
      'rate_limit_a_b',
      'rate_limit_docs_ex_c64d157c',
    ]);
  });

  test('a long place is cut, with a hash: nginx keeps names of variables in 64 bytes', () => {
    const cors = Policy.cors({ origins: ['https://a.example'] });
    const text = confOf((web) => {
      web
        .addServer({ serverNames: ['customer-portal.example.com'] })
        .addBackend('/api/orders/', anyone)
        .addPolicy(cors);
    });
    expect(text).toMatch(/map \$http_origin \$cors_customer_port_[0-9a-f]{8}_origin \{/);
  });

  test('nor is a name one that nginx or the user has, however it is written', () => {
    const kind = 'request';
    const named: IPolicy = {
      kind,
      bindPolicy: ({ name }) => ({ directives: [Directive.of('add_header', ['X-Name', name])] }),
    };
    const text = confOf((web) => {
      web.addDirective(Directive.of('map', ['$host', '$Request_X'], [Directive.of('default', ['1'])]));
      for (const path of ['/method', '/x', '/Y', '/y']) web.addBackend(path, anyone).addPolicy(named);
    });
    expect([...text.matchAll(/X-Name (\w+);/g)].map(([, name]) => name)).toEqual([
      'request_method_2',
      'request_x_2',
      'request_y',
      'request_y_2',
    ]);
  });

  test('places whose names would be the same are told apart', () => {
    const text = confOf((web) => {
      web.addBackend('/a-b', anyone).addPolicy(limit);
      web.addBackend('/a_b', anyone).addPolicy(limit);
    });
    expect([...text.matchAll(/limit_req zone=(\w+)_[0-9a-f]{8};/g)].map(([, name]) => name)).toEqual([
      'rate_limit_a_b',
      'rate_limit_a_b_2',
    ]);
  });
});

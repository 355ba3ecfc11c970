import type { TerraformStack } from 'cdktf';
import type { NginxFrontend } from 'cdktf-wsgi';
import {
  Directive,
  ExternalBackend,
  GunicornApp,
  GunicornProtocol,
  LocationAction,
  LocationMatch,
  NginxImage,
} from 'cdktf-wsgi';
import { reviewOf } from '../helpers/frontends';
import { GUNICORN } from '../helpers/stacks';

const of = Directive.of.bind(Directive);
const gone = LocationAction.respond(410);

/** What is told of something added to a frontend that passes in either protocol, and by name. */
function told(
  add: (web: NginxFrontend, site: TerraformStack) => unknown,
  version = '1.26.3',
  protocol = GunicornProtocol.UWSGI,
): string {
  const props = { resolver: '10.0.0.2', image: NginxImage.official(version) };
  const review = reviewOf((web, site) => {
    web.addBackend('/', new GunicornApp(site, 'app', { ...GUNICORN, serverVersion: '27.0.0', protocol }));
    web.addBackend('/far/', ExternalBackend.http('far.example.com', 80));
    add(web, site);
  }, props);
  return review.findings.join('\n');
}

describe('variables of the library', () => {
  test.each<[string, (web: NginxFrontend) => unknown, string]>([
    [
      'a location, where a visitor would say the host',
      (web) => web.addLocation(LocationMatch.regex('^/cap/(?<forwarded_host>.*)$'), gone),
      "location has a group called forwarded_host: the library makes that variable, and what applications are told hangs on it\n  give it another name, such as 'my_forwarded_host'\n  construct: site/web/location-regex^--cap--(?<forwarded_host>.*)$\n  rule: NGX-MAP-NAME",
    ],
    [
      'a location without regard to case',
      (web) => web.addLocation(LocationMatch.regexIgnoreCase('^/(?P<Encoded_Path>.*)$'), gone),
      'location has a group called Encoded_Path',
    ],
    [
      'a location whose pattern has comments',
      (web) => web.addLocation(LocationMatch.regex('(?x)^/(?<path_part>.*)$'), gone),
      'location has a group called path_part',
    ],
    [
      'the name of a server',
      (web) => web.addServer({ serverNames: ['~^(?<request_path>.+)$'] }).addRedirect('/', '/a'),
      'server_name has a group called request_path',
    ],
    [
      'a rewrite of a location',
      (web) => {
        web
          .addLocation(LocationMatch.prefix('/b/'), gone)
          .addDirective(of('rewrite', ['(?<backend_far_example_com_80>x)', '/']));
      },
      'rewrite has a group called backend_far_example_com_80: ',
    ],
    [
      'a condition in a block',
      (web) => {
        const condition = of('if', ['($uri', '~', '(?<forwarded_port>x))'], [of('return', ['204'])]);
        web.addDirective(of('location', ['/c/'], [condition]));
      },
      'if has a group called forwarded_port: ',
    ],
    [
      'a row of a map',
      (web) => {
        web.addDirective(of('map', ['$uri', '$m'], [of('~(?<forwarded_digits>x)', ['1'])]));
      },
      'a row of map has a group called forwarded_digits: ',
    ],
    ...(
      [
        of('set', ['$encoded_path', 'a']),
        of('map', ['$arg_a', '$request_path'], [of('default', ['1'])]),
        of('geo', ['$literal_dollar'], [of('default', ['1'])]),
        of('split_clients', ['$arg_a', '$forwarded_port'], [of('*', ['1'])]),
      ] as const
    ).map(
      (directive) =>
        [
          directive._name,
          (web: NginxFrontend) => {
            web.addDirective(directive);
          },
          `${directive._name} sets $`,
        ] as [string, (web: NginxFrontend) => unknown, string],
    ),
    [
      'auth_request_set',
      (web) => {
        web
          .addLocation(LocationMatch.prefix('/b/'), gone)
          .addDirective(of('auth_request_set', ['$Forwarded_Host', '$upstream_http_x']));
      },
      "auth_request_set sets $Forwarded_Host: the library makes that variable, and what applications are told hangs on it\n  give it another name, such as '$my_Forwarded_Host'",
    ],
  ])('fail when they are made by %s', (_, add, message) => {
    expect(told(add)).toContain(message);
  });

  test('are free where the library does not make them', () => {
    const add = (web: NginxFrontend): unknown => {
      web.addLocation(LocationMatch.regex('^/(?<forwarded_host>.*)$'), gone);
      return web.addLocation(LocationMatch.regex('^/a/(?<request_path>.*)$'), gone);
    };
    expect(told(add, '1.29.3', GunicornProtocol.HTTP)).toBe('');
  });

  test.each<[string, string]>([
    ['^/(?<args>.*)$', 'location has a group called args: it would stand for the query of the request'],
    ['^/(?<http_x_user>.*)$', 'location has a group called http_x_user: it would stand for a header of the'],
  ])('and of the request fail as groups: %s', (pattern, message) => {
    expect(told((web) => web.addLocation(LocationMatch.regex(pattern), gone))).toContain(message);
  });
});

test.each<[string, string]>([
  ['(?<uri>b)', 'uri'],
  ['(?P<request_method>b)', 'request_method'],
  ["(?'Host'b)", 'Host'],
])('fails on a group that nginx could not set: %s', (pattern, name) => {
  expect(() => LocationMatch.regex(pattern)).toThrow(
    `LocationMatch.regex("${pattern}") has a group called ${name}, at position 0, and $${name} is a variable of nginx that nothing can set\n  give it another name, such as '${name}_part'\n  rule: NGX-MAP-NAME`,
  );
  expect(() => told((web) => web.addServer({ serverNames: [`~${pattern}`] }))).toThrow(
    `has a group called ${name}, at position 0`,
  );
});

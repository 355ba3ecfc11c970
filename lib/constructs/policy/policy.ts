import { ConfigError, named, shown } from '../../errors';
import { Size } from '../../values/size';
import { checkProps } from '../checked/props';
import { refuseTokens } from '../checked/tokens';
import { Directive } from '../frontend/directive';
import { accessControl } from './access-control';
import type { AccessControlOptions } from './access-control';
import { allowMethods } from './allow-methods';
import type { AllowMethodsOptions } from './allow-methods';
import type { IPolicy, PolicyConfig, PolicyPlace } from './attachable';
import { bandwidth } from './bandwidth';
import type { BandwidthOptions } from './bandwidth';
import { basicAuth } from './basic-auth';
import type { BasicAuthOptions } from './basic-auth';
import type { Bound } from './bound';
import { cache } from './cache';
import type { CacheOptions } from './cache';
import { clientCache } from './client-cache';
import type { ClientCacheOptions } from './client-cache';
import { compression } from './compression';
import type { CompressionOptions } from './compression';
import { connectionLimit } from './connection-limit';
import type { ConnectionLimitOptions } from './connection-limit';
import { cors } from './cors';
import type { CorsOptions } from './cors';
import { errorPages } from './error-pages';
import type { ErrorPagesOptions } from './error-pages';
import { maintenance } from './maintenance';
import type { MaintenanceOptions } from './maintenance';
import { off } from './off';
import { PolicyFile } from './policy-file';
import { PolicyKind } from './policy-kind';
import { rateLimit } from './rate-limit';
import type { RateLimitOptions } from './rate-limit';
import { requestHeaders } from './request-headers';
import type { RequestHeadersOptions } from './request-headers';
import { requestId } from './request-id';
import type { RequestIdOptions } from './request-id';
import { responseHeaders } from './response-headers';
import type { ResponseHeadersOptions } from './response-headers';
import { securityHeaders } from './security-headers';
import type { SecurityHeadersOptions } from './security-headers';

type Binding = (place: PolicyPlace) => Bound;

/** What the library has to attach to a frontend, a server or a location with `addPolicy`. */
export class Policy implements IPolicy {
  /**
   * Refuses requests that come too fast. Limits add up: all that are attached to a place and around it hold. Each place counts for
   * itself, so that a policy attached to two locations lets its rate through each of them. An answer that nginx gives
   * with `return`, as fixed answers and redirects are, is not counted.
   *
   * @param options How fast, and by what it is counted.
   * @throws ConfigError that names each option which nginx would not take.
   */
  public static rateLimit(options: RateLimitOptions): Policy {
    return Policy.made(PolicyKind.RATE_LIMIT, true, 'RateLimitOptions', options, rateLimit);
  }

  /**
   * Refuses requests when too many are under way. Limits add up, and each place counts for itself.
   *
   * @param options How many, and by what they are counted.
   * @throws ConfigError that names each option which nginx would not take.
   */
  public static connectionLimit(options: ConnectionLimitOptions): Policy {
    return Policy.made(PolicyKind.CONNECTION_LIMIT, true, 'ConnectionLimitOptions', options, connectionLimit);
  }

  /**
   * Lets addresses in or keeps them out: others are answered 403. The innermost list holds alone.
   *
   * @param options Who may come in, or who may not.
   * @throws ConfigError for lists that keep nobody out, and for each item that is no network.
   */
  public static accessControl(options: AccessControlOptions): Policy {
    return Policy.made(PolicyKind.ACCESS_CONTROL, false, 'AccessControlOptions', options, accessControl);
  }

  /**
   * Answers every other method 405, with those that may be used in `Allow` (RFC 9110). What browsers ask first is answered before by a
   * `Policy.cors` that holds there. The innermost list holds alone.
   *
   * @param options Which methods.
   * @throws ConfigError for no method, and for each that nginx never lets through.
   */
  public static allowMethods(options: AllowMethodsOptions): Policy {
    return Policy.made(PolicyKind.ALLOW_METHODS, false, 'AllowMethodsOptions', options, allowMethods);
  }

  /**
   * Asks for a name and a password, and answers 401 without. An application behind uWSGI's protocol is told of the user as `REMOTE_USER`.
   * Passwords are in the rendered files as hashes alone, and so are they in the Terraform state. The innermost holds alone.
   *
   * @param options Who may come in.
   * @throws ConfigError for a realm that cannot be sent, for no user, and for one that is there twice.
   */
  public static basicAuth(options: BasicAuthOptions): Policy {
    return Policy.made(PolicyKind.BASIC_AUTH, false, 'BasicAuthOptions', options, basicAuth);
  }

  /**
   * Sends each answer no faster than this. The innermost limit holds alone.
   *
   * @param options How much in a second, and after how much.
   * @throws ConfigError for 0, which would be no limit, and for more than nginx counts.
   */
  public static bandwidth(options: BandwidthOptions): Policy {
    return Policy.made(PolicyKind.BANDWIDTH, false, 'BandwidthOptions', options, bandwidth);
  }

  /**
   * Keeps answers to GET and HEAD and serves them again (`uwsgi_cache`, `proxy_cache`), by host and path with the query; `X-Cache-Status` says
   * what became of a request. An answer that sets a cookie or says that it is private is not kept (nginx), and one that has expired
   * is served while the next is fetched, and when that fails. The innermost holds alone.
   *
   * @param options Which answers, how long, and from whom.
   * @throws ConfigError that names each option which nginx would not take.
   */
  public static cache(options: CacheOptions): Policy {
    return Policy.made(PolicyKind.CACHE, false, 'CacheOptions', options, cache);
  }

  /**
   * Says how long clients may keep answers (`Cache-Control`), but for errors and redirects that are temporary. What an answer says of it already stands, be it
   * by the application, by `expires` of a `StaticMount` or by a directive passed through. The innermost holds alone.
   *
   * @param options How long, and who.
   * @throws ConfigError for what says nothing, or two things at once.
   */
  public static clientCache(options: ClientCacheOptions): Policy {
    return Policy.made(PolicyKind.CLIENT_CACHE, false, 'ClientCacheOptions', options, clientCache);
  }

  /**
   * Lets pages of other origins read the answers (CORS), and answers what browsers ask first. What the application
   * says of it itself is sent as well: let one of them do it. The innermost holds alone.
   *
   * @param options Which origins, and what they may do.
   * @throws ConfigError for an origin that no browser sends, and for `*` with credentials.
   */
  public static cors(options: CorsOptions): Policy {
    return Policy.made(PolicyKind.CORS, false, 'CorsOptions', options, cors);
  }

  /**
   * Compresses answers with gzip for clients that take it. An answer with a secret and text of the client's own tells of the secret by
   * its length when it is compressed under TLS (BREACH): attach it where there are none, such as to static files. The innermost holds alone.
   *
   * @param options Which answers, and how.
   * @throws ConfigError that names each option which nginx would not take.
   */
  public static compression(options: CompressionOptions = {}): Policy {
    return Policy.made(PolicyKind.COMPRESSION, false, 'CompressionOptions', options, compression);
  }

  /**
   * Shows pages instead of errors. They add up: of those that hold at a place, the innermost page for a status is shown. A page has the
   * headers that hold in the server, and not those of a location.
   *
   * @param options Which pages, and whether for the application's own errors too.
   * @throws ConfigError for no page.
   */
  public static errorPages(options: ErrorPagesOptions): Policy {
    return Policy.made(PolicyKind.ERROR_PAGES, true, 'ErrorPagesOptions', options, errorPages);
  }

  /**
   * Answers everything 503 while something is mended, with `Retry-After`: it is attached and deployed, and later taken away again,
   * each time without a lost request. The innermost holds alone.
   *
   * @param options What clients are told, and who is let through.
   * @throws ConfigError that names each option which nginx would not take.
   */
  public static maintenance(options: MaintenanceOptions = {}): Policy {
    return Policy.made(PolicyKind.MAINTENANCE, false, 'MaintenanceOptions', options, maintenance);
  }

  /**
   * Changes the headers that applications get with a request (`uwsgi_param`, `proxy_set_header`). Those by which they know the client's
   * address, the scheme and the host are nginx's own business and are refused. What `PassToOptions` say of one backend stands over it.
   * The innermost ones hold alone.
   *
   * @param options Which headers.
   * @throws ConfigError for each that is none, or that nginx has to say itself.
   */
  public static requestHeaders(options: RequestHeadersOptions): Policy {
    return Policy.made(PolicyKind.REQUEST_HEADERS, false, 'RequestHeadersOptions', options, requestHeaders);
  }

  /**
   * Gives each request an id, which the application gets in a header and the client in the answer, and which an access log of JSON has:
   * by it all three are found together. The innermost holds alone.
   *
   * @param options Another header.
   * @throws ConfigError for what is no name of a header, and for one that is about something else.
   */
  public static requestId(options: RequestIdOptions = {}): Policy {
    return Policy.made(PolicyKind.REQUEST_ID, false, 'RequestIdOptions', options, requestId);
  }

  /**
   * Adds headers to answers, of every status, and hides headers of the application's (`add_header`, `uwsgi_hide_header`,
   * `proxy_hide_header`). The innermost ones hold alone.
   *
   * @param options Which headers.
   * @throws ConfigError for each that is none, or that is nginx's own.
   */
  public static responseHeaders(options: ResponseHeadersOptions): Policy {
    return Policy.made(
      PolicyKind.RESPONSE_HEADERS,
      false,
      'ResponseHeadersOptions',
      options,
      responseHeaders,
    );
  }

  /**
   * Adds the headers by which browsers are told to be careful, on answers of every status. The innermost ones hold alone.
   *
   * @param options What differs from their defaults.
   * @throws ConfigError that names each option which is none.
   */
  public static securityHeaders(options: SecurityHeadersOptions = {}): Policy {
    return Policy.made(
      PolicyKind.SECURITY_HEADERS,
      false,
      'SecurityHeadersOptions',
      options,
      securityHeaders,
    );
  }

  /**
   * Lets go of the policies of a kind that hold further out: an access list for a health page, a limit for one location.
   *
   * @param kind Which.
   * @throws ConfigError at synthesis where it is attached to a frontend: nothing is further out.
   */
  public static off(kind: PolicyKind): Policy {
    refuseTokens({ 'Policy.off': kind }, []);
    return new Policy(checkedKind(kind), false, off(kind));
  }

  /** What is wrong with options says of which policy. */
  private static made<T extends object>(
    kind: PolicyKind,
    addsUp: boolean,
    struct: string,
    options: T,
    read: (options: T) => Binding,
  ): Policy {
    return named(`Policy.${kind}`, () => {
      checkProps(struct, options);
      refuseTokens(options, []);
      return new Policy(kind, addsUp, read(copied(options)));
    });
  }

  public readonly kind: string;
  public readonly addsUp?: boolean;

  private constructor(
    kind: string,
    addsUp: boolean,
    private readonly bind: Binding,
  ) {
    this.kind = kind;
    this.addsUp = addsUp;
  }

  public bindPolicy(place: PolicyPlace): PolicyConfig {
    const {
      directives,
      inLocations = [],
      inServers = [],
      declarations = [],
      files = [],
      storageBytes,
      lifts,
    } = this.bind(place);
    return {
      directives: directives.map((node) => Directive._made(node)),
      locationDirectives: inLocations.map((node) => Directive._made(node)),
      serverDirectives: inServers.map((node) => Directive._made(node)),
      httpDirectives: declarations.map((node) => Directive._made(node)),
      files: files.map((file) => PolicyFile._made(file)),
      ...(storageBytes === undefined ? {} : { scratchSize: Size.bytes(storageBytes) }),
      ...(lifts === undefined ? {} : { lifts }),
    };
  }
}

function checkedKind(kind: PolicyKind): PolicyKind {
  const kinds = Object.values(PolicyKind);
  if (kinds.includes(kind)) return kind;
  throw new ConfigError({
    what: `Policy.off: ${shown(kind)} is no kind of this library's policies`,
    fix: `give one of ${kinds.join(', ')}, or attach a policy of your own that says the opposite`,
  });
}

/** What becomes of options afterwards is nobody's business. */
function copied<T extends object>(options: T): T {
  const members = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? [...(value as unknown[])] : value,
  ]);
  return Object.fromEntries(members) as T;
}

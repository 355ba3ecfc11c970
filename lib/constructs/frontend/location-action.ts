import { checkOptions } from '../checked/options';
import { ConfigError, shown } from '../../errors';
import type { Action, PassOptions } from '../../topology/frontend';
import { modelOfBackend } from '../backend/backend-model';
import type { IBackend } from '../backend/backend';
import { checkBackend } from '../checked/backend';
import { passOptions } from './pass-to-options';
import type { PassToOptions } from './pass-to-options';
import type { StaticMount } from './static-mount';
import { checkedMediaType } from '../checked/response-text';
import { refuseTokens } from '../checked/tokens';

/** Status of a redirect. */
export enum RedirectStatus {
  /** 301: clients may keep it for ever. */
  PERMANENT = 301,
  /** 302. */
  TEMPORARY = 302,
  /** 308: as 301, with the method kept. */
  PERMANENT_KEEPING_METHOD = 308,
  /** 307: as 302, with the method kept. */
  TEMPORARY_KEEPING_METHOD = 307,
}

/** Statuses whose text `return` takes for a URL (each seen). */
const REDIRECTS = [301, 302, 303, 307, 308];

/** What happens to a request that a location catches. */
export class LocationAction {
  /**
   * Requests are passed on.
   *
   * @param backend An application, an upstream or an external server.
   * @param options What is not as derived.
   * @throws ConfigError for what is no backend, and for a Terraform token among the options.
   */
  public static passTo(backend: IBackend, options: PassToOptions = {}): LocationAction {
    checkOptions('LocationAction.passTo', 'PassToOptions', options);
    checkBackend('LocationAction.passTo', backend);
    refuseTokens(options, []);
    const model = passOptions(options);
    return new LocationAction(
      () => ({ kind: 'pass', backend: modelOfBackend(backend), options: model }),
      backend,
      undefined,
      model,
    );
  }

  /**
   * Files are served, below any prefix that ends in `/`; `addLocation` refuses other matches.
   *
   * @param mount The files to serve.
   */
  public static serve(mount: StaticMount): LocationAction {
    return new LocationAction(() => ({ kind: 'static', mount: mount._id }), undefined, mount);
  }

  /**
   * A fixed answer.
   *
   * @param status 100 to 999; 444 closes the connection without one.
   * @param body Its text, literally: nothing in it is a variable.
   * @param contentType What the text is, such as `application/json`.
   * @throws ConfigError for a status out of range, or of a redirect.
   */
  public static respond(status: number, body?: string, contentType: string = 'text/plain'): LocationAction {
    refuseTokens({ status, body: body ?? '', contentType }, []);
    checkedMediaType('contentType', contentType);
    if (REDIRECTS.includes(status)) {
      throw new ConfigError({
        what: `LocationAction.respond(${String(status)}): nginx takes the text of a ${String(status)} for the place to go to`,
        fix: 'use LocationAction.redirect(target, status)',
      });
    }
    if (!Number.isInteger(status) || status < 100 || status > 999) {
      throw new ConfigError({
        what: `${String(status)} is not an HTTP status`,
        fix: 'give a whole number from 100 to 999',
      });
    }
    const text = body === undefined ? {} : { body, contentType };
    return new LocationAction(() => ({ kind: 'respond', status, ...text }));
  }

  /**
   * A redirect to a fixed place. The query is kept, unless the target has one of its own.
   *
   * @param target URL or path, such as `/new/` or `https://example.com/guide#install`.
   * @param status Which redirect.
   * @throws ConfigError for a target that is neither a path nor a URL.
   */
  public static redirect(target: string, status: RedirectStatus = RedirectStatus.TEMPORARY): LocationAction {
    refuseTokens({ target }, []);
    if (!/^(?:\/(?!\/)|https?:\/\/[^/])[!-~]*$/.test(target)) {
      throw new ConfigError({
        what: `redirect target ${shown(target)} is neither a path nor a URL`,
        fix: "begin it with '/', 'http://' or 'https://', and percent-encode blanks and other letters",
      });
    }
    return new LocationAction(() => ({ kind: 'redirect', to: target, status }));
  }

  private constructor(
    /** @internal */
    public readonly _read: () => Action,
    /** @internal */
    public readonly _backend?: IBackend,
    /** @internal */
    public readonly _mount?: StaticMount,
    /** @internal */
    public readonly _options?: PassOptions,
  ) {}
}

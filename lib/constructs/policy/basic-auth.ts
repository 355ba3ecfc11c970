import { createHash } from 'node:crypto';
import { encodeBase64 } from 'bcryptjs';
import { ConfigError, shown, together } from '../../errors';
import { variable } from '../../nginx/argument';
import { directive } from '../../nginx/directive';
import type { NginxDirective } from '../../nginx/directive';
import { publishedFile, publishedPath } from '../../topology/published-file';
import { requestHeader } from '../../topology/render/nginx-pass';
import { BackendProtocol } from '../backend/backend';
import type { PolicyPlace } from './attachable';
import type { BasicAuthUser } from './basic-auth-user';
import type { Bound } from './bound';

/** Who may come in with a name and a password. */
export interface BasicAuthOptions {
  /** What browsers show beside the fields, and know a password by. */
  readonly realm: string;
  /** Those who may come in. */
  readonly users: BasicAuthUser[];
  /**
   * Whether applications get the name and the password as well (`Authorization`). One that knows other users would refuse these, and
   * behind uWSGI's protocol it has the name without that, as `REMOTE_USER`.
   *
   * @default false
   */
  readonly passAuthorization?: boolean;
}

/** Passwords, checked. */
export function basicAuth(options: BasicAuthOptions): (place: PolicyPlace) => Bound {
  const { realm, users, passAuthorization = false } = options;
  together(
    () => {
      checkRealm(realm);
    },
    () => {
      checkUsers(users.map(({ _name }) => _name));
    },
  );
  const known = new Map<string, string>();
  return ({ name, protocols }) => {
    const content = known.get(name) ?? users.map((user) => line(user, realm, name)).join('');
    known.set(name, content);
    const file = publishedFile(`${name}.htpasswd`, content);
    return {
      directives: [
        directive('auth_basic', realm),
        directive('auth_basic_user_file', publishedPath(file)),
        ...protocols.flatMap((protocol) => told(protocol, passAuthorization)),
      ],
      files: [file],
    };
  };
}

/** A header that tells the user could be forged by who reaches the same application where no password is asked for; a parameter cannot. */
function told(protocol: BackendProtocol, passAuthorization: boolean): NginxDirective[] {
  const hidden = passAuthorization ? [] : [requestHeader(protocol, 'Authorization', '')];
  if (protocol !== BackendProtocol.UWSGI) return hidden;
  return [directive('uwsgi_param', 'REMOTE_USER', variable('remote_user')), ...hidden];
}

/**
 * The salt is the same in every synthesis, as the whole configuration is, and another one for each user and place. The password has no
 * part in it: a fast hash of it would be a way around the slow one.
 */
function line(user: BasicAuthUser, realm: string, place: string): string {
  const text = JSON.stringify(['cdktf-wsgi', place, realm, user._name]);
  const salt = encodeBase64(createHash('sha256').update(text).digest(), 16);
  return `${user._name}:${user._hash(salt)}\n`;
}

/** nginx writes it between quotes as it is, and `off` means none. */
function checkRealm(realm: string): void {
  if (/^[ !#-[\]-~]+$/.test(realm) && realm !== 'off') return;
  throw new ConfigError({
    what: `realm ${shown(realm)} is none that nginx could send`,
    fix: `give a text of letters, digits and signs other than '"' and '\\', such as 'staging'${realm === 'off' ? "; 'off' asks for no password: that is Policy.off(PolicyKind.BASIC_AUTH)" : ''}`,
  });
}

function checkUsers(names: readonly string[]): void {
  if (names.length === 0) {
    throw new ConfigError({
      what: 'users is empty: nobody could come in',
      fix: "give one, such as BasicAuthUser.password('alice', …)",
    });
  }
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new ConfigError({
    what: `the user ${shown(twice)} is there twice: nginx takes the first`,
    fix: 'leave one of them out',
  });
}

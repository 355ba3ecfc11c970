import { hashSync } from 'bcryptjs';
import { ConfigError, shown } from '../../errors';
import { hasToken, refuseTokens } from '../checked/tokens';
import { checkedHash } from './password-hash';

/**
 * What nginx spends on a password at each request, in powers of two: it checks one in a worker that does nothing else meanwhile, for
 * 4 ms here (measured), and `htpasswd` has the same. Long passwords are what helps.
 */
const COST = '05';

/** bcrypt looks at no more. */
const MOST_BYTES = 72;

/** Who may come in, with what nginx knows a password by. */
export class BasicAuthUser {
  /**
   * A user whose password is known here. It is hashed with bcrypt while the stack is synthesized, and no file has it.
   *
   * @param userName Without a colon.
   * @param password Of 72 bytes at most.
   * @throws ConfigError for a name or a password that cannot be sent, and for a Terraform token.
   */
  public static password(userName: string, password: string): BasicAuthUser {
    checkName('BasicAuthUser.password', userName);
    checkPassword(userName, password);
    return new BasicAuthUser(userName, (salt) => hashSync(password, `$2y$${COST}$${salt}`));
  }

  /**
   * A user with a hash that was made elsewhere, such as by `htpasswd -nB` behind the colon.
   *
   * @param userName Without a colon.
   * @param hash Of bcrypt (`$2y$`), SHA-256 or SHA-512 crypt (`$5$`, `$6$`) or Apache's MD5 (`$apr1$`).
   * @throws ConfigError for a name that cannot be sent, and for a hash that nginx cannot check everywhere, or that is too weak.
   */
  public static hashed(userName: string, hash: string): BasicAuthUser {
    checkName('BasicAuthUser.hashed', userName);
    refuseTokens({ 'BasicAuthUser.hashed: hash': hash }, []);
    const checked = checkedHash(userName, hash);
    return new BasicAuthUser(userName, () => checked);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    /**
     * What nginx is given, with a salt of bcrypt's.
     *
     * @internal
     */
    public readonly _hash: (salt: string) => string,
  ) {}
}

/** The header has them with a colon between (RFC 7617), the file as lines, in which `#` begins a comment. */
function checkName(call: string, userName: string): void {
  refuseTokens({ [`${call}: userName`]: userName }, []);
  if (/^(?!#)[^:\p{Cc}]+$/u.test(userName)) return;
  throw new ConfigError({
    what: `${call}: userName ${shown(userName)} is no name that a client could send and nginx find`,
    fix: "give one without ':' and control characters that does not begin with '#'",
  });
}

/** What is wrong with a password is told without it. */
function checkPassword(userName: string, password: string): void {
  const whose = `BasicAuthUser.password: the password of ${shown(userName)}`;
  if (hasToken(password)) {
    throw new ConfigError({
      what: `${whose} is a Terraform token: it is not known at synthesis, and cannot be hashed`,
      fix: "hash it outside, such as with htpasswd -nB, and give the hash: BasicAuthUser.hashed(name, '$2y$05$…')",
    });
  }
  if (password === '' || /\p{Cc}/u.test(password)) {
    throw new ConfigError({
      what: `${whose} is ${password === '' ? 'empty' : 'one with control characters, which browsers do not send'}`,
      fix: 'give one of letters, digits and signs',
    });
  }
  if (Buffer.byteLength(password) <= MOST_BYTES) return;
  throw new ConfigError({
    what: `${whose} has ${String(Buffer.byteLength(password))} bytes: bcrypt does not look at what comes after ${String(MOST_BYTES)}`,
    fix: `give one of ${String(MOST_BYTES)} bytes at most`,
  });
}

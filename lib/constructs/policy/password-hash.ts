import { ConfigError, shown } from '../../errors';

/** What a hash is made with, as its first signs say. */
interface Kind {
  readonly begins: RegExp;
  /** The whole of it; what costs time is in the first group. */
  readonly whole: RegExp;
  /** More than this, and a worker would serve nobody else for a quarter of a second at each request (measured); musl takes no more of bcrypt's. */
  readonly most: number;
}

const BCRYPT: Kind = {
  begins: /^\$2[aby]\$/,
  whole: /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/,
  most: 11,
};

const KINDS: readonly Kind[] = [
  BCRYPT,
  {
    begins: /^\$5\$/,
    whole: /^\$5\$(?:rounds=(\d+)\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}$/,
    most: 100_000,
  },
  {
    begins: /^\$6\$/,
    whole: /^\$6\$(?:rounds=(\d+)\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}$/,
    most: 100_000,
  },
  {
    begins: /^\$apr1\$/,
    whole: /^\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}$/,
    most: 0,
  },
];

/** What nginx would take, and why it is not to. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^\{PLAIN\}/i, 'is the password itself'],
  [/^\{SHA\}/i, 'is a SHA-1 without a salt: whoever reads it finds the password in a table'],
  [/^\{SSHA\}/i, 'is a single SHA-1, of which billions can be tried in a second'],
  [/^\$1\$/, 'is of MD5 crypt, which its author gave up in 2012'],
  [/^\$(?:y|gy|7)\$/, 'is of a kind that the nginx of images with musl, such as alpine, cannot check'],
  [/^[./A-Za-z0-9]{13}$/, 'is of DES crypt, which looks at 8 letters of a password'],
];

/**
 * A hash that nginx checks with every C library that its images have: the prefix by which OpenBSD calls what is `$2y$` everywhere else is
 * not known to musl.
 *
 * @throws ConfigError for any other, without telling what may be a password.
 */
export function checkedHash(userName: string, hash: string): string {
  const why = REFUSED.find(([pattern]) => pattern.test(hash))?.[1];
  if (why !== undefined) throw refused(userName, why);
  const kind = KINDS.find(({ begins }) => begins.test(hash));
  const match = kind?.whole.exec(hash);
  if (!kind || !match) throw refused(userName, 'is no hash that nginx could check');
  const cost = Number(match[1] ?? 0);
  if (cost > kind.most) {
    throw refused(
      userName,
      `has a cost of ${String(cost)}: nginx would serve nobody else while it checks it, at each request`,
      `make it with ${String(kind.most)} at most${kind === BCRYPT ? ', such as htpasswd -nB, which has 5' : ''}`,
    );
  }
  return hash.replace(/^\$2b\$/, '$2y$$');
}

function refused(
  userName: string,
  why: string,
  fix: string = 'give one of bcrypt as htpasswd -nB writes it behind the colon, $2y$05$…, or BasicAuthUser.password(name, password)',
): ConfigError {
  return new ConfigError({ what: `BasicAuthUser.hashed: the hash of ${shown(userName)} ${why}`, fix });
}

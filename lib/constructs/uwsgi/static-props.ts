import { ConfigError, shown } from '../../errors';
import type { Duration } from '../../values/duration';
import { regexMistake, toldMistake } from '../../nginx/regex-syntax';
import { item, wholeSeconds } from '../checked/values';
import type { UwsgiFileServeMode } from './file-serve-mode';
import { OWN, choice, count, paths, texts } from './conversion';
import type { Conversions, UwsgiSettings } from './conversion';

/** Files that uWSGI serves itself: for an application without nginx, `StaticMount` otherwise. */
export interface UwsgiStaticProps {
  /**
   * URL prefixes that uWSGI serves from directories itself: for an application without nginx, `StaticMount` otherwise.
   *
   * @default - none (uWSGI)
   */
  readonly staticMaps?: Record<string, string>;
  /**
   * Directories in which a file is looked for under every URL before the application is asked.
   *
   * @default - none (uWSGI)
   */
  readonly checkStatic?: string[];
  /**
   * How long clients keep files, by regular expressions of their paths.
   *
   * @default - nothing is said of it (uWSGI)
   */
  readonly staticExpires?: Record<string, Duration>;
  /**
   * Regular expressions of the paths of files that have a compressed copy beside them, named `<file>.gz`.
   *
   * @default - none (uWSGI)
   */
  readonly staticGzip?: string[];
  /**
   * Directories that symbolic links of served directories may lead to.
   *
   * @default - none (uWSGI)
   */
  readonly staticSafe?: string[];
  /**
   * Endings of names, such as `.py`, of files that are never served.
   *
   * @default - none (uWSGI)
   */
  readonly staticSkipExt?: string[];
  /**
   * What sends the files.
   *
   * @default - uWSGI itself
   */
  readonly fileServeMode?: UwsgiFileServeMode;
  /**
   * Threads of each worker that send files and other slow answers in its place.
   *
   * @default 0 (uWSGI)
   */
  readonly offloadThreads?: number;
}

const STATIC_EXPIRES = {
  convert: (expires: Record<string, Duration>, prop: string): UwsgiSettings => ({
    'static-expires': Object.entries(expires).map(([pattern, age]) => {
      const seconds = wholeSeconds(`${prop} ${shown(pattern)}`, age);
      if (pattern !== '' && !/\s/.test(pattern)) {
        return `${checkedPattern(`${prop} ${shown(pattern)}`, pattern)} ${String(seconds)}`;
      }
      throw new ConfigError({
        what: `${prop} ${shown(pattern)} is empty or holds a blank, where uWSGI ends the expression`,
        fix: "write '.' for a blank, such as '/my.file'",
      });
    }),
  }),
};

const STATIC_GZIP = {
  convert: (patterns: readonly string[], prop: string): UwsgiSettings => ({
    'static-gzip': patterns.map((pattern, at) =>
      checkedPattern(`${item(prop, at)} ${shown(pattern)}`, pattern),
    ),
  }),
};

/** Seen: uWSGI ends at the start with a broken one. */
function checkedPattern(where: string, pattern: string): string {
  const mistake = regexMistake(pattern);
  if (mistake === undefined) return pattern;
  const { what, fix = '' } = toldMistake(where, mistake);
  throw new ConfigError({ what, fix });
}

/** The options that the props become. */
export const UWSGI_STATIC_OPTIONS: Conversions<UwsgiStaticProps> = {
  staticMaps: OWN,
  checkStatic: paths('check-static'),
  staticExpires: STATIC_EXPIRES,
  staticGzip: STATIC_GZIP,
  staticSafe: paths('static-safe'),
  staticSkipExt: texts('static-skip-ext'),
  fileServeMode: choice('file-serve-mode'),
  offloadThreads: count('offload-threads'),
};

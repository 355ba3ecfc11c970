import { ConfigError, allOf, shown, together } from '../../errors';
import { directive } from '../../nginx/directive';
import { nginxSize } from '../../topology/render/nginx-values';
import { Size } from '../../values/size';
import { item, wholeNumber } from '../checked/values';
import type { Bound } from './bound';

/** Which answers are compressed, and how. */
export interface CompressionOptions {
  /**
   * Types that are compressed besides `text/html`, which nginx always compresses.
   *
   * @default - text/css, text/javascript, text/plain, text/xml, application/json, application/javascript,
   * application/manifest+json, application/rss+xml, application/wasm, application/xml, image/svg+xml
   */
  readonly types?: string[];
  /**
   * Effort from 1 to 9 (`gzip_comp_level`).
   *
   * @default 5 (this library's; nginx takes 1)
   */
  readonly level?: number;
  /**
   * Shortest answer that is worth it (`gzip_min_length`), where its length is known.
   *
   * @default Size.kibibytes(1) (this library's; nginx takes 20 bytes)
   */
  readonly minLength?: Size;
  /**
   * Whether a file `x.gz` beside `x` is sent to clients that take it (`gzip_static`): compressed once, with any effort.
   *
   * @default false (nginx)
   */
  readonly gzipStatic?: boolean;
}

const TYPES: readonly string[] = [
  ...['text/css', 'text/javascript', 'text/plain', 'text/xml'],
  ...['application/json', 'application/javascript', 'application/manifest+json', 'application/rss+xml'],
  ...['application/wasm', 'application/xml', 'image/svg+xml'],
];

/** Compression with gzip, checked. */
export function compression(options: CompressionOptions): () => Bound {
  const { types = TYPES, level = 5, minLength = Size.kibibytes(1), gzipStatic = false } = options;
  together(
    () => allOf(types, checkType),
    () => checkedLevel(level),
  );
  const others = [...new Set(types.map((type) => type.toLowerCase()))].filter((type) => type !== 'text/html');
  if (others.length === 0) throw onlyPages();
  const directives = [
    directive('gzip', 'on'),
    directive('gzip_types', ...others),
    directive('gzip_comp_level', String(level)),
    directive('gzip_min_length', nginxSize(minLength.toBytes())),
    directive('gzip_proxied', 'any'),
    directive('gzip_vary', 'on'),
    directive('gzip_static', gzipStatic ? 'on' : 'off'),
  ];
  return () => ({ directives });
}

/** A longer one does not fit where nginx keeps them, and no directive makes more room (seen: `test_types_hash`). */
const LONGEST_TYPE = 46;

function onlyPages(): ConfigError {
  return new ConfigError({
    what: "types has nothing besides 'text/html', which nginx always compresses",
    fix: "give another too, such as 'text/css', or leave types out",
  });
}

function checkType(type: string, at: number): void {
  if (type.length <= LONGEST_TYPE && (type === '*' || /^[\w.+-]+\/[\w.+-]+$/.test(type))) return;
  throw new ConfigError({
    what: `${item('types', at)} ${shown(type)} is no media type that nginx looks for`,
    fix: `give one such as 'application/json', without parameters and of ${String(LONGEST_TYPE)} letters at most, or '*' for all`,
  });
}

function checkedLevel(level: number): number {
  if (wholeNumber('level', level) <= 9) return level;
  throw new ConfigError({ what: `level ${String(level)} is more than gzip has`, fix: 'give 1 to 9' });
}

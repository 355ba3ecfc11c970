import { checkOptions } from '../checked/options';
import { ConfigError } from '../../errors';
import type { Size } from '../../values/size';
import { wholeNumber } from '../checked/values';
import { absolutePath } from './conversion';
import { keyValues } from './key-values';

/** How much a cache holds. */
export interface UwsgiCacheOptions {
  /** Most items at once. */
  readonly items: number;
  /**
   * Largest item.
   *
   * @default Size.kibibytes(64) (uWSGI)
   */
  readonly blocksize?: Size;
  /**
   * Longest key, in bytes.
   *
   * @default 2048 (uWSGI)
   */
  readonly keysize?: number;
  /**
   * File that it is kept in, so that it outlives the server; below a writable directory.
   *
   * @default - in memory alone (uWSGI)
   */
  readonly store?: string;
}

const CALL = 'UwsgiCache.of';

/** A cache in memory that all processes of the server share. */
export class UwsgiCache {
  /**
   * @param name By which the application asks for it.
   * @param options How much it holds.
   * @throws ConfigError for an empty name, numbers that are none, and a path that is not absolute.
   */
  public static of(name: string, options: UwsgiCacheOptions): UwsgiCache {
    checkOptions(CALL, 'UwsgiCacheOptions', options);
    const { items, keysize, store } = options;
    return new UwsgiCache(
      keyValues(CALL, [
        { key: 'name', value: name },
        { key: 'items', value: wholeNumber(`${CALL}: items`, items, 2) },
        { key: 'blocksize', value: checkedBlock(options.blocksize) },
        { key: 'keysize', value: keysize === undefined ? keysize : wholeNumber(`${CALL}: keysize`, keysize) },
        { key: 'store', value: store === undefined ? store : absolutePath(`${CALL}: store`, store) },
      ]),
      store,
      store === undefined ? sharedBytes(options) : 0,
    );
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
    /** @internal */
    public readonly _store: string | undefined,
    /**
     * Memory of the container that it takes when it is full; what lies in a file is counted with its mount, or is no memory at all.
     *
     * @internal
     */
    public readonly _bytes: number,
  ) {}
}

/** A block and a key for each item. */
function sharedBytes({ items, blocksize, keysize = 2048 }: UwsgiCacheOptions): number {
  return items * ((blocksize?.toBytes() ?? 64 * 1024) + keysize);
}

/** uWSGI does not start with a cache whose blocks hold nothing (seen). */
function checkedBlock(size: Size | undefined): number | undefined {
  if (size?.toBytes() !== 0) return size?.toBytes();
  throw new ConfigError({
    what: `${CALL}: blocksize of 0 holds no item`,
    fix: 'give the size of the largest item, such as Size.kibibytes(64)',
  });
}

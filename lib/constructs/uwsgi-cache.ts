import type { Size } from '../values/size';
import { wholeNumber } from './checked';
import { keyValues } from './uwsgi-key-values';

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

/** A cache in memory that all processes of the server share. */
export class UwsgiCache {
  /**
   * @param name By which the application asks for it.
   * @param options How much it holds.
   * @throws ConfigError for numbers that are none.
   */
  public static of(name: string, options: UwsgiCacheOptions): UwsgiCache {
    const pairs = {
      name,
      items: wholeNumber('items', options.items, 2),
      blocksize: options.blocksize?.toBytes(),
      keysize: options.keysize === undefined ? undefined : wholeNumber('keysize', options.keysize),
      store: options.store,
    };
    return new UwsgiCache(keyValues('cache2', pairs), options.store);
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
    /** @internal */
    public readonly _store: string | undefined,
  ) {}
}

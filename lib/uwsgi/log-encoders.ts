/** What uWSGI can do to a line of its log (source: `uwsgi_log_encoders_register_embedded` of core/logging.c). */
export const LOG_ENCODERS: ReadonlySet<string> = new Set([
  ...['prefix', 'suffix', 'nl', 'format', 'json', 'gzip', 'compress'],
]);

/** Encoders of plugins that the usual builds have, each with its plugin. */
export const PLUGIN_ENCODERS: Readonly<Record<string, string>> = { msgpack: 'msgpack' };

/** Encoders that make a line of their text, and nothing without one (seen: the whole log is empty). */
export const TEXT_ENCODERS: ReadonlySet<string> = new Set(['format', 'json']);

/** Encoders that only a uWSGI has which was built where zlib's headers are (source: `uwsgiconfig.py`). */
export const ZLIB_ENCODERS: ReadonlySet<string> = new Set(['gzip', 'compress']);

/** Whether an option's value is an encoder. */
export function isEncoding(option: string): boolean {
  return option === 'log-encoder' || option === 'log-req-encoder';
}

/** Name and text of an encoder; the id of a logger may follow the name after a colon. */
export function encoderParts(value: string): { readonly name: string; readonly text: string } {
  const [, name = '', text = ''] = /^\s*([^\s:]*)\S*(.*)$/s.exec(value) ?? [];
  return { name, text: text.trim() };
}

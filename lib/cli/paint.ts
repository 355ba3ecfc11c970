import { styleText } from 'node:util';

/** What a piece of output is; each has a colour of its own. */
export type Meaning = 'heading' | 'name' | 'good' | 'warning' | 'error';

/** Gives a text the colour of what it is, or leaves it as it is. */
export type Paint = (meaning: Meaning, text: string) => string;

const FORMATS = {
  heading: 'bold',
  name: 'cyan',
  good: 'green',
  warning: 'yellow',
  error: 'red',
} as const satisfies Record<Meaning, string>;

/** For files and pipes. */
export const PLAIN: Paint = (_, text) => text;

/** For terminals; whether there is one is known here, so Node need not look. */
export const COLOURED: Paint = (meaning, text) =>
  text === '' ? '' : styleText(FORMATS[meaning], text, { validateStream: false });

/** The paint of a stream: colours on a terminal that has them, unless NO_COLOR says otherwise (no-color.org). */
export function paintOf(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return stream.isTTY === true && !refused ? COLOURED : PLAIN;
}

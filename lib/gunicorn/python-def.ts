/** What can be told of one Python function without running it. */
export interface PythonDef {
  readonly name: string;
  /** Arguments that a caller may pass by position, as gunicorn counts them: neither `*rest` nor what follows a `*`. */
  readonly positional: number;
}

/** One token of Python: text in its four forms, a comment, a continued line, what says nothing of its structure, anything else. */
const TOKEN =
  /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*\1|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*|\\\n|[^"'#\\()[\]{}\n]+|[\s\S]/g;

/** The function that a text is, or undefined when it is more than one function, less, or another thing. */
export function readDef(text: string): PythonDef | undefined {
  const masked = mask(text.trimEnd());
  if (masked === undefined) return undefined;
  const [head = '', ...body] = masked.split('\n');
  const match = /^def ([A-Za-z_]\w*)\s*(\(.*)$/.exec(head);
  if (match === null) return undefined;
  const [, name = '', signature = ''] = match;
  const end = closingBracket(signature);
  const after = /^(?:\s*->[^:]+)?\s*:(.*)$/.exec(signature.slice(end + 1))?.[1];
  const hasBody = after?.trim() !== '' || body.some((line) => line.trim() !== '');
  if (after === undefined || !hasBody || body.some((line) => /^\S/.test(line))) return undefined;
  return { name, positional: countPositional(signature.slice(1, end)) };
}

/**
 * The text with every string, comment and bracketed line end painted over, so that what is left of it are brackets, commas and
 * logical lines; undefined when a string or a bracket is never closed.
 */
export function mask(text: string): string | undefined {
  let depth = 0;
  let painted = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (/^["']/.test(token)) {
      const isHalf = token.length === 1 || (token.length === 2 && text[index + 2] === token[0]);
      if (isHalf) return undefined;
      painted += 'x'.repeat(token.length);
    } else if (token.startsWith('#') || token === '\\\n') {
      painted += ' '.repeat(token.length);
    } else if (token.length > 1) {
      painted += token;
    } else {
      if ('([{'.includes(token)) depth++;
      if (')]}'.includes(token) && --depth < 0) return undefined;
      painted += token === '\n' && depth > 0 ? ' ' : token;
    }
  }
  return depth === 0 ? painted : undefined;
}

/** Where the first bracket of a masked text is closed; its length where it is not. */
export function closingBracket(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if ('([{'.includes(text.charAt(at))) depth++;
    if (')]}'.includes(text.charAt(at)) && --depth === 0) return at;
  }
  return text.length;
}

function countPositional(parameters: string): number {
  const names = parametersOf(parameters);
  const star = names.findIndex((part) => part.startsWith('*'));
  return star === -1 ? names.length : star;
}

/** The parameters between the brackets of a masked `def`, with their annotations and defaults. */
export function parametersOf(parameters: string): string[] {
  let depth = 0;
  const flat = parameters.replace(/[()[\]{},]/g, (character) => {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    return depth > 0 && character === ',' ? ' ' : character;
  });
  return flat
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '/');
}

/**
 * The keys of all `%(key)` in a text, as uWSGI finds them: a `%` inside begins anew, parentheses nest, and an empty
 * key or an open end is plain text (source: `uwsgi_apply_config_pass` of core/utils.c; seen with 2.0.21).
 */
export function optionReferences(text: string): string[] {
  const keys: string[] = [];
  let start: number | undefined;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '%') {
      start = text[index + 1] === '(' ? index + 2 : undefined;
      if (start !== undefined) index++;
      depth = 0;
    } else if (start !== undefined && character === '(') depth++;
    else if (start !== undefined && character === ')') {
      if (depth > 0) depth--;
      else {
        if (index > start) keys.push(text.slice(start, index));
        start = undefined;
      }
    }
  }
  return keys;
}

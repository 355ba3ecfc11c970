import { ConfigError, shown } from '../../errors';
import { expression, hasVariable } from '../../nginx/argument';

/**
 * What decides among backends, in nginx's notation.
 *
 * @throws ConfigError for one without a variable, which would decide the same for everybody.
 */
export function checkedSource(call: string, source: string): string {
  if (hasVariable(expression(source))) return source;
  throw new ConfigError({
    what: `${call}(${shown(source)}) has no variable: one backend would get every request`,
    fix: "give one such as '$request_id' or '$http_x_version'",
  });
}

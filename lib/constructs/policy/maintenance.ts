import { concat, variable } from '../../nginx/argument';
import { block, directive } from '../../nginx/directive';
import { Duration } from '../../values/duration';
import { checkedMediaType } from '../checked/response-text';
import { wholeSeconds } from '../checked/values';
import type { PolicyPlace } from './attachable';
import type { Bound } from './bound';
import { checkedNetworks } from './limit-options';

/** What clients are told while something is mended. */
export interface MaintenanceOptions {
  /**
   * The text, literally: nothing in it is a variable.
   *
   * @default 'Down for maintenance.'
   */
  readonly body?: string;
  /**
   * What the text is, such as `text/html`.
   *
   * @default 'text/plain'
   */
  readonly contentType?: string;
  /**
   * When to come back (`Retry-After`), in whole seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly retryAfter?: Duration;
  /**
   * Networks and addresses of those who are let through, to see whether it works again.
   *
   * @default - none
   */
  readonly allow?: string[];
}

/** A maintenance switch, checked. */
export function maintenance(options: MaintenanceOptions): (place: PolicyPlace) => Bound {
  const { body = 'Down for maintenance.', contentType = 'text/plain', allow = [] } = options;
  checkedNetworks('allow', allow);
  const answer = [
    block('types', [], []),
    directive('default_type', checkedMediaType('contentType', contentType)),
    directive(
      'add_header',
      'Retry-After',
      String(wholeSeconds('retryAfter', options.retryAfter ?? Duration.minutes(5))),
      'always',
    ),
    directive('return', '503', body),
  ];
  return ({ name }) => {
    const closed = variable(`${name}_closed`);
    const rows = [...new Set(allow)].map((network) => directive(network, ''));
    const turnedAway = [directive('error_page', '503', concat('@', name)), directive('return', '503')];
    return {
      directives: [],
      inLocations: [block('if', [concat('(', closed, ')')], turnedAway)],
      inServers: [block('location', [concat('@', name)], answer)],
      declarations: [block('geo', [closed], [directive('default', '1'), ...rows])],
    };
  };
}

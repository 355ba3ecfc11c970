import { OPTIONS } from '../uwsgi/option-table';
import type { Decision } from './decision';
import { OPTION_PROPS } from './uwsgi-decisions/props';
import { REFUSED } from './uwsgi-decisions/refused';
import { SETTLED } from './uwsgi-decisions/settled';

const ROUTING =
  'a language of its own, whose actions come from plugins; needs a uWSGI that was built with PCRE';

/** Those that stay text, although production uses them. */
const PASSED_THROUGH: Readonly<Record<string, string>> = {
  async: 'gevent and asyncio set it; another engine (ugreen, greenlet, loop) is passed through beside it',
  'log-x-forwarded-for':
    "nginx hands over the client's address already; only for an application behind somebody else's proxy",
  route: ROUTING,
  'route-uri': ROUTING,
};

/** What is decided of each option, by uWSGI's name of it: all 153 of production, and others that no container can use. */
export const UWSGI_DECISIONS: Readonly<Record<string, Decision>> = {
  ...mapped(OPTION_PROPS, (prop) => ({ by: 'prop', prop })),
  ...mapped(SETTLED, (settled) => ({ by: 'settled', ...settled })),
  ...mapped(REFUSED, (refused) => ({ by: 'refused', ...refused })),
  ...mapped(PASSED_THROUGH, (why) => ({ by: 'pass-through', why })),
};

/** The decision of an option or of another name of it; undefined for what is merely passed through. */
export function uwsgiDecision(name: string): Decision | undefined {
  const facts = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  const canonical = facts?.sameAs ?? name;
  return Object.hasOwn(UWSGI_DECISIONS, canonical) ? UWSGI_DECISIONS[canonical] : undefined;
}

function mapped<T>(
  rows: Readonly<Record<string, T>>,
  decision: (row: T) => Decision,
): Record<string, Decision> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, decision(row)]));
}

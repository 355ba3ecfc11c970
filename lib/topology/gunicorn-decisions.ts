import type { Problem } from '../errors';
import type { Decision } from './decision';
import { HOOK_DECISIONS } from './gunicorn-decisions-hooks';
import { SERVER_DECISIONS } from './gunicorn-decisions-server';
import { SERVICE_DECISIONS } from './gunicorn-decisions-services';

const ALL = { ...SERVER_DECISIONS, ...SERVICE_DECISIONS, ...HOOK_DECISIONS };

/** What the library does with each setting of gunicorn: the one place that says so. */
export const GUNICORN_DECISIONS: Readonly<Record<string, Decision>> = ALL;

/** Names of the props that settings of gunicorn have. */
export type DecidedProp = Extract<(typeof ALL)[keyof typeof ALL], { by: 'prop' }>['prop'];

/** Settings that are passed through although something else decides them, or nothing in a container can use them. */
export function passedThroughProblems(settings: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const decision = Object.hasOwn(GUNICORN_DECISIONS, name) ? GUNICORN_DECISIONS[name] : undefined;
    return decision === undefined ? [] : (problemOf(name, value, decision) ?? []);
  });
}

function problemOf(name: string, value: unknown, decision: Decision): Problem | undefined {
  switch (decision.by) {
    case 'prop':
      return {
        what: `settings: ${name} has a prop of its own`,
        fix: `use the prop ${decision.prop}`,
      };
    case 'settled': {
      const { why, fix, rule } = decision;
      return { what: `settings: ${name} ${why}`, fix, ...(rule === undefined ? {} : { rule }) };
    }
    case 'refused': {
      // What is off is as if it were left out.
      if (value === false) return undefined;
      const { why, fix, rule } = decision;
      return {
        what: `${name} has no place in a container: ${why}`,
        fix,
        ...(rule === undefined ? {} : { rule }),
      };
    }
    case 'pass-through':
      return undefined;
  }
}

import type { Backend } from '../frontend';

/** The backends that requests end at: those of a choice, and what is not one itself. */
export function leavesOf(backend: Backend): Backend[] {
  return backend.choice?.routes.flatMap((route) => leavesOf(route.backend)) ?? [backend];
}

/** The choices in it, the outermost one first. */
export function choicesOf(backend: Backend): Backend[] {
  if (backend.choice === undefined) return [];
  return [backend, ...backend.choice.routes.flatMap((route) => choicesOf(route.backend))];
}

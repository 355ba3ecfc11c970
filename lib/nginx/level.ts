import { DIRECTIVES } from './directive-table';

/** Parts of a frontend's file that a directive of its own can be put into. */
export type Level = 'http' | 'server' | 'events' | 'main';

/** Where a directive of a frontend goes: into the http block, or where nginx takes it when it cannot stand there. */
export function levelOf(name: string): Level {
  const contexts = new Set(DIRECTIVES.get(name)?.uses.flatMap((use) => use.contexts) ?? []);
  if (contexts.has('http') || contexts.has('any')) return 'http';
  const levels = ['server', 'events', 'main'] as const;
  return levels.find((level) => contexts.has(level)) ?? 'http';
}

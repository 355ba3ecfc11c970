import type { Sized } from '../topology/derive/sized';
import type { App } from '../topology/topology';
import type { Paint } from './paint';
import { table } from './table';

/** The numbers that each server runs with, and why it is these. */
export function sizeLines(apps: readonly App[], paint: Paint): string[] {
  const rows = apps.flatMap((app) =>
    (Object.entries(app.sizing) as [string, Sized][]).map(([name, sized], at) => [
      at === 0 ? app.id : '',
      name,
      [String(sized.value), ...(sized.unit === undefined ? [] : [sized.unit])].join(' '),
      reason(sized, app.server),
    ]),
  );
  return table(rows, (cell, column) => (column === 0 ? paint('name', cell) : cell));
}

const NAMES = { uwsgi: 'uWSGI', gunicorn: 'gunicorn' } as const;

function reason({ from, why }: Sized, server: App['server']): string {
  const origin = { given: 'given', derived: undefined, server: `${NAMES[server]}'s default` }[from];
  return [origin, why].filter((part) => part !== undefined).join(': ');
}

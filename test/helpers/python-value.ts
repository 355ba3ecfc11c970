import fc from 'fast-check';
import type { PythonValue } from '../../lib/gunicorn/setting';
import { hostileText } from './hostile';

/** Values of every shape that a file can hold, hostile text in each place. */
export const pythonValue = fc.letrec<{ value: PythonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostileText,
    fc.nat(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom({ octal: '117' }, { octal: '0' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(hostileText, tie('value'), { maxKeys: 3, noNullPrototype: true }).map((dict) => ({ dict })),
  ),
})).value;

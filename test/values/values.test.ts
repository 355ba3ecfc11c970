import { Duration } from '../../lib/values/duration';
import { FileMode } from '../../lib/values/file-mode';
import { Size } from '../../lib/values/size';

describe('Duration', () => {
  test('each unit counts in milliseconds', () => {
    expect(Duration.milliseconds(7).toMilliseconds()).toBe(7);
    expect(Duration.seconds(1.5).toMilliseconds()).toBe(1500);
    expect(Duration.minutes(2).toMilliseconds()).toBe(120_000);
    expect(Duration.hours(1).toSeconds()).toBe(3600);
    expect(Duration.days(1).toSeconds()).toBe(86_400);
  });

  test('fails on a negative amount, naming the call and what is allowed', () => {
    expect(() => Duration.seconds(-1)).toThrow(
      'Duration.seconds(-1) is not a length of time\n  give a number that is 0 or more and whole to the millisecond',
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.0001])('fails on %p seconds', (amount) => {
    expect(() => Duration.seconds(amount)).toThrow('is not a length of time');
  });

  test('fails to give whole seconds where there are none, instead of rounding', () => {
    expect(() => Duration.milliseconds(1500).toSeconds()).toThrow(
      'a duration of 1500 milliseconds is not a whole number of seconds',
    );
  });
});

describe('Size', () => {
  test('each unit counts in powers of 1024', () => {
    expect(Size.bytes(1).toBytes()).toBe(1);
    expect(Size.kibibytes(32).toBytes()).toBe(32_768);
    expect(Size.mebibytes(75).toBytes()).toBe(78_643_200);
    expect(Size.gibibytes(1).toMebibytes()).toBe(1024);
  });

  test('fails on an amount finer than a byte', () => {
    expect(() => Size.bytes(0.5)).toThrow('Size.bytes(0.5) is not a size');
    expect(() => Size.gibibytes(10_000_000)).toThrow(
      'Size.gibibytes(10000000) is more than can be counted to the byte\n  give less than 2^53 bytes, which is Size.gibibytes(8388607)',
    );
  });

  test('fails to give whole MiB where there are none', () => {
    expect(() => Size.kibibytes(1).toMebibytes()).toThrow(
      'a size of 1024 bytes is not a whole number of MiB',
    );
  });
});

describe('FileMode', () => {
  test('keeps its three digits', () => {
    expect(FileMode.of('660').octal).toBe('660');
  });

  test.each(['0660', '66', '680', '', 'rw-'])('fails on %p', (octal) => {
    expect(() => FileMode.of(octal)).toThrow(`FileMode.of("${octal}") is not a file mode`);
  });
});

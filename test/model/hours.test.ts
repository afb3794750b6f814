import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hours, sendingAt } from '../../model/hours.ts';
import { beijing, DAYS, inBeijing, TABLE_ENDS } from '../engine/program-builder.ts';

const NIGHT: Hours = { quiet: { fromMinute: 21 * 60, toMinute: 7 * 60 + 30 } };
const NOON: Hours = { quiet: { fromMinute: 12 * 60, toMinute: 14 * 60 } };
const sent = (hours: Hours, at: string): string => inBeijing(sendingAt({ days: DAYS, hours }, beijing(at)));

describe('what is said in quiet hours', () => {
  it('of the night waits for the morning, on either side of midnight', () => {
    expect(sent(NIGHT, '2020-10-15 22:00')).toBe('2020-10-16 07:30');
    expect(sent(NIGHT, '2020-10-16 00:00')).toBe('2020-10-16 07:30');
    expect(sent(NIGHT, '2020-10-16 07:29:59.999')).toBe('2020-10-16 07:30');
  });
  it('begins to wait at the first minute and no longer waits at the last', () => {
    expect(sent(NIGHT, '2020-10-15 20:59:59.999')).toBe('2020-10-15 20:59:59.999');
    expect(sent(NIGHT, '2020-10-15 21:00')).toBe('2020-10-16 07:30');
    expect(sent(NIGHT, '2020-10-16 07:30')).toBe('2020-10-16 07:30');
  });
  it('of noon waits for the afternoon', () => {
    expect(sent(NOON, '2020-10-15 12:00')).toBe('2020-10-15 14:00');
    expect(sent(NOON, '2020-10-15 14:00')).toBe('2020-10-15 14:00');
  });
  it('leaves at once where no hours are quiet', () => {
    expect(sent({}, '2020-10-15 03:00')).toBe('2020-10-15 03:00');
    expect(sendingAt({ days: DAYS }, 5)).toBe(5);
  });
});

describe('where days off are quiet as well', () => {
  it('it waits for the end of the quiet hours of the next working day', () => {
    expect(sent({ ...NIGHT, quietOnDaysOff: true }, '2020-09-30 22:00')).toBe('2020-10-09 07:30');
    expect(sent({ ...NIGHT, quietOnDaysOff: true }, '2020-10-24 10:00')).toBe('2020-10-26 07:30');
  });
  it('the Saturday that is worked is none of them', () =>
    expect(sent({ ...NIGHT, quietOnDaysOff: true }, '2020-10-10 10:00')).toBe('2020-10-10 10:00'));
  it('it waits for midnight where no hours are quiet', () =>
    expect(sent({ quietOnDaysOff: true }, '2020-10-24 10:00')).toBe('2020-10-26 00:00'));
});

describe('at the end of the table', () => {
  it('the last night ends with it', () => expect(sent(NIGHT, '2021-03-31 22:00')).toBe('2021-04-01 00:00'));
  it('nothing waits beyond it', () => expect(sendingAt({ days: DAYS, hours: NIGHT }, TABLE_ENDS + 5)).toBe(TABLE_ENDS + 5));
});

it('whatever waits has waited enough', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(NIGHT, NOON, { ...NIGHT, quietOnDaysOff: true as const }, { quietOnDaysOff: true as const }),
      fc.integer({ min: DAYS.starts[0]!, max: TABLE_ENDS }),
      (hours, at) => {
        const sending = sendingAt({ days: DAYS, hours }, at);
        expect(sending).toBeGreaterThanOrEqual(at);
        expect(sendingAt({ days: DAYS, hours }, sending)).toBe(sending);
      },
    ),
  ));

import { describe, expect, it } from 'vitest';
import { deadlineOf, findNextRung, findRungAt, isRowDueInRange } from '../../engine/schedule.ts';
import type { DueRule } from '../../model/plan.ts';
import {
  beijing,
  dayTable,
  dueOn,
  dueWithin,
  endOf,
  inBeijing,
  program,
  STANDARD,
  startOf,
  TABLE_ENDS,
} from './program-builder.ts';

const campaign = program();

function deadline(
  due: DueRule,
  { opened, planned = '2020-10-13 00:00', row }: { opened: string; planned?: string; row?: string },
): string {
  return inBeijing(deadlineOf(campaign, { due, opensAt: beijing(planned) }, { openedAt: beijing(opened), rowDue: row }));
}

describe('a task that is due on a date', () => {
  const due = dueOn('2020-10-25', 3);

  it('is due at the last millisecond of it, working day or not', () =>
    expect(deadline(due, { opened: '2020-10-13 00:00' })).toBe('2020-10-25 23:59:59.999'));
  it('keeps its date when it opens late but before its last day', () =>
    expect(deadline(due, { opened: '2020-10-24 23:59:59.999' })).toBe('2020-10-25 23:59:59.999'));
  it('gets notice when it opens at the first instant of its last day', () =>
    expect(deadline(due, { opened: '2020-10-25 00:00' })).toBe('2020-10-28 23:59:59.999'));
  it('gets notice in working days when it opens after its last day', () =>
    expect(deadline(due, { opened: '2020-10-30 15:00' })).toBe('2020-11-04 23:59:59.999'));
  it('keeps its date when it opens as planned, even on its only day', () =>
    expect(deadline(due, { opened: '2020-10-25 00:00', planned: '2020-10-25 00:00' })).toBe('2020-10-25 23:59:59.999'));
  it('gets notice when it opens a millisecond later than planned on its only day', () =>
    expect(deadline(due, { opened: '2020-10-25 00:00:00.001', planned: '2020-10-25 00:00' })).toBe('2020-10-28 23:59:59.999'));
  it('has its notice counted over holidays and make-up days', () =>
    expect(deadline(dueOn('2020-09-29', 3), { opened: '2020-09-30 10:00', planned: '2020-09-02 00:00' })).toBe(
      '2020-10-12 23:59:59.999',
    ));
});

describe('a task that is due some working days after it opened', () => {
  it('does not count the day it opened', () =>
    expect(deadline(dueWithin(1), { opened: '2020-10-15 00:00' })).toBe('2020-10-16 23:59:59.999'));
  it('is due the same day whenever on a day it opened', () =>
    expect(deadline(dueWithin(1), { opened: '2020-10-15 23:59:59.999' })).toBe('2020-10-16 23:59:59.999'));
  it('skips holidays and counts make-up days', () =>
    expect(deadline(dueWithin(5), { opened: '2020-09-30 10:00' })).toBe('2020-10-14 23:59:59.999'));
  it('may open on a holiday', () =>
    expect(deadline(dueWithin(1), { opened: '2020-10-03 08:00' })).toBe('2020-10-09 23:59:59.999'));
  it('is due on the last working day that is known when there are not enough', () =>
    expect(deadline(dueWithin(9), { opened: '2021-03-30 10:00' })).toBe('2021-03-31 23:59:59.999'));
});

describe('a task made by a row', () => {
  const due: DueRule = { kind: 'row' };

  it('is due at the end of the date in its row', () =>
    expect(deadline(due, { opened: '2020-10-15 09:00', row: '2020-11-08' })).toBe('2020-11-08 23:59:59.999'));
  it('is due on the day it opened when its row names none', () =>
    expect(deadline(due, { opened: '2020-10-15 09:00' })).toBe('2020-10-15 23:59:59.999'));
  it('is due on the day it opened when its row names what is no date', () =>
    expect(deadline(due, { opened: '2020-10-15 09:00', row: '' })).toBe('2020-10-15 23:59:59.999'));
});

describe('a task that opens beyond the day table', () => {
  it.each([
    ['a date', dueOn('2020-10-25')],
    ['working days', dueWithin(5)],
    ['a row', { kind: 'row' }],
  ] as const)('is due at the end of the table when it is due by %s', (_, due) =>
    expect(deadline(due, { opened: '2021-06-01 09:00' })).toBe('2021-03-31 23:59:59.999'),
  );
  it('counts an opening before the table as on its first day', () =>
    expect(deadline(dueWithin(1), { opened: '2020-08-01 09:00' })).toBe('2020-09-02 23:59:59.999'));
});

describe('a rung', () => {
  const rungAt = (id: string, date: string): string | undefined => {
    const at = findRungAt(campaign, STANDARD.rungs.find((rung) => rung.id === id)!, { deadline: endOf(date) });
    return at === undefined ? undefined : inBeijing(at);
  };

  it.each([
    ['before-3', '2020-10-10 09:00'],
    ['before-1', '2020-10-13 09:00'],
    ['on-day', '2020-10-14 09:00'],
    ['overdue', '2020-10-15 00:00'],
    ['after-2', '2020-10-16 09:00'],
    ['after-5', '2020-10-21 09:00'],
  ])('%s of 14 October speaks at %s', (id, at) => expect(rungAt(id, '2020-10-14')).toBe(at));
  it('looks back over the holiday', () => expect(rungAt('before-3', '2020-10-09')).toBe('2020-09-28 09:00'));
  it('looks ahead over the holiday and the make-up Saturday', () =>
    expect(rungAt('after-2', '2020-09-30')).toBe('2020-10-10 09:00'));
  it('speaks on the date itself when that is no working day', () =>
    expect(rungAt('on-day', '2020-10-25')).toBe('2020-10-25 09:00'));
  it('counts from a date that is no working day without counting it', () =>
    expect([rungAt('before-1', '2020-10-25'), rungAt('after-2', '2020-10-25')]).toEqual([
      '2020-10-23 09:00',
      '2020-10-27 09:00',
    ]));
  it('of being overdue speaks one millisecond after the deadline', () =>
    expect(findRungAt(campaign, STANDARD.rungs[3]!, { deadline: beijing('2020-10-14 12:00') })).toBe(
      beijing('2020-10-14 12:00:00.001'),
    ));
  it('is silent when its day lies after the table', () => expect(rungAt('after-2', '2021-03-30')).toBeUndefined());
  it('speaks on the last day of the table', () => expect(rungAt('after-2', '2021-03-29')).toBe('2021-03-31 09:00'));
  it('is silent when its day lies before the table', () => expect(rungAt('before-3', '2020-09-03')).toBeUndefined());
  it('speaks on the first day of the table', () => expect(rungAt('before-3', '2020-09-04')).toBe('2020-09-01 09:00'));
});

describe('the next rung', () => {
  const nextRung = ({
    deadline,
    openedAt,
    from = 0,
  }: {
    deadline: number;
    openedAt: number;
    from?: number;
  }): string | undefined => {
    const found = findNextRung(campaign, { ladder: 'standard', deadline, openedAt, from });
    return found && `${found.place} ${found.rung.id} ${inBeijing(found.at)}`;
  };

  it('is the first for a task that opened in good time', () =>
    expect(nextRung({ deadline: endOf('2020-10-14'), openedAt: startOf('2020-10-01') })).toBe('0 before-3 2020-10-10 09:00'));
  it('is the one after those that were passed', () =>
    expect(nextRung({ deadline: endOf('2020-10-14'), openedAt: startOf('2020-10-01'), from: 2 })).toBe(
      '2 on-day 2020-10-14 09:00',
    ));
  it('is none after the last', () =>
    expect(nextRung({ deadline: endOf('2020-10-14'), openedAt: startOf('2020-10-01'), from: 6 })).toBeUndefined());
  it('leaves out those that lie before the opening', () =>
    expect(nextRung({ deadline: endOf('2020-10-14'), openedAt: beijing('2020-10-13 09:00:00.001') })).toBe(
      '2 on-day 2020-10-14 09:00',
    ));
  it('is the one that speaks at the opening itself', () =>
    expect(nextRung({ deadline: endOf('2020-10-14'), openedAt: beijing('2020-10-13 09:00') })).toBe(
      '1 before-1 2020-10-13 09:00',
    ));
  it('is none when all that are left lie beyond the table', () =>
    expect(nextRung({ deadline: endOf('2021-03-31'), openedAt: startOf('2021-03-01'), from: 4 })).toBeUndefined());
  it('is none for a task that opened beyond the table', () =>
    expect(nextRung({ deadline: TABLE_ENDS - 1, openedAt: beijing('2021-06-01 09:00') })).toBeUndefined());
  it('is none without a ladder', () =>
    expect(findNextRung(campaign, { ladder: 'nowhere', deadline: endOf('2020-10-14'), openedAt: 0, from: 0 })).toBeUndefined());
});

describe('the date in a row', () => {
  const inRange = (date: string, now: string): boolean => isRowDueInRange(campaign, { date, now: beijing(now) });

  it('may be today', () => expect(inRange('2020-10-15', '2020-10-15 23:59:59.999')).toBe(true));
  it('may not be yesterday', () => expect(inRange('2020-10-14', '2020-10-15 00:00')).toBe(false));
  it("may be the campaign's last day", () => expect(inRange('2020-12-31', '2020-10-15 09:00')).toBe(true));
  it("may not be later than the campaign's last day", () => expect(inRange('2021-01-01', '2020-10-15 09:00')).toBe(false));
  it('may look a fortnight ahead once that day is past, so that late work is not locked out', () =>
    expect(['2021-01-05', '2021-01-19', '2021-01-20'].map((date) => inRange(date, '2021-01-05 09:00'))).toEqual([
      true,
      true,
      false,
    ]));
  it('may not be what is no date', () => expect(inRange('2020-11-31', '2020-10-15 09:00')).toBe(false));
  it('may not lie outside the table', () => expect(inRange('2022-01-01', '2020-10-15 09:00')).toBe(false));
  it('is judged without a fault when today lies beyond the table', () =>
    expect(inRange('2020-12-31', '2021-06-01 09:00')).toBe(false));
});

describe('the table of a single day', () => {
  const single = program({ days: dayTable('2020-10-15', '2020-10-15') });

  it('still gives deadlines', () =>
    expect(inBeijing(deadlineOf(single, { due: dueWithin(3), opensAt: 0 }, { openedAt: beijing('2020-10-15 09:00') }))).toBe(
      '2020-10-15 23:59:59.999',
    ));
  it('still gives the rungs of its day', () =>
    expect(
      STANDARD.rungs
        .map((rung) => findRungAt(single, rung, { deadline: endOf('2020-10-15') }))
        .map((at) => (at === undefined ? 'silent' : inBeijing(at))),
    ).toEqual(['silent', 'silent', '2020-10-15 09:00', '2020-10-16 00:00', 'silent', 'silent']));
});

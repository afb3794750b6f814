import { describe, expect, it } from 'vitest';
import { report, visit, visitCodes } from './visits.ts';

const LATE = ['REMINDER_AFTER_DEADLINE'];
const standard = (when: string): readonly [string, string] => ["workingDays: 0, at: '09:00'", when];
const hours = (text: string): readonly [string, string] => ['notice: 1', `notice: 1\nhours: { ${text} }`];
const NIGHT = hours("quiet: '21:00-07:30'");

describe('a reminder in quiet hours', () => {
  it.each([
    ['an hour before the end of a day', 'hours: -1', visit()],
    ['late on the last day', "workingDays: 0, at: '22:00'", visit()],
    ['an hour before the end of each day on which a task is due', 'hours: -1', visit(', due: { workingDays: 3 }')],
  ])('is sent after the deadline: %s', (_what, when, task) => expect(visitCodes([task], standard(when), NIGHT)).toEqual(LATE));

  it.each([
    ['a deadline after the night', 'hours: -10', visit(", due: { date: 2026-11-20, at: '12:00' }")],
    ['an evening that is still open', "workingDays: 0, at: '20:30'", visit()],
    ['the night before', 'hours: -20', visit()],
    ['what is said after the deadline anyway', 'when: overdue', visit()],
  ])('is in time: %s', (_what, when, task) =>
    expect(
      visitCodes([task, report("due: { date: 2026-11-20, at: '12:00' }")], standard(when), NIGHT).filter(
        (code) => code === LATE[0],
      ),
    ).toEqual([]),
  );

  it('is sent after a deadline on a day of rest', () => {
    const tasks = [visit(', due: { date: 2026-11-15 }'), report('due: { date: 2026-11-13 }')];
    const last = standard("days: 0, at: '09:00'");
    expect(visitCodes(tasks, last, hours('quietOnDaysOff: true'))).toEqual(LATE);
    expect(visitCodes(tasks, last, NIGHT)).toEqual([]);
  });
});

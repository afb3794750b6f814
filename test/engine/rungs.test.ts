/** Rungs in every unit, and rungs that say it again. */
import { describe, expect, it } from 'vitest';
import { rungsFor } from '../../engine/schedule.ts';
import type { Rung } from '../../model/plan.ts';
import { beijing, dueOn, endOf, inBeijing, nineOn, program, task } from './program-builder.ts';
import { Played } from './played.ts';

const remind = (id: string, over: Partial<Rung>): Rung => ({ id, kind: 'reminder', offset: null, to: 'assignee', ...over });
const withRungs = (...rungs: readonly Rung[]) =>
  program({
    tasks: [task({ id: 'a', due: dueOn('2020-10-23'), ladder: 'own' })],
    ladders: { own: { id: 'own', rungs } },
    hours: {
      work: [
        { fromMinute: 510, toMinute: 720 },
        { fromMinute: 840, toMinute: 1080 },
      ],
    },
  });
const timesOf = (deadline: number, ...rungs: readonly Rung[]): readonly string[] =>
  rungsFor(withRungs(...rungs), { ladder: 'own', deadline }).map(
    ({ rung, occurrence, at }) => `${rung.id}.${occurrence} ${inBeijing(at)}`,
  );

describe('a rung', () => {
  it('may be hours or minutes from the deadline; the end of a day is midnight', () => {
    const rungs = [
      remind('before', { offset: { unit: 'hours', count: -4 } }),
      remind('after', { offset: { unit: 'minutes', count: 90 } }),
    ];
    expect(timesOf(endOf('2020-10-23'), ...rungs)).toEqual(['before.1 2020-10-23 20:00', 'after.1 2020-10-24 01:30']);
    expect(timesOf(beijing('2020-10-23 17:00'), ...rungs)).toEqual(['before.1 2020-10-23 13:00', 'after.1 2020-10-23 18:30']);
  });
  it('may be days or weeks from its date, at a time of day', () =>
    expect(
      timesOf(
        beijing('2020-10-23 17:00'),
        remind('week', { offset: { unit: 'weeks', count: -1, atMinute: 540 } }),
        remind('days', { offset: { unit: 'days', count: 2, atMinute: 0 } }),
      ),
    ).toEqual(['week.1 2020-10-16 09:00', 'days.1 2020-10-25 00:00']));
  it('may be working hours after it', () =>
    expect(timesOf(beijing('2020-10-23 17:00'), remind('hours', { offset: { unit: 'workingHours', count: 4 } }))).toEqual([
      'hours.1 2020-10-26 11:30',
    ]));
  it('speaks in the order of time, whatever the order of the ladder', () => {
    const rungs = [remind('morning', { offset: nineOn(0) }), remind('hours', { offset: { unit: 'hours', count: -4 } })];
    expect(timesOf(beijing('2020-10-23 12:00'), ...rungs)).toEqual(['hours.1 2020-10-23 08:00', 'morning.1 2020-10-23 09:00']);
    expect(timesOf(beijing('2020-10-23 14:00'), ...rungs)).toEqual(['morning.1 2020-10-23 09:00', 'hours.1 2020-10-23 10:00']);
  });
});

describe('a rung that says it again', () => {
  const weekly = remind('weekly', { offset: nineOn(2), repeat: { every: { unit: 'weeks', count: 1 }, times: 2 } });

  it('keeps its time of day, so many times', () =>
    expect(timesOf(endOf('2020-10-23'), weekly)).toEqual([
      'weekly.1 2020-10-27 09:00',
      'weekly.2 2020-11-03 09:00',
      'weekly.3 2020-11-10 09:00',
    ]));
  it('takes another time of day where one is said', () =>
    expect(
      timesOf(
        endOf('2020-10-23'),
        remind('overdue', { repeat: { every: { unit: 'workingDays', count: 1, atMinute: 540 }, times: 2 } }),
      ),
    ).toEqual(['overdue.1 2020-10-24 00:00', 'overdue.2 2020-10-26 09:00', 'overdue.3 2020-10-27 09:00']));
  it('ends with the table', () => expect(timesOf(endOf('2021-03-23'), weekly)).toEqual(['weekly.1 2021-03-25 09:00']));
  it('speaks between the others', () => {
    const late = remind('late', { offset: nineOn(6), to: 'office', kind: 'escalation' });
    const household = new Played(withRungs(weekly, late)).at('2020-12-01 00:00');
    expect(household.rungs).toEqual([
      'weekly cadre-1 2020-10-27 09:00',
      'late office-1 2020-11-02 09:00',
      'weekly cadre-1 2020-11-03 09:00',
      'weekly cadre-1 2020-11-10 09:00',
    ]);
  });
  it('claims each time once, by its number', () => {
    const household = new Played(withRungs(weekly)).at('2020-11-04 00:00');
    const said = household.messages.filter(({ rung }) => rung === 'weekly');
    expect(said.map(({ claim, occurrence }) => [claim, occurrence])).toEqual([
      ['h/1|a|0|weekly|cadre-1', undefined],
      ['h/1|a|0|weekly.2|cadre-1', 2],
    ]);
    const reached = household.effects.audit.filter(({ kind }) => kind === 'rungReached');
    expect(reached.map(({ detail }) => detail!['occurrence'])).toEqual([1, 2]);
  });
  it('falls silent once the task is done', () => {
    const household = new Played(withRungs(weekly)).at('2020-10-28 00:00');
    household.complete('a', { lateReason: true });
    expect(household.at('2020-12-01 00:00').rungs).toEqual(['weekly cadre-1 2020-10-27 09:00']);
  });
  it('that began before the opening speaks from the opening on', () => {
    const early = remind('early', { offset: nineOn(-10), repeat: { every: { unit: 'days', count: 2 }, times: 8 } });
    expect(new Played(withRungs(early)).at('2020-12-01 00:00').rungs).toEqual(
      ['14', '16', '18', '20', '22', '24', '26'].map((day) => `early cadre-1 2020-10-${day} 09:00`),
    );
  });
});

describe('in quiet hours', () => {
  const quiet = { quiet: { fromMinute: 21 * 60, toMinute: 7 * 60 + 30 } };
  const household = new Played({ ...withRungs(remind('overdue', {})), hours: quiet }).at('2020-10-24 06:00');

  it('a rung is claimed at its own instant, and sent when they are over', () => {
    const [said] = household.messages.filter(({ rung }) => rung === 'overdue');
    expect([inBeijing(said!.at), inBeijing(said!.sendAt!)]).toEqual(['2020-10-24 00:00', '2020-10-24 07:30']);
  });
  it('an opening at midnight is told in the morning', () =>
    expect(household.messages.filter(({ purpose }) => purpose === 'opened').map(({ sendAt }) => inBeijing(sendAt!))).toEqual([
      '2020-10-13 07:30',
    ]));
  it('what is said by day leaves at once', () => {
    const byDay = new Played({ ...withRungs(remind('nine', { offset: nineOn(0) })), hours: quiet }).at('2020-10-23 10:00');
    expect(byDay.messages.find(({ rung }) => rung === 'nine')).not.toHaveProperty('sendAt');
  });
});

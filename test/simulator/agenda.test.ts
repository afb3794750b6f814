import { describe, expect, it } from 'vitest';
import { Agenda } from '../../simulator/agenda.ts';
import { ALL_IN_TIME, type Duty, type Habits, SOME_LATE } from '../../simulator/people.ts';

const DAY = 86_400_000;
const ENDS_AT = 80 * DAY;
const duty = (given: Partial<Duty> = {}): Duty => ({
  ...{ instance: 'h/1', task: 'visit', status: 'open', openedAt: 0, since: 0, deadline: 8 * DAY, returns: 0, step: 0 },
  ...given,
});
const agendaOf = (habits: Habits = ALL_IN_TIME, seed = 1) => new Agenda({ seed, habits, endsAt: ENDS_AT });
const many = (count: number): Duty[] => Array.from({ length: count }, (_, index) => duty({ instance: `h/${index}` }));

describe('an agenda', () => {
  it('lets nobody act before their time', () => {
    const agenda = agendaOf();
    agenda.note(duty());
    expect(agenda.takeDue(0, 10)).toEqual([]);
    expect(agenda.planned).toBe(1);
  });

  it('gives each act once', () => {
    const agenda = agendaOf();
    agenda.note(duty());
    expect(agenda.takeDue(ENDS_AT, 10)).toEqual([expect.objectContaining({ act: 'complete', duty: duty() })]);
    expect(agenda.takeDue(ENDS_AT, 10)).toEqual([]);
  });

  it('plans a duty heard of twice once', () => {
    const agenda = agendaOf();
    agenda.note(duty());
    agenda.note(duty());
    expect(agenda.takeDue(ENDS_AT, 10)).toHaveLength(1);
    agenda.note(duty());
    expect(agenda.takeDue(ENDS_AT, 10)).toEqual([]);
  });

  it('puts a later state of a task in the place of the earlier', () => {
    const agenda = agendaOf();
    agenda.note(duty());
    agenda.note(duty({ status: 'inReview', since: DAY }));
    expect(agenda.takeDue(ENDS_AT, 10).map(({ act }) => act)).toEqual(['accept']);
  });

  it('plans a returned task again', () => {
    const agenda = agendaOf();
    agenda.note(duty());
    agenda.takeDue(ENDS_AT, 10);
    agenda.note(duty({ status: 'returned', returns: 1, since: 2 * DAY }));
    expect(agenda.takeDue(ENDS_AT, 10)).toHaveLength(1);
  });

  it('gives the earliest first, and no more than there are hands', () => {
    const agenda = agendaOf();
    for (const one of many(20)) agenda.note(one);
    const taken = [...agenda.takeDue(ENDS_AT, 8), ...agenda.takeDue(ENDS_AT, 20)];
    expect(taken).toHaveLength(20);
    expect(taken.map(({ at }) => at)).toEqual(taken.map(({ at }) => at).sort((a, b) => a - b));
  });

  it.each([0.2, 0.9])('has what is done in time done in that part of the time: %s', (pace) => {
    const agenda = agendaOf({ ...ALL_IN_TIME, pace });
    for (const one of many(200)) agenda.note(one);
    const instants = agenda.takeDue(ENDS_AT, 200).map(({ at }) => at / (8 * DAY));
    expect(Math.max(...instants)).toBeLessThanOrEqual(pace);
    expect(Math.max(...instants)).toBeGreaterThan(pace - 0.05);
  });

  it.each([1, 20])('has late work done at most so many days after its deadline: %s', (delayDays) => {
    const agenda = agendaOf({ ...ALL_IN_TIME, late: 1, delayDays });
    for (const one of many(200)) agenda.note(one);
    const days = agenda.takeDue(ENDS_AT, 200).map(({ at }) => at / DAY - 8);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...days)).toBeLessThanOrEqual(delayDays);
    expect(Math.max(...days)).toBeGreaterThanOrEqual(delayDays * 0.9);
  });

  it('counts what nobody will ever do', () => {
    const agenda = agendaOf({ ...ALL_IN_TIME, never: 1 });
    for (const one of many(3)) agenda.note(one);
    expect([agenda.left, agenda.planned]).toEqual([3, 0]);
  });

  it('is the same for the same seed, in whatever order it hears of duties', () => {
    const plans = [many(50), many(50).reverse()].map((duties) => {
      const agenda = agendaOf(SOME_LATE, 7);
      for (const one of duties) agenda.note(one);
      return agenda.takeDue(2 * ENDS_AT, 100).map(({ at, duty: { instance } }) => `${instance} ${at}`);
    });
    expect(plans[0]).toEqual(plans[1]);
  });

  it('is another for another seed', () => {
    const [one, other] = [1, 2].map((seed) => {
      const agenda = agendaOf(SOME_LATE, seed);
      agenda.note(duty());
      return agenda.takeDue(2 * ENDS_AT, 1)[0]?.at;
    });
    expect(one).not.toBe(other);
  });
});

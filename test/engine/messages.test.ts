import { describe, expect, it } from 'vitest';
import { composeFlush } from '../../engine/flush-rows.ts';
import type { ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, confirmBy, dueOn, program, STANDARD, startOf, task } from './program-builder.ts';
import { type Circumstances, Played } from './played.ts';

/** Due on Friday 20 November, so that its rungs fall on 17, 19, 20, 21, 24 and 27 November. */
const nagged = (over: Partial<ProgramTask> = {}, circumstances: Circumstances = {}) =>
  new Played(program({ tasks: [task({ id: 'visit', ladder: 'standard', due: dueOn('2020-11-20'), ...over })] }), circumstances);
const END = '2020-12-31 23:59';

describe('the ladder of a task that nobody does', () => {
  it('speaks on every rung, once, to whom the rung names', () =>
    expect(nagged().at(END).rungs).toEqual([
      'before-3 cadre-1 2020-11-17 09:00',
      'before-1 cadre-1 2020-11-19 09:00',
      'on-day cadre-1 2020-11-20 09:00',
      'overdue cadre-1 2020-11-21 00:00',
      'after-2 head-1 2020-11-24 09:00',
      'after-5 office-1 2020-11-27 09:00',
    ]));
  it('never ends the task', () => expect(nagged().at(END).status('visit')).toBe('open'));
  it('leaves its deadline alone', () => expect(nagged().at(END).deadline('visit')).toBe('2020-11-20 23:59:59.999'));
  it('reminds first and then escalates', () =>
    expect(
      nagged()
        .at(END)
        .messages.slice(1)
        .map(({ purpose }) => purpose),
    ).toEqual(['reminder', 'reminder', 'reminder', 'reminder', 'escalation', 'escalation']));
  it('claims each rung for itself', () => {
    const claims = nagged()
      .at(END)
      .messages.map(({ claim }) => claim);
    expect(new Set(claims).size).toBe(7);
  });
  it('names instance, task, revision of the deadline, rung and recipient in its claim', () =>
    expect(nagged().at(END).messages.at(-1)?.claim).toBe('h/1|visit|0|after-5|office-1'));
  it('marks what leaves as a list', () =>
    expect(
      nagged()
        .at(END)
        .messages.filter(({ digest }) => digest === 'daily')
        .map(({ rung }) => rung),
    ).toEqual(['after-5']));
  it('speaks by itself, so that its messages may leave at once', () =>
    expect(
      nagged()
        .at(END)
        .messages.filter(({ rung, cause }) => rung !== undefined && cause !== 'wake'),
    ).toEqual([]));
  it('is written in the audit', () =>
    expect(nagged().at('2020-11-17 09:00').effects.audit.at(-1)).toEqual({
      at: beijing('2020-11-17 09:00'),
      kind: 'rungReached',
      task: 'visit',
      actor: 'time',
      detail: { rung: 'before-3', recipient: 'cadre-1', role: 'assignee' },
    }));
});

describe('rungs and the opening', () => {
  it('drop what lies before it', () =>
    expect(nagged({ opensAt: beijing('2020-11-19 09:00') + 1 }).at('2020-11-21 00:00').rungs).toEqual([
      'on-day cadre-1 2020-11-20 09:00',
      'overdue cadre-1 2020-11-21 00:00',
    ]));
  it('speak when they fall on it', () =>
    expect(nagged({ opensAt: beijing('2020-11-19 09:00') }).at('2020-11-19 09:00').rungs).toEqual([
      'before-1 cadre-1 2020-11-19 09:00',
    ]));
  it('speak when they fall on an opening by command', () => {
    const household = new Played(
      program({
        tasks: [task({ id: 'visit' }), task({ id: 'list', after: ['visit'], ladder: 'standard', due: dueOn('2020-10-23') })],
      }),
    );
    household.at('2020-10-22 09:00').complete('visit');
    expect(household.at('2020-10-22 09:00').rungs).toEqual(['before-1 cadre-1 2020-10-22 09:00']);
  });
});

describe('a task that is settled', () => {
  it('is nagged about no more', () => {
    const household = nagged().at('2020-11-18 09:00');
    household.complete('visit');
    expect(household.at(END).rungs).toEqual(['before-3 cadre-1 2020-11-17 09:00']);
  });
  it('has nothing to wake for', () => {
    const household = nagged().at('2020-11-18 09:00');
    household.complete('visit');
    expect(household.wake).toBeNull();
  });
  it('by its phase is nagged about no more', () =>
    expect(
      nagged({ atEnd: 'close', due: dueOn('2020-10-22') })
        .at(END)
        .rungs.at(-1),
    ).toBe('overdue cadre-1 2020-10-23 00:00'));
});

describe('a task in review', () => {
  const submitted = (reviewer: string) => {
    const household = nagged({ reviews: [confirmBy(reviewer)] }).at('2020-11-18 09:00');
    household.complete('visit');
    return household;
  };

  it('is the reviewer’s to be reminded of', () =>
    expect(submitted('union-officer').at('2020-11-21 00:00').rungs).toEqual([
      'before-3 cadre-1 2020-11-17 09:00',
      'before-1 officer-1 2020-11-19 09:00',
      'on-day officer-1 2020-11-20 09:00',
      'overdue officer-1 2020-11-21 00:00',
    ]));
  it('is made known one level above the reviewer when the rung names the reviewer', () =>
    expect(submitted('union-head').at('2020-11-24 09:00').rungs.at(-1)).toBe('after-2 office-1 2020-11-24 09:00'));
  it('is made known to the role of the rung when another reviews', () =>
    expect(submitted('union-officer').at('2020-11-24 09:00').rungs.at(-1)).toBe('after-2 head-1 2020-11-24 09:00'));
  it('is the holder’s to be reminded of once it is returned', () => {
    const household = submitted('union-officer').at('2020-11-19 10:00');
    household.sendBack('visit');
    expect(household.at('2020-11-20 09:00').rungs.at(-1)).toBe('on-day cadre-1 2020-11-20 09:00');
  });
  it('does not repeat a rung after its return', () => {
    const household = submitted('union-officer').at('2020-11-20 10:00');
    household.sendBack('visit');
    household.complete('visit');
    household.sendBack('visit');
    expect(household.at('2020-11-20 23:59').rungs.map((rung) => rung.split(' ')[0])).toEqual(['before-3', 'before-1', 'on-day']);
  });
});

describe('an escalation', () => {
  it('goes one up when the role holds the task itself', () =>
    expect(
      nagged({ holder: { role: 'union-head' } })
        .at('2020-11-24 09:00')
        .rungs.at(-1),
    ).toBe('after-2 office-1 2020-11-24 09:00'));
  it('goes one up when the role is vacant, and says so', () =>
    expect(
      nagged({}, { roles: { cadre: 'cadre-1', office: 'office-1' } })
        .at('2020-11-24 09:00')
        .messages.at(-1),
    ).toMatchObject({
      recipient: 'office-1',
      role: 'office',
      passedOver: ['union-head'],
    }));
  it('that has nobody to go to is written in the audit', () =>
    expect(
      nagged({}, { roles: { cadre: 'cadre-1' } })
        .at('2020-11-24 09:00')
        .effects.audit.slice(-2),
    ).toMatchObject([
      { kind: 'rungReached', detail: { rung: 'after-2', recipient: null, role: 'union-head' } },
      { kind: 'nobodyToTell', detail: { purpose: 'escalation', rung: 'after-2', role: 'union-head' } },
    ]));
  it('that has nobody to go to does not stop the ladder', () =>
    expect(
      nagged({}, { roles: { cadre: 'cadre-1', office: 'cadre-1' } })
        .at(END)
        .task('visit').rung,
    ).toBe(6));
});

describe('a reminder to nobody', () => {
  it('is written in the audit when nobody holds the task', () =>
    expect(nagged({}, { roles: {} }).at('2020-11-17 09:00').audited('visit')).toEqual([
      'taskOpened',
      'nobodyToTell',
      'rungReached',
      'nobodyToTell',
    ]));
  it('is written in the audit when nobody reviews it', () => {
    const household = nagged({ holder: { role: 'office' }, reviews: [acceptBy('office')] }).at('2020-11-18 09:00');
    household.complete('visit');
    expect(household.at('2020-11-19 09:00').audited('visit').slice(-2)).toEqual(['rungReached', 'nobodyToTell']);
  });
});

describe('the messages about one task', () => {
  it('carry no words, only ids, instants and roles', () =>
    expect(
      nagged({ opensAt: startOf('2020-11-02') })
        .at('2020-11-17 09:00')
        .messages.at(-1),
    ).toEqual({
      kind: 'message',
      purpose: 'reminder',
      claim: 'h/1|visit|0|before-3|cadre-1',
      at: beijing('2020-11-17 09:00'),
      cause: 'wake',
      recipient: 'cadre-1',
      role: 'assignee',
      passedOver: [],
      task: 'visit',
      template: 'visit',
      deadline: beijing('2020-11-20 23:59:59.999'),
      rung: 'before-3',
    }));
  it('have one claim each through opening, review, return and review again', () => {
    const household = nagged({ reviews: [confirmBy('union-officer'), acceptBy('union-head')] });
    for (let round = 0; round < 3; round += 1) {
      household.complete('visit');
      household.accept('visit');
      household.sendBack('visit');
    }
    const claims = household.at(END).messages.map(({ claim }) => claim);
    expect([claims.length, new Set(claims).size]).toEqual([1 + 3 * 3 + STANDARD.rungs.length, claims.length]);
  });
  it('are all in the flush', () => {
    const household = nagged().at(END);
    const flush = composeFlush(household.program, {
      snapshot: household.snapshot,
      effects: household.effects,
      number: 1,
      full: false,
    });
    expect(flush.outbox).toEqual(household.outbox);
  });
});

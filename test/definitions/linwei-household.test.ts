/** What a household of the first campaign lives through, as its definition says, played on the core. */
import { describe, expect, it } from 'vitest';
import type { RowFacts } from '../../model/command.ts';
import type { Facts } from '../../model/plan.ts';
import { Played } from '../engine/played.ts';
import { linwei } from './linwei.ts';

const ROLES = { office: 'o1', 'leading-group': 'g1', 'union-head': 'h1', 'union-officer': 'u1', inspector: 'i1' };

/** The facts at enrolment as the register and the definition give them. */
function factsAtEnrolment(register: Facts): Facts {
  return Object.fromEntries(
    linwei.plan.facts
      .filter(({ scope }) => scope === 'household')
      .map(({ id, initial }) => [id, register[id] ?? initial ?? null]),
  );
}

function household(register: Facts = {}): Played {
  const facts = factsAtEnrolment({ enrolment: 'on-file', fileLevel: 'national', class: 'deep', ...register });
  return new Played(linwei.programs.household, { roles: ROLES, facts }).at('2020-10-21 09:00');
}

const measureRow = (row: number, due: string): RowFacts => ({ table: 'measures', row, due, holder: 'u1' });

/** Verified, paired, visited and determined. */
function determined(facts: Facts, register: Facts = {}): Played {
  const played = household(register);
  played.complete('verification');
  played.complete('pairing', { facts: { cadre: 'k1' } });
  played.complete('difficulty-list');
  played.accept('difficulty-list');
  played.complete('visit');
  played.accept('visit');
  played.complete('determination', { facts });
  return played;
}

/** On to the aid list, with one measure done. */
function aided(liftable: boolean): Played {
  const played = determined({ outcome: 'assist', classChanged: false }).at('2020-10-29 09:00');
  played.complete('aid-list', { facts: { liftable }, rows: [measureRow(1, '2020-11-20')] });
  return played;
}

describe('a household on file', () => {
  it('is verified and paired at once, by the officer of its union', () => {
    const played = household();
    expect(Object.keys(played.snapshot.tasks)).toEqual(['verification', 'pairing']);
    expect(played.assignee('verification')).toBe('u1');
    expect(played.deadline('verification')).toContain('2020-10-28 23:59');
  });

  it('is visited by the cadre it is paired with', () => {
    const played = household();
    played.complete('pairing', { facts: { cadre: 'k1' } });
    expect(played.assignee('visit')).toBe('k1');
  });

  it('has its difficulties listed once it is both verified and paired', () => {
    const played = household();
    played.complete('verification');
    expect(played.status('difficulty-list')).toBe('waiting');
    played.complete('pairing', { facts: { cadre: 'k1' } });
    expect(played.status('difficulty-list')).toBe('open');
  });

  it('has its difficulty list confirmed by the cadre, who signs it too', () => {
    const played = household();
    played.complete('verification');
    played.complete('pairing', { facts: { cadre: 'k1' } });
    expect(played.complete('difficulty-list')).toBe('inReview');
    expect(played.assignee('difficulty-list')).toBe('k1');
  });
});

describe('a determination', () => {
  it('to assist needs nobody else when the class stays', () =>
    expect(determined({ outcome: 'assist', classChanged: false }).status('determination')).toBe('done'));

  it.each([
    ['to change the class', { outcome: 'assist', class: 'relative', classChanged: true }],
    ['to exit', { outcome: 'exit', exitReason: 'moved', classChanged: false }],
  ])('%s needs the head of the union, then the office', (_, facts) => {
    const played = determined(facts);
    expect(played.assignee('determination')).toBe('h1');
    played.accept('determination');
    expect(played.assignee('determination')).toBe('o1');
    expect(played.accept('determination')).toBe('done');
  });

  it('to exit counts only once it is accepted', () => {
    const played = determined({ outcome: 'exit', exitReason: 'lifted', classChanged: false });
    expect(played.snapshot.facts['standing']).toBe('on-file');
    played.accept('determination');
    played.accept('determination');
    expect(played.snapshot.facts['standing']).toBe('lifted');
  });

  it.each(['not-eligible', 'moved', 'died', 'duplicate', 'other'])(
    'to exit because %s ends the household’s standing without lifting it',
    (exitReason) => {
      const played = determined({ outcome: 'exit', exitReason, classChanged: false });
      played.accept('determination');
      played.accept('determination');
      expect(played.snapshot.facts['standing']).toBe('exited');
      expect(played.at('2020-12-20 09:00').status('aid-list')).toBe('waiting');
    },
  );
});

describe('aid', () => {
  it('begins with its phase, five working days for the list', () => {
    const played = determined({ outcome: 'assist', classChanged: false });
    expect(played.status('aid-list')).toBe('waiting');
    played.at('2020-10-29 00:00');
    expect(played.deadline('aid-list')).toContain('2020-11-05 23:59');
  });

  it('makes of each row a measure due when the row says, and a contact with the lead unit', () => {
    const played = aided(true);
    expect(played.deadline('measure:aid-list.1')).toContain('2020-11-20 23:59');
    expect(played.assignee('measure:aid-list.1')).toBe('u1');
    expect(played.deadline('lead-unit-contact:aid-list.1')).toContain('2020-11-05 23:59');
  });

  it('is summed up when every measure has been accepted, and lifts the household when head and office agree', () => {
    const played = aided(true);
    played.complete('measure:aid-list.1');
    expect(played.assignee('measure:aid-list.1')).toBe('h1');
    expect(played.status('aid-result')).toBe('waiting');
    played.accept('measure:aid-list.1');
    expect(played.status('aid-result')).toBe('open');
    played.complete('aid-result', { facts: { aidResult: 'lifted' } });
    played.accept('aid-result');
    played.accept('aid-result');
    expect(played.snapshot.facts['standing']).toBe('lifted');
    expect(played.status('safety-net-referral')).toBe('waiting');
  });

  it('that could not lift the household yet goes on to the safety net and to regular aid, without a review', () => {
    const played = aided(true);
    played.complete('measure:aid-list.1');
    played.accept('measure:aid-list.1');
    expect(played.complete('aid-result', { facts: { aidResult: 'not-yet' } })).toBe('done');
    expect([played.status('safety-net-referral'), played.status('regular-aid')]).toEqual(['open', 'open']);
  });

  it.each([
    ['the safety net comes first', ['safety-net-referral', 'regular-aid']],
    ['regular aid comes first', ['regular-aid', 'safety-net-referral']],
  ])('relieves a household that cannot be lifted once it has both, whichever comes first: %s', (_, [first, second]) => {
    const played = aided(false);
    expect(played.status('aid-result')).toBe('waiting');
    played.complete(first!);
    expect(played.snapshot.facts['standing']).toBe('on-file');
    played.complete(second!);
    expect(played.snapshot.facts['standing']).toBe('relieved');
  });
});

describe('the look-back', () => {
  it('is made at a household lifted in an earlier year, and nothing else is', () => {
    const played = household({ enrolment: 'earlier-lifted' });
    expect(Object.keys(played.snapshot.tasks)).toEqual([]);
    expect(Object.keys(played.at('2020-12-16 09:00').snapshot.tasks)).toEqual(['look-back']);
  });

  it('is not made at a household that was not lifted', () =>
    expect(household().at('2020-12-20 09:00').status('look-back')).toBe('waiting'));

  it('leaves a stable household lifted', () => {
    const played = household({ enrolment: 'earlier-lifted' }).at('2020-12-16 09:00');
    expect(played.complete('look-back', { facts: { lookBack: 'stable', stillEligible: false } })).toBe('done');
    expect(played.snapshot.facts['standing']).toBe('lifted');
    expect([played.status('continued-aid'), played.status('relapse-aid')]).toEqual(['waiting', 'waiting']);
  });

  it('sets measures against a relapse where there is a risk', () => {
    const played = household({ enrolment: 'earlier-lifted' }).at('2020-12-16 09:00');
    played.complete('look-back', {
      facts: { lookBack: 'at-risk', stillEligible: false },
      rows: [{ table: 'prevention', row: 1, due: '2020-12-25', holder: 'u1' }],
    });
    expect(played.deadline('prevention:look-back.1')).toContain('2020-12-25 23:59');
  });

  it('changes the class and continues aid where the household still meets a standard', () => {
    const played = household({ enrolment: 'earlier-lifted' }).at('2020-12-16 09:00');
    played.complete('look-back', { facts: { lookBack: 'stable', stillEligible: true, class: 'sudden' } });
    expect(played.snapshot.facts['class']).toBe('sudden');
    expect(played.status('continued-aid')).toBe('open');
  });

  it('puts a relapsed household on file again under its own identity, once head and office agree', () => {
    const played = household({ enrolment: 'earlier-lifted' }).at('2020-12-16 09:00');
    expect(played.complete('look-back', { facts: { lookBack: 'relapsed' } })).toBe('inReview');
    played.accept('look-back');
    expect(played.status('relapse-aid')).toBe('waiting');
    played.accept('look-back');
    expect(played.snapshot.facts).toMatchObject({ standing: 'on-file', relapsed: true, enrolment: 'earlier-lifted' });
    expect([played.status('relapse-aid'), played.status('continued-aid')]).toEqual(['open', 'waiting']);
  });
});

describe('overdue work of a household', () => {
  it('is reminded of three and one working days before and on the day, then made known to head, office and leading group', () => {
    const played = household().at('2020-11-10 00:00');
    expect(
      played.messages
        .filter(({ task, rung }) => task === 'verification' && rung !== undefined)
        .map(({ rung, recipient }) => `${rung} ${recipient}`),
    ).toEqual(['three-days-before u1', 'one-day-before u1', 'on-the-day u1', 'overdue h1', 'office o1', 'leading-group g1']);
  });

  it('reaches the leading group only in its daily list', () => {
    const played = household().at('2020-11-10 00:00');
    expect(played.messages.filter(({ recipient }) => recipient === 'g1').every(({ digest }) => digest === 'daily')).toBe(true);
  });
});

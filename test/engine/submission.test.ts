import { describe, expect, it } from 'vitest';
import type { ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, confirmBy, dueWithin, is, program, task } from './program-builder.ts';
import { Played } from './played.ts';

const played = (over: Partial<ProgramTask> = {}, facts = {}) =>
  new Played(program({ tasks: [task({ id: 'visit', ...over })] }), { facts });
const CHAIN = [confirmBy('union-officer'), acceptBy('union-head')];

describe('a task without reviews', () => {
  it('is done when it is completed', () => expect(played().complete('visit')).toBe('done'));
  it('keeps who submitted what and when', () => {
    const household = played().at('2020-10-20 09:00');
    household.complete('visit', { id: 'c-visit' });
    const at = beijing('2020-10-20 09:00');
    expect(household.task('visit')).toMatchObject({
      submission: 'c-visit',
      submittedAt: at,
      submittedBy: 'cadre-1',
      settledAt: at,
      decidedBy: 'c-visit',
    });
  });
  it('holds nothing back once it is done', () => {
    const household = played();
    household.complete('visit', { facts: { poor: true }, rows: [{ table: 't', row: 1 }] });
    expect(household.task('visit')).not.toHaveProperty('held');
  });
});

describe('a task with a chain of reviews', () => {
  it('goes to the first reviewer', () => {
    const household = played({ reviews: CHAIN });
    expect([household.complete('visit'), household.assignee('visit')]).toEqual(['inReview', 'officer-1']);
  });
  it('goes on to the second once the first has confirmed', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit');
    expect([household.accept('visit'), household.assignee('visit')]).toEqual(['inReview', 'head-1']);
  });
  it('is done once the last has accepted', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit');
    household.accept('visit');
    expect([household.accept('visit'), household.task('visit').reviewer]).toEqual(['done', null]);
  });
  it('tells each reviewer in turn', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit');
    household.accept('visit');
    expect(household.messages.filter(({ purpose }) => purpose === 'toReview').map(({ recipient }) => recipient)).toEqual([
      'officer-1',
      'head-1',
    ]);
  });
  it('is written in the audit step by step', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit');
    household.accept('visit');
    household.accept('visit');
    expect(household.audited('visit')).toEqual(['taskOpened', 'taskSubmitted', 'stepAccepted', 'stepAccepted', 'taskDone']);
  });
  it('is late by its submission, however long the review takes', () => {
    const household = played({ reviews: CHAIN }).at('2020-10-25 23:59:59.999');
    household.complete('visit');
    household.at('2020-11-20 09:00').accept('visit');
    household.accept('visit');
    expect(household.answer?.late).toBe(false);
  });
});

describe('a review step with a condition', () => {
  const reviews = [acceptBy('union-head', is('class', 'deep')), acceptBy('office', is('sum', 'large'))];

  it('is asked when what was submitted says so', () => {
    const household = played({ reviews });
    household.complete('visit', { facts: { class: 'deep' } });
    expect(household.assignee('visit')).toBe('head-1');
  });
  it('is left out when it does not', () => {
    const household = played({ reviews });
    household.complete('visit', { facts: { sum: 'large' } });
    expect(household.assignee('visit')).toBe('office-1');
  });
  it('reads what was known before where the submission is silent', () => {
    const household = played({ reviews }, { class: 'deep' });
    household.complete('visit');
    expect(household.assignee('visit')).toBe('head-1');
  });
  it('reads what was known before where the question was not answered', () => {
    const household = played({ reviews }, { class: 'deep' });
    household.complete('visit', { facts: { class: null } });
    expect(household.assignee('visit')).toBe('head-1');
  });
  it('reads the submission where both speak', () => {
    const household = played({ reviews }, { class: 'deep' });
    expect(household.complete('visit', { facts: { class: 'relative' } })).toBe('done');
  });
});

describe('what a form says', () => {
  it('counts at once when there is no review', () => {
    const household = played();
    household.complete('visit', { facts: { class: 'relative' } });
    expect(household.snapshot.facts).toEqual({ class: 'relative' });
  });
  it('does not count while it is in review', () => {
    const household = played({ reviews: CHAIN }, { class: 'deep' });
    household.complete('visit', { facts: { class: 'relative' } });
    household.accept('visit');
    expect(household.snapshot.facts).toEqual({ class: 'deep' });
  });
  it('counts once it is accepted', () => {
    const household = played({ reviews: CHAIN }, { class: 'deep' });
    household.complete('visit', { facts: { class: 'relative' } });
    household.accept('visit');
    household.accept('visit');
    expect(household.snapshot.facts).toEqual({ class: 'relative' });
  });
  it('never counts when it was returned', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit', { facts: { class: 'deep', poor: true } });
    household.sendBack('visit');
    household.complete('visit', { facts: { class: 'relative' } });
    household.accept('visit');
    household.accept('visit');
    expect(household.snapshot.facts).toEqual({ class: 'relative' });
  });
  it('leaves what was known where a question was not answered', () => {
    const household = played({}, { class: 'deep' });
    household.complete('visit', { facts: { class: null, poor: false } });
    expect(household.snapshot.facts).toEqual({ class: 'deep', poor: false });
  });
});

describe('a returned task', () => {
  const returned = () => {
    const household = played({ reviews: CHAIN, due: dueWithin(5) }).at('2020-10-16 09:00');
    household.complete('visit', { facts: { class: 'deep' } });
    household.accept('visit');
    household.at('2020-10-19 09:00').sendBack('visit');
    return household;
  };

  it('goes back to its holder', () =>
    expect([returned().status('visit'), returned().assignee('visit')]).toEqual(['returned', 'cadre-1']));
  it('keeps its first deadline', () => expect(returned().deadline('visit')).toBe('2020-10-20 23:59:59.999'));
  it('forgets what it held back', () => expect(returned().task('visit')).not.toHaveProperty('held'));
  it('tells its holder', () =>
    expect(returned().messages.at(-1)).toMatchObject({
      purpose: 'returned',
      recipient: 'cadre-1',
      at: beijing('2020-10-19 09:00'),
    }));
  it('has the reason in the audit, as the id of the stored words', () =>
    expect(returned().effects.audit.at(-1)).toMatchObject({
      kind: 'taskReturned',
      actor: 'head-1',
      detail: { reason: 'r1', step: 1 },
    }));
  it('starts again with the first reviewer', () => {
    const household = returned();
    household.complete('visit');
    expect([household.task('visit').step, household.assignee('visit')]).toEqual([0, 'officer-1']);
  });
  it('is late when it is submitted again after the first deadline', () => {
    const household = returned().at('2020-10-21 00:00');
    expect([household.complete('visit'), household.complete('visit', { lateReason: true }), household.answer?.late]).toEqual([
      'LATE_REASON_REQUIRED',
      'inReview',
      true,
    ]);
  });
  it('tells its reviewer again of the next submission', () => {
    const household = returned();
    household.complete('visit');
    const claims = household.messages.filter(({ recipient }) => recipient === 'officer-1').map(({ claim }) => claim);
    expect([claims.length, new Set(claims).size]).toEqual([2, 2]);
  });
});

describe('outcomes', () => {
  it('set their facts when the task is done', () => {
    const household = played({ outcomes: [{ set: { verdict: 'seen' } }] });
    household.complete('visit');
    expect(household.snapshot.facts['verdict']).toBe('seen');
  });
  it('wait for the review', () => {
    const household = played({ outcomes: [{ set: { verdict: 'seen' } }], reviews: CHAIN });
    household.complete('visit');
    expect(household.snapshot.facts).toEqual({});
  });
  it('are left out when their condition does not hold', () => {
    const household = played({ outcomes: [{ when: is('class', 'deep'), set: { verdict: 'deep' } }] });
    household.complete('visit', { facts: { class: 'relative' } });
    expect(household.snapshot.facts).toEqual({ class: 'relative' });
  });
  it('see what the one before them set', () => {
    const household = played({
      outcomes: [
        { when: is('income', 'enough'), set: { verdict: 'lifted' } },
        { when: is('verdict', 'lifted'), set: { exit: true } },
      ],
    });
    household.complete('visit', { facts: { income: 'enough' } });
    expect(household.snapshot.facts).toEqual({ income: 'enough', verdict: 'lifted', exit: true });
  });
  it('do not see what the one after them sets', () => {
    const household = played({
      outcomes: [
        { when: is('verdict', 'lifted'), set: { exit: true } },
        { when: is('income', 'enough'), set: { verdict: 'lifted' } },
      ],
    });
    household.complete('visit', { facts: { income: 'enough' } });
    expect(household.snapshot.facts).toEqual({ income: 'enough', verdict: 'lifted' });
  });
  it('overrule the answer of the form', () => {
    const household = played({ outcomes: [{ set: { class: 'relative' } }] });
    household.complete('visit', { facts: { class: 'deep' } });
    expect(household.snapshot.facts).toEqual({ class: 'relative' });
  });
});

describe('a form that names a person for a post', () => {
  const paired = (...more: ProgramTask[]) =>
    new Played(
      program({ tasks: [task({ id: 'pairing', holder: { role: 'union-officer' }, assigns: { cadre: 'cadre' } }), ...more] }),
    );

  it('fills the post', () => {
    const household = paired();
    household.complete('pairing', { facts: { cadre: 'cadre-7' } });
    expect(household.snapshot.roles['cadre']).toBe('cadre-7');
  });
  it('gives the tasks that open by it to that person', () => {
    const household = paired(task({ id: 'visit', after: ['pairing'] }));
    household.complete('pairing', { facts: { cadre: 'cadre-7' } });
    expect(household.task('visit').holder).toBe('cadre-7');
  });
  it('leaves tasks that are open already with their holder', () => {
    const household = paired(task({ id: 'visit' }));
    household.complete('pairing', { facts: { cadre: 'cadre-7' } });
    expect(household.task('visit').holder).toBe('cadre-1');
  });
  it('leaves the post as it is when it names nobody', () => {
    const household = paired();
    household.complete('pairing', { facts: { cadre: null } });
    expect(household.snapshot.roles['cadre']).toBe('cadre-1');
  });
  it('does not bring back a person whom another form replaced', () => {
    const household = paired(
      task({ id: 'exchange', holder: { role: 'union-officer' }, assigns: { successor: 'cadre' } }),
      task({ id: 'check', holder: { role: 'union-officer' }, assigns: { cadre: 'cadre' } }),
    );
    household.complete('pairing', { facts: { cadre: 'cadre-7' } });
    household.complete('exchange', { facts: { successor: 'cadre-8' } });
    household.complete('check', { facts: { cadre: null } });
    expect(household.snapshot.roles['cadre']).toBe('cadre-8');
  });
});

describe('a form that corrects the register', () => {
  const corrected = (of: Played) => of.outbox.filter(({ kind }) => kind === 'correction');

  it('says so by fields and its submission, once its task is done', () => {
    const household = played().at('2020-10-20 09:00');
    household.complete('visit', { id: 'c-visit', corrections: ['phone', 'address'] });
    const at = beijing('2020-10-20 09:00');
    const both = { kind: 'correction', at, cause: 'update', task: 'visit', submission: 'c-visit' };
    expect(corrected(household)).toEqual([
      { ...both, claim: 'correct|h/1|visit|phone', field: 'phone' },
      { ...both, claim: 'correct|h/1|visit|address', field: 'address' },
    ]);
  });

  it('holds it back as long as it is in review', () => {
    const household = played({ reviews: [acceptBy('union-head')] });
    household.complete('visit', { corrections: ['phone'] });
    expect(corrected(household)).toEqual([]);
    expect(household.task('visit').held).toMatchObject({ corrections: ['phone'] });
    household.accept('visit');
    expect(corrected(household)).toHaveLength(1);
  });

  it('corrects nothing when it was returned and handed in again without', () => {
    const household = played({ reviews: [acceptBy('union-head')] });
    household.complete('visit', { corrections: ['phone'] });
    household.sendBack('visit');
    household.complete('visit');
    household.accept('visit');
    expect(corrected(household)).toEqual([]);
  });
});

/** Instructions from above that become dated tasks, whatever the definition asks. */
import { describe, expect, it } from 'vitest';
import { MAX_ITEMS } from '../../engine/assigning.ts';
import type { Adjustment, Assignment } from '../../model/adjustment.ts';
import type { Program } from '../../model/plan.ts';
import { type Circumstances, Played } from './played.ts';
import { acceptBy, beijing, endOf, gate, program, task } from './program-builder.ts';

const build = (over: Partial<Program> = {}): Program =>
  program({ tasks: [task({ id: 'visit', feeds: ['all-visited'] }), task({ id: 'list', after: ['visit'] })], ...over });
const ask = (played: Played, adjustment: Adjustment, { authority = 'office', id }: { authority?: string; id?: string } = {}) =>
  played.send(
    { kind: 'adjust', adjustment, authority, reason: 'w1' },
    { by: { person: 'office-1', via: 'cli' }, ...(id && { id }) },
  );
const item = (over: Partial<Assignment> = {}): Adjustment => ({
  ...{ kind: 'assign', due: endOf('2020-10-20'), words: 'w1' },
  ...over,
});
const given = (over: Partial<Assignment> = {}, circumstances: Circumstances & { readonly program?: Program } = {}): Played => {
  const played = new Played(circumstances.program ?? build(), circumstances);
  expect(ask(played, item(over))).toBe('taken');
  return played;
};
const KEY = 'assigned:1';
const spoken = ({ effects }: Played): readonly string[] =>
  effects.audit.flatMap(({ kind, task: of, detail }) =>
    kind === 'rungReached' && of === KEY ? [`${String(detail!['rung'])} ${String(detail!['recipient'])}`] : [],
  );

describe('an assigned item', () => {
  it('is a task of its instance, due when it was said to be', () => {
    const played = given();
    expect(played.task(KEY)).toMatchObject({ template: 'assigned', status: 'open', item: { words: 'w1' } });
    expect(played.deadline(KEY)).toBe('2020-10-20 23:59:59.999');
  });

  it('is named by the answer to whoever assigned it', () => expect(given().answer).toMatchObject({ task: KEY, adjusted: 1 }));

  it('is numbered after the one before it', () => {
    const played = given();
    ask(played, item());
    expect(played.status('assigned:2')).toBe('open');
  });

  it('is held by whoever is named', () => expect(given({ to: 'head-1' }).task(KEY).holder).toBe('head-1'));

  it('is held by the post of its scope, if nobody is named', () => {
    expect(given().task(KEY).holder).toBe('cadre-1');
    const union = { program: build({ scope: 'union' }), instance: 'u/u1' };
    expect(given({}, union).task(KEY).holder).toBe('officer-1');
    expect(given({}, { program: build({ scope: 'campaign' }), instance: 'c', union: null }).task(KEY).holder).toBe('office-1');
  });

  it('is with whoever acts for a holder who is away', () => {
    const played = new Played(build());
    ask(played, { kind: 'cover', person: 'head-1', by: 'officer-1', until: endOf('2020-10-15') });
    ask(played, item({ to: 'head-1' }));
    expect(played.task(KEY)).toMatchObject({ holder: 'officer-1', standsFor: 'head-1' });
  });

  it('is told to its holder once, without a word of what it is', () => {
    const [message] = given()
      .messages.filter(({ task: of }) => of === KEY)
      .map(({ at: _at, claim: _claim, ...rest }) => rest);
    expect(message).toEqual({
      ...{ kind: 'message', purpose: 'instructed', cause: 'update', recipient: 'cadre-1', role: 'cadre', passedOver: [] },
      ...{ task: KEY, template: 'assigned', deadline: endOf('2020-10-20') },
    });
  });

  it('stands in the audit with who assigned it, and where the words are', () =>
    expect(given({ to: 'head-1' }).effects.audit.slice(-2)).toMatchObject([
      {
        kind: 'adjusted',
        actor: 'office-1',
        detail: { adjustment: 'assign', due: endOf('2020-10-20'), to: 'head-1', authority: 'office', reason: 'w1' },
      },
      { kind: 'taskOpened', task: KEY, detail: { holder: 'head-1' } },
    ]));

  it('is assigned once by one command, however often that is sent', () => {
    const played = new Played(build());
    for (const _time of [1, 2]) expect(ask(played, item(), { id: 'c-1' })).toBe('taken');
    expect(played.status('assigned:2')).toBe('waiting');
    expect(ask(played, item({ due: endOf('2020-10-21') }), { id: 'c-1' })).toBe('COMMAND_ID_REUSED');
  });

  it('is done when it is handed in, and sets nothing that nobody asked', () => {
    const played = given();
    expect(played.complete(KEY)).toBe('done');
    expect(played.snapshot.facts).toEqual({});
  });

  it('is accepted by a role that it was given', () => {
    const played = given({ review: 'union-head' });
    expect(played.complete(KEY)).toBe('inReview');
    expect(played.task(KEY).reviewer).toBe('head-1');
    expect(played.accept(KEY)).toBe('done');
  });

  it('is never reviewed by whoever did it', () => {
    const played = given({ review: 'union-head', to: 'head-1' });
    played.complete(KEY);
    expect(played.task(KEY).reviewer).toBe('office-1');
  });
});

describe('its ladder', () => {
  it('reminds, then makes known one level up, then to the office', () =>
    expect(spoken(given().at('2020-10-30 10:00'))).toEqual([
      'due-soon cadre-1',
      'overdue cadre-1',
      'head head-1',
      'office office-1',
    ]));

  it('has nobody between in the campaign', () => {
    const campaign = { program: build({ scope: 'campaign' }), instance: 'c', union: null };
    expect(spoken(given({}, campaign).at('2020-10-22 10:00'))).toEqual(['due-soon office-1', 'overdue office-1']);
  });

  it('may be one of the definition', () =>
    expect(spoken(given({ ladder: 'standard' }).at('2020-10-21 10:00'))).toEqual([
      'before-3 cadre-1',
      'before-1 cadre-1',
      'on-day cadre-1',
      'overdue cadre-1',
    ]));
});

describe('what a definition says of such items', () => {
  const assigned = { form: 'note', ladder: 'silent', review: 'office', holder: { household: 'union-head' } } as const;

  it('takes the place of what is built in', () => {
    const played = given({}, { program: build({ assigned }) }).at('2020-10-22 10:00');
    expect(played.task(KEY).holder).toBe('head-1');
    expect(spoken(played)).toEqual([]);
    expect(played.complete(KEY, { lateReason: true })).toBe('inReview');
    expect(played.task(KEY).reviewer).toBe('office-1');
  });

  it('gives way to what the item was given', () => {
    const own = { to: 'cadre-1', ladder: 'standard', review: 'union-head' };
    const played = given(own, { program: build({ assigned }) }).at('2020-10-21 10:00');
    expect(spoken(played)).toHaveLength(4);
    played.complete(KEY, { lateReason: true });
    expect(played.task(KEY).reviewer).toBe('head-1');
  });
});

describe('no item is assigned', () => {
  const refused = (over: Partial<Assignment>, played = new Played(build())) => {
    const before = played.snapshot;
    const code = ask(played, item(over));
    expect(played.snapshot).toEqual(before);
    return code;
  };

  it('by anybody but the office, unless the definition says so', () => {
    expect(ask(new Played(build()), item(), { authority: 'union-head' })).toBe('NO_AUTHORITY');
    const played = new Played(build({ adjustments: { assign: { by: ['union-head'] } } }));
    expect(ask(played, item(), { authority: 'union-head' })).toBe('taken');
  });

  it('that would be overdue', () => expect(refused({ due: beijing('2020-10-12 00:00') })).toBe('DEADLINE_PAST'));
  it('with a ladder that there is not', () => expect(refused({ ladder: 'steps' })).toBe('UNKNOWN_LADDER'));
  it('with a reviewer whom there is not', () => expect(refused({ review: 'chair' })).toBe('UNKNOWN_ROLE'));

  it('to whoever has left', () => {
    const played = new Played(build());
    ask(played, { kind: 'withdraw', cause: 'self' });
    expect(refused({}, played)).toBe('WITHDRAWN');
  });

  it('in a pause', () => {
    const played = new Played(build());
    ask(played, { kind: 'pause', cause: 'self' });
    expect(refused({}, played)).toBe('PAUSED');
  });

  it('once the run is closed', () => {
    const played = new Played(build());
    played.close();
    expect(refused({}, played)).toBe('RUN_CLOSED');
  });

  it('beyond a number, those that are done included', () => {
    const played = new Played(build());
    for (let count = 0; count < MAX_ITEMS; count += 1) expect(ask(played, item())).toBe('taken');
    played.complete(KEY);
    expect(refused({}, played)).toBe('TOO_MANY_ADJUSTMENTS');
  });
});

describe('whatever becomes of other tasks', () => {
  const take = (played: Played, adjustment: Adjustment): Played => {
    expect(ask(played, adjustment)).toBe('taken');
    return played;
  };

  it('may become of it: extended, reassigned, delegated, waived, opened again', () => {
    const played = given();
    take(played, { kind: 'extend', of: { task: KEY }, deadline: { by: { unit: 'days', count: 2 } } });
    expect(played.deadline(KEY)).toBe('2020-10-22 23:59:59.999');
    take(played, { kind: 'reassign', task: KEY, to: 'officer-1' });
    take(played, { kind: 'delegate', task: KEY, to: 'cadre-2' });
    expect(played.task(KEY)).toMatchObject({ holder: 'cadre-2', owner: 'officer-1' });
    take(played, { kind: 'waive', task: KEY });
    expect(played.status(KEY)).toBe('waived');
    take(played, { kind: 'reopen', task: KEY });
    expect(played.task(KEY)).toMatchObject({ status: 'open', item: { words: 'w1' } });
  });

  it('is extended with all tasks, and with no phase', () => {
    const by = { unit: 'days', count: 1 } as const;
    const played = given();
    take(played, { kind: 'extend', of: { phase: 'first' }, deadline: { by } });
    expect(played.deadline(KEY)).toBe('2020-10-20 23:59:59.999');
    take(played, { kind: 'extend', of: { all: true }, deadline: { by } });
    take(played, { kind: 'extend', of: { template: 'assigned' }, deadline: { by } });
    expect(played.deadline(KEY)).toBe('2020-10-22 23:59:59.999');
  });

  it('keeps the date it was given when time was given to others before', () => {
    const played = new Played(build());
    take(played, { kind: 'extend', of: { all: true }, deadline: { by: { unit: 'days', count: 5 } } });
    ask(played, item());
    expect(played.deadline(KEY)).toBe('2020-10-20 23:59:59.999');
  });

  it('is dropped with whoever leaves, and does not come back with them', () => {
    const played = take(given(), { kind: 'withdraw', cause: 'self' });
    expect(played.status(KEY)).toBe('dropped');
    take(played, { kind: 'readmit', cause: 'self' });
    expect([played.status(KEY), played.status('visit.2')]).toEqual(['dropped', 'open']);
  });

  it('stands still in a pause, and keeps its date', () => {
    const played = take(given(), { kind: 'pause', cause: 'self' });
    played.at('2020-10-19 12:00');
    expect(spoken(played)).toEqual([]);
    take(played, { kind: 'resume', cause: 'self' });
    expect(played.deadline(KEY)).toBe('2020-10-20 23:59:59.999');
  });

  it('is left as it is by an amendment, but for what the definition says of all', () => {
    const played = given({ to: 'head-1' });
    const assigned = { ladder: 'silent', holder: { household: 'union-officer' } } as const;
    expect(played.amend(build({ tasks: [task({ id: 'visit' })], assigned }))).toBe('taken');
    expect(played.task(KEY)).toMatchObject({ status: 'open', holder: 'head-1', deadline: endOf('2020-10-20') });
    expect(spoken(played.at('2020-10-30 10:00'))).toEqual([]);
  });

  it('keeps its reviewer, in review, whatever another version says', () => {
    const played = given({ review: 'union-head' });
    played.complete(KEY);
    played.amend(build({ assigned: { review: 'office' } }));
    expect(played.task(KEY)).toMatchObject({ status: 'inReview', reviewer: 'head-1' });
  });

  it('goes by the ladder of all when its own is gone', () => {
    const played = given({ ladder: 'standard' });
    played.amend(build({ ladders: { silent: { id: 'silent', rungs: [] } } }));
    expect(spoken(played.at('2020-10-22 10:00'))).toEqual(['due-soon cadre-1', 'overdue cadre-1', 'head head-1']);
  });

  it('is missed when the run closes before it is done', () => {
    const played = given();
    played.close();
    expect(played.status(KEY)).toBe('missed');
  });
});

describe('nothing waits for it', () => {
  it('no task, no gate and no phase', () => {
    const tasks = [
      task({ id: 'visit', feeds: ['all-visited'], reviews: [acceptBy('office')] }),
      task({ id: 'list', phase: 'second', gate: gate({ of: 'campaign', task: 'go' }) }),
    ];
    const played = given({}, { program: build({ tasks }) });
    const said = played.effects.gates.length;
    played.complete(KEY);
    expect(played.effects.gates).toHaveLength(said);
  });

  it('and a full flush says nothing of it to gates', () => expect(given().effects.gates).toEqual([]));
});

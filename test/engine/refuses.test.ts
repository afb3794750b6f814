import { describe, expect, it } from 'vitest';
import { MAX_RETURNS, refuses } from '../../engine/refuses.ts';
import type { Command } from '../../model/command.ts';
import type { ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, confirmBy, dueOn, endOf, gate, is, program, rowTask, startOf, task } from './program-builder.ts';
import { enrolled, Played } from './played.ts';

const visits = program({ tasks: [task({ id: 'visit' })] });

describe('completing', () => {
  it('is on time at the last millisecond of the deadline', () => {
    const household = new Played(visits).at(endOf('2020-10-25'));
    expect([household.complete('visit'), household.answer?.late]).toEqual(['done', false]);
  });
  it('is late one millisecond after it, and refused without a reason', () =>
    expect(new Played(visits).at(endOf('2020-10-25') + 1).complete('visit')).toBe('LATE_REASON_REQUIRED'));
  it('is taken late with a reason', () => {
    const household = new Played(visits).at(endOf('2020-10-25') + 1);
    expect([household.complete('visit', { lateReason: true }), household.answer?.late]).toEqual(['done', true]);
  });
  it('is taken late however long after the campaign', () =>
    expect(new Played(visits).at('2021-06-01 09:00').complete('visit', { lateReason: true })).toBe('done'));
  it('may carry a reason that was not needed', () =>
    expect(new Played(visits).complete('visit', { lateReason: true })).toBe('done'));
  it('is refused to anybody but the holder', () =>
    expect(new Played(visits).complete('visit', { by: 'head-1' })).toBe('NOT_HOLDER'));
  it('is refused to the system', () =>
    expect(
      new Played(visits).send({ kind: 'complete', task: 'visit', submission: 's', facts: {}, rows: [], lateReason: false }),
    ).toBe('NOT_HOLDER'));
  it('is refused to everybody when nobody holds it', () =>
    expect(new Played(visits, { roles: {} }).complete('visit', { by: 'null' })).toBe('NOT_HOLDER'));
  it('is refused for a task that the plan does not have', () =>
    expect(new Played(visits).complete('visti')).toBe('UNKNOWN_TASK'));
  it.each(['constructor', '__proto__', 'toString'])('is refused for %s, which every object has', (key) =>
    expect(new Played(visits).complete(key)).toBe('UNKNOWN_TASK'),
  );
  it('is refused for a row task under the name of its template', () =>
    expect(new Played(program({ tasks: [rowTask({ id: 'measure' })] })).complete('measure')).toBe('UNKNOWN_TASK'));
  it('is refused a second time', () => {
    const household = new Played(visits);
    household.complete('visit');
    expect(household.complete('visit')).toBe('ALREADY_FINAL');
  });
  it('is refused while in review', () => {
    const household = new Played(program({ tasks: [task({ id: 'visit', reviews: [acceptBy('union-head')] })] }));
    household.complete('visit');
    expect(household.complete('visit')).toBe('IN_REVIEW');
  });
});

describe('the end of a phase', () => {
  const closing = program({ tasks: [task({ id: 'visit', atEnd: 'close' })] });

  it('leaves late work open by default', () => expect(new Played(visits).at('2020-12-01 09:00').status('visit')).toBe('open'));
  it('ends unfinished work that the definition closes', () =>
    expect(new Played(closing).at(endOf('2020-10-25') + 1).status('visit')).toBe('missed'));
  it('does not end it a millisecond earlier', () =>
    expect(new Played(closing).at(endOf('2020-10-25')).complete('visit')).toBe('done'));
  it('refuses what comes after, reason or not', () =>
    expect(new Played(closing).at(endOf('2020-10-25') + 1).complete('visit', { lateReason: true })).toBe('PHASE_CLOSED'));
  it('gives a task that came up too late its notice first', () => {
    const household = new Played(closing, { at: '2020-10-30 09:00' });
    expect([household.at('2020-11-04 23:59:59.999').status('visit'), household.at('2020-11-05 00:00').status('visit')]).toEqual([
      'open',
      'missed',
    ]);
  });
});

describe('a task that is not open yet', () => {
  const before = (waiting: ProgramTask) => {
    const household = new Played(program({ tasks: [task({ id: 'visit', due: dueOn('2020-12-31') }), waiting] }));
    return [household.complete(waiting.id), household.refused?.message];
  };

  it('says that it waits for its phase', () =>
    expect(before(task({ id: 'list', phase: 'second', opensAt: startOf('2020-10-26') }))).toEqual([
      'NOT_OPEN_YET',
      "task 'list' is not open yet: its phase 'second' has not begun",
    ]));
  it('says which task it waits for', () =>
    expect(before(task({ id: 'list', after: ['visit'] }))).toEqual([
      'NOT_OPEN_YET',
      "task 'list' is not open yet: 'visit' must be done first",
    ]));
  it('says which gate it waits for', () =>
    expect(before(task({ id: 'list', gate: gate({ of: 'household', task: 'visit' }) }))).toEqual([
      'NOT_OPEN_YET',
      "task 'list' is not open yet: it waits for 'visit' of the households",
    ]));
  it('says that its condition does not hold', () =>
    expect(before(task({ id: 'list', when: is('class', 'lifted') }))).toEqual([
      'NOT_OPEN_YET',
      "task 'list' is not open yet: its condition does not hold",
    ]));
});

describe('the word that a waiting task waits for', () => {
  it('is not a row task whose rows are all done', () => {
    const household = new Played(
      program({
        tasks: [
          task({ id: 'aid-list', rows: [{ table: 'measures', task: 'measure', to: 'self' }] }),
          rowTask({ id: 'measure' }),
          task({ id: 'report', after: ['measure'], when: is('class', 'lifted') }),
        ],
      }),
    );
    household.complete('aid-list');
    household.complete('report');
    expect(household.refused?.message).toBe("task 'report' is not open yet: its condition does not hold");
  });
});

describe('reviewing', () => {
  const reviewed = (...over: Parameters<typeof acceptBy>[]) =>
    new Played(
      program({
        tasks: [
          task({ id: 'visit', reviews: over.length === 0 ? [acceptBy('union-head')] : over.map((step) => acceptBy(...step)) }),
        ],
      }),
    );

  it('is refused while nothing was submitted', () => expect(reviewed().accept('visit', { by: 'head-1' })).toBe('NOT_IN_REVIEW'));
  it('is refused to anybody but the reviewer', () => {
    const household = reviewed();
    household.complete('visit');
    expect(household.accept('visit', { by: 'office-1' })).toBe('NOT_HOLDER');
  });
  it('is refused to the author', () => {
    const household = reviewed();
    household.complete('visit');
    expect([household.accept('visit', { by: 'cadre-1' }), household.sendBack('visit', { by: 'cadre-1' })]).toEqual([
      'SELF_REVIEW',
      'SELF_REVIEW',
    ]);
  });
  it('is refused to the system', () => {
    const household = reviewed();
    household.complete('visit');
    expect(household.send({ kind: 'accept', task: 'visit', submission: household.task('visit').submission! })).toBe('NOT_HOLDER');
  });
  it('is refused of a submission that stands no longer', () => {
    const household = reviewed();
    household.complete('visit', { id: 'first' });
    household.sendBack('visit');
    household.complete('visit', { id: 'second' });
    expect([household.accept('visit', { submission: 'first' }), household.accept('visit', { submission: 'second' })]).toEqual([
      'STALE_SUBMISSION',
      'done',
    ]);
  });
  it('is refused once it is over', () => {
    const household = reviewed();
    household.complete('visit', { id: 'first' });
    household.accept('visit');
    expect(household.accept('visit', { by: 'head-1', submission: 'first' })).toBe('NOT_IN_REVIEW');
  });
  it('may return the same task twenty times, and then must decide', () => {
    const household = reviewed();
    for (let time = 0; time < MAX_RETURNS; time += 1) {
      household.complete('visit');
      household.sendBack('visit');
    }
    household.complete('visit');
    expect([MAX_RETURNS, household.sendBack('visit'), household.accept('visit')]).toEqual([20, 'TOO_MANY_RETURNS', 'done']);
  });
  it('goes to the next one up when the author fills the post', () => {
    const household = new Played(
      program({ tasks: [task({ id: 'visit', holder: { role: 'union-head' }, reviews: [acceptBy('union-head')] })] }),
    );
    household.complete('visit');
    expect([household.task('visit').reviewer, household.accept('visit')]).toEqual(['office-1', 'done']);
  });
  it('waits when nobody but the author is there', () => {
    const household = new Played(
      program({ tasks: [task({ id: 'visit', holder: { role: 'office' }, reviews: [confirmBy('office')] })] }),
    );
    household.complete('visit');
    expect([household.status('visit'), household.task('visit').reviewer, household.audited('visit')]).toEqual([
      'inReview',
      null,
      ['taskOpened', 'taskSubmitted', 'nobodyToTell'],
    ]);
  });
});

describe('a row with a date', () => {
  const listed = program({
    tasks: [task({ id: 'aid-list', rows: [{ table: 'measures', task: 'measure', to: 'self' }] }), rowTask({ id: 'measure' })],
  });
  const completing = (due: string, table = 'measures') =>
    new Played(listed).at('2020-10-20 09:00').complete('aid-list', { rows: [{ table, row: 1, due, holder: 'cadre-1' }] });

  it('is taken from today to the last day of the campaign', () =>
    expect(['2020-10-20', '2020-12-31'].map((due) => completing(due))).toEqual(['done', 'done']));
  it.each(['2020-10-19', '2021-01-01', '2020-02-30', 'soon'])('is refused with %s', (due) =>
    expect(completing(due)).toBe('ROW_DUE_OUT_OF_RANGE'),
  );
  it('is not looked at in a table that makes no tasks', () => expect(completing('2019-01-01', 'visitors')).toBe('done'));
});

describe('a command', () => {
  const snapshot = enrolled(visits);
  const complete: Command = {
    kind: 'complete',
    task: 'visit',
    submission: 'c1',
    facts: {},
    rows: [],
    lateReason: false,
    id: 'c1',
    digest: 'd',
    by: { person: 'cadre-1', via: 'api' },
  };
  const refusalOf = (command: unknown) => refuses(visits, snapshot, command as Command)?.code;

  it('is taken when it is whole', () => expect(refusalOf(complete)).toBeUndefined());
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'complete'],
    ['without an id', { ...complete, id: undefined }],
    ['with an id of 201 characters', { ...complete, id: 'x'.repeat(201) }],
    ['without a digest', { ...complete, digest: undefined }],
    ['without an author', { ...complete, by: null }],
    ['of no kind', { ...complete, kind: undefined }],
    ['of a kind that this version does not know', { ...complete, kind: 'annul' }],
    ['of a kind that every object has', { ...complete, kind: 'constructor' }],
  ])('that is %s is malformed', (_, command) => expect(refusalOf(command)).toBe('MALFORMED_COMMAND'));
  it('may have an id of 200 characters', () => expect(refusalOf({ ...complete, id: 'x'.repeat(200) })).toBeUndefined());
  it('that spawns must name a row template of this scope', () => {
    const household = new Played(program({ tasks: [task({ id: 'visit' }), rowTask({ id: 'rectify' })] }));
    expect([household.spawn('rectify'), household.spawn('visit'), household.spawn('elsewhere')]).toEqual([
      'open',
      'UNKNOWN_TASK',
      'PLAN_BEHIND',
    ]);
  });
  it('cannot turn the clock back', () => {
    const household = new Played(visits).at('2020-10-20 09:00');
    expect([
      household.send({ kind: 'advanceClock', to: beijing('2020-10-20 08:59:59.999') }),
      household.send({ kind: 'advanceClock', to: beijing('2020-10-20 09:00') }),
    ]).toEqual(['CLOCK_BACKWARDS', 'taken']);
  });
  it('says what to do when it is refused', () =>
    expect(refuses(visits, snapshot, { ...complete, task: 'visti' })).toEqual({
      code: 'UNKNOWN_TASK',
      message: "h/1 has no task 'visti'",
      remedy: 'list its tasks with: shigeyi tasks run',
    }));
});

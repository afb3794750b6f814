import { describe, expect, it } from 'vitest';
import { apply } from '../../engine/apply.ts';
import type { Command } from '../../model/command.ts';
import { beijing, dueOn, gate, is, program, rowTask, startOf, task } from './program-builder.ts';
import { Played } from './played.ts';

const visits = program({
  tasks: [
    task({ id: 'visit' }),
    task({ id: 'aid-list', after: ['visit'] }),
    task({ id: 'exit', opensAt: startOf('2020-12-01'), due: dueOn('2020-12-31') }),
  ],
});
const by = { person: 'cadre-1', via: 'api' } as const;
const complete = (task: string) => ({ kind: 'complete', task, submission: 's', facts: {}, rows: [], lateReason: false }) as const;

describe('an accepted command', () => {
  it('is answered with what it did', () => {
    const household = new Played(visits).at('2020-10-20 09:00');
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    expect(household.answer).toEqual({
      command: 'c1',
      digest: 'd1',
      at: beijing('2020-10-20 09:00'),
      task: 'visit',
      status: 'done',
      late: false,
    });
  });
  it('has its answer written', () => {
    const household = new Played(visits);
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    expect(household.effects.answers).toEqual([household.answer]);
  });
  it('lets time do first what was due before it', () => {
    const program_ = program({
      tasks: [task({ id: 'visit' }), task({ id: 'list', when: is('poor', true), opensAt: startOf('2020-10-19') })],
    });
    const household = new Played(program_, { facts: { poor: true } });
    household.now = beijing('2020-10-20 09:00');
    household.complete('visit', { facts: { poor: false } });
    expect(household.task('list').openedAt).toBe(beijing('2020-10-19 00:00'));
  });
  it('leaves to time what time did', () => {
    const household = new Played(visits);
    household.now = beijing('2020-12-02 09:00');
    household.complete('visit', { lateReason: true });
    const opened = household.effects.audit.filter(({ kind }) => kind === 'taskOpened').map(({ task, actor }) => [task, actor]);
    expect(opened).toEqual([
      ['visit', 'time'],
      ['exit', 'time'],
      ['aid-list', 'cadre-1'],
    ]);
  });
  it('takes place where the instance has got to, when the clock says less', () => {
    const household = new Played(visits).at('2020-10-20 09:00');
    household.now = beijing('2020-10-20 08:00');
    household.complete('visit');
    expect([household.task('visit').submittedAt, household.snapshot.advancedTo]).toEqual([
      beijing('2020-10-20 09:00'),
      beijing('2020-10-20 09:00'),
    ]);
  });
  it('counts as one change however much it does', () => {
    const household = new Played(visits);
    const before = household.snapshot.seq;
    household.complete('visit');
    expect(household.snapshot.seq).toBe(before + 1);
  });
});

describe('a command that is repeated', () => {
  const repeated = () => {
    const household = new Played(visits).at('2020-10-20 09:00');
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    return household;
  };

  it('gets its first answer', () => {
    const household = repeated();
    const first = household.answer;
    household.at('2020-10-27 09:00').send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    expect(household.answer).toEqual(first);
  });
  it('changes nothing', () => {
    const household = repeated();
    const before = JSON.stringify(household.snapshot);
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    expect(JSON.stringify(household.snapshot)).toBe(before);
  });
  it('has nothing written', () => {
    const household = repeated();
    const command: Command = { ...complete('visit'), id: 'c1', digest: 'd1', by };
    expect(apply(visits, household.snapshot, { command, now: household.now }).effects).toEqual({
      tasks: [],
      audit: [],
      outbox: [],
      gates: [],
      answers: [],
    });
  });
  it('lets time go on all the same', () => {
    const household = repeated();
    household.now = beijing('2020-12-01 09:00');
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    expect(household.status('exit')).toBe('open');
  });
  it('gets its first answer although its task has moved on', () => {
    const household = new Played(
      program({ tasks: [task({ id: 'visit', reviews: [{ id: 'a', by: 'union-head', kind: 'accept' }] })] }),
    );
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    household.accept('visit');
    expect(household.send(complete('visit'), { by, id: 'c1', digest: 'd1' })).toBe('inReview');
  });
  it('is refused with another digest', () =>
    expect(repeated().send(complete('visit'), { by, id: 'c1', digest: 'd2' })).toBe('COMMAND_ID_REUSED'));
  it('is refused with another digest although it could be done', () =>
    expect(repeated().send(complete('aid-list'), { by, id: 'c1', digest: 'd2' })).toBe('COMMAND_ID_REUSED'));
});

describe('the answers an instance remembers', () => {
  const counted = (counts: number) => {
    const campaign = new Played(program({ scope: 'campaign', tasks: [task({ id: 'summary', gate: gate() })] }), {
      instance: 'c',
      union: null,
    });
    for (let version = 1; version <= counts; version += 1) campaign.count('gate', { version, done: 0, total: 500 });
    return campaign;
  };

  it('are the last two hundred', () => {
    const { answered } = counted(203).snapshot;
    expect([answered.length, answered[0]?.command, answered.at(-1)?.command]).toEqual([200, 'c4', 'c203']);
  });
  it('do not hold moves of a stepped clock', () => {
    const household = new Played(visits);
    household.send({ kind: 'advanceClock', to: beijing('2020-10-20 09:00') }, { by: { system: 'operator' } });
    expect([household.snapshot.answered, household.effects.answers]).toEqual([[], []]);
  });
});

describe('moving a stepped clock', () => {
  it('lets everything up to that instant happen', () => {
    const household = new Played(visits);
    household.send({ kind: 'advanceClock', to: beijing('2020-12-01 00:00') }, { by: { system: 'operator' } });
    expect([household.status('exit'), household.snapshot.advancedTo]).toEqual(['open', beijing('2020-12-01 00:00')]);
  });
  it('leaves to time what time did', () => {
    const household = new Played(visits);
    household.send({ kind: 'advanceClock', to: beijing('2020-12-01 00:00') }, { by: { system: 'operator' } });
    expect(household.effects.audit.at(-1)).toMatchObject({ kind: 'taskOpened', task: 'exit', actor: 'time' });
  });
});

describe.each(['roll', 'reflush'] as const)('%s', (kind) => {
  it('changes nothing but the answers', () => {
    const household = new Played(visits);
    const before = household.snapshot;
    household.send({ kind }, { by: { system: 'operator' } });
    expect({ ...household.snapshot, answered: [], seq: 0 }).toEqual({ ...before, answered: [], seq: 0 });
  });
  it('may still be asked when the run is closed', () => {
    const household = new Played(visits);
    household.close();
    expect(household.send({ kind }, { by: { system: 'operator' } })).toBe('taken');
  });
});

describe('closing', () => {
  const closed = () => {
    const household = new Played(
      program({
        tasks: [
          task({ id: 'visit', ladder: 'standard', due: dueOn('2020-11-20') }),
          task({ id: 'list', reviews: [{ id: 'a', by: 'union-head', kind: 'accept' }], feeds: ['summary'] }),
          task({ id: 'talk' }),
          task({ id: 'exit', opensAt: startOf('2020-12-01') }),
        ],
      }),
    ).at('2020-10-20 09:00');
    household.complete('list', { facts: { poor: true } });
    household.complete('talk');
    household.at('2020-10-21 09:00').close();
    return household;
  };

  it('ends as missed whatever is not done', () =>
    expect(Object.values(closed().snapshot.tasks).map(({ template, status }) => `${template} ${status}`)).toEqual([
      'visit missed',
      'list missed',
      'talk done',
    ]));
  it('says when', () => expect(closed().task('visit').settledAt).toBe(beijing('2020-10-21 09:00')));
  it('lets nobody review any more', () => expect(closed().task('list').reviewer).toBeNull());
  it('does not take for known what was still in review', () => expect(closed().snapshot.facts).toEqual({}));
  it('opens nothing that was waiting', () => expect(closed().status('exit')).toBe('waiting'));
  it('feeds the gates that waited', () => expect(closed().effects.gates).toEqual([{ gate: 'summary', settled: true }]));
  it('is the last thing in the audit', () =>
    expect(
      closed()
        .effects.audit.slice(-3)
        .map(({ kind, task }) => [kind, task]),
    ).toEqual([
      ['taskMissed', 'visit'],
      ['taskMissed', 'list'],
      ['closed', undefined],
    ]));
  it('leaves nothing to wake for', () => expect(closed().wake).toBeNull());
  it('stops time', () => {
    const household = closed();
    const before = household.snapshot;
    expect(household.at('2021-06-01 09:00').snapshot).toEqual(before);
  });
  it('refuses what comes after', () => {
    const household = closed();
    expect([
      household.complete('visit'),
      household.spawn('measure'),
      household.count('gate', { version: 1, done: 1, total: 1 }),
    ]).toEqual(['RUN_CLOSED', 'RUN_CLOSED', 'RUN_CLOSED']);
  });
  it('is refused a second time under another id', () => expect(closed().close()).toBe('RUN_CLOSED'));
  it('repeated under its own id gets its first answer', () => {
    const household = new Played(visits);
    household.send({ kind: 'close' }, { id: 'close', digest: 'd' });
    expect(household.send({ kind: 'close' }, { id: 'close', digest: 'd' })).toBe('taken');
  });
  it('still answers a command that was taken before', () => {
    const household = new Played(visits);
    household.send(complete('visit'), { by, id: 'c1', digest: 'd1' });
    household.close();
    expect(household.send(complete('visit'), { by, id: 'c1', digest: 'd1' })).toBe('done');
  });
  it('lets what was due before it happen first', () => {
    const household = new Played(visits);
    household.now = beijing('2020-12-01 00:00');
    household.close();
    expect(household.status('exit')).toBe('missed');
  });
});

describe('an instance that is still open beyond the day table', () => {
  const late = () =>
    new Played(
      program({
        tasks: [
          task({
            id: 'visit',
            ladder: 'standard',
            due: dueOn('2020-11-20'),
            rows: [{ table: 'measures', task: 'measure', to: 'self' }],
          }),
          task({ id: 'list', after: ['visit'], ladder: 'standard', due: { kind: 'afterOpening', workingDays: 5 } }),
          task({ id: 'check', after: ['visit'], ladder: 'standard', atEnd: 'close', due: dueOn('2020-12-31') }),
          rowTask({ id: 'measure', ladder: 'standard' }),
        ],
      }),
    ).at('2021-08-01 09:00');

  it('takes late work', () => expect(late().complete('visit', { lateReason: true })).toBe('done'));
  it('opens what comes after it', () => {
    const household = late();
    household.complete('visit', { lateReason: true });
    expect([household.status('list'), household.deadline('list')]).toEqual(['open', '2021-03-31 23:59:59.999']);
  });
  it('ends at once what the definition had closed long ago', () => {
    const household = late();
    household.complete('visit', { lateReason: true });
    expect(household.at('2021-08-01 09:00').status('check')).toBe('missed');
  });
  it('takes a row from elsewhere', () => {
    const household = late();
    expect([household.spawn('measure', { due: '2022-01-01' }), household.deadline('measure:u-u2.sweep.1')]).toEqual([
      'open',
      '2021-03-31 23:59:59.999',
    ]);
  });
  it('refuses a row with a date it cannot reckon with', () =>
    expect(late().complete('visit', { lateReason: true, rows: [{ table: 'measures', row: 1, due: '2021-08-15' }] })).toBe(
      'ROW_DUE_OUT_OF_RANGE',
    ));
  it('goes on for years', () => expect(late().at('2031-01-01 00:00').close()).toBe('taken'));
});

/** What the audit keeps of every step: who did it, when, by which command or why by itself, and what it changed. */
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../model/flush.ts';
import type { ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, beijing, confirmBy, dueOn, endOf, program, task } from './program-builder.ts';

const played = (over: Partial<ProgramTask> = {}) => new Played(program({ tasks: [task({ id: 'visit', ...over })] }));
const CHAIN = [confirmBy('union-officer'), acceptBy('union-head')];

const entriesOf = ({ effects }: Played, kind: string): readonly AuditEntry[] =>
  effects.audit.filter((entry) => entry.kind === kind);
const changedBy = (instance: Played, kind: string) => entriesOf(instance, kind).map(({ changed }) => changed);

describe('what a command changed of a task', () => {
  it('stands with the first thing that was noted of it, from and to', () => {
    const household = played();
    household.complete('visit', { id: 'c-1' });
    expect(changedBy(household, 'taskSubmitted')).toEqual([{ status: ['open', 'done'], submission: [null, 'c-1'] }]);
    expect(changedBy(household, 'taskDone')).toEqual([undefined]);
  });

  it('names the reviewer who is awaited', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit', { id: 'c-1' });
    household.accept('visit');
    expect(changedBy(household, 'taskSubmitted')).toMatchObject([
      { status: ['open', 'inReview'], reviewer: [null, 'officer-1'] },
    ]);
    expect(changedBy(household, 'stepAccepted')).toEqual([{ reviewer: ['officer-1', 'head-1'], step: [0, 1] }]);
  });

  it('tells a return with its reason', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit');
    household.sendBack('visit');
    const [returned] = entriesOf(household, 'taskReturned');
    expect(returned).toMatchObject({
      actor: 'officer-1',
      command: expect.any(String),
      detail: { reason: expect.any(String), step: 0 },
    });
    expect(returned!.changed).toEqual({
      status: ['inReview', 'returned'],
      reviewer: ['officer-1', null],
      returns: [0, 1],
    });
  });

  it('never tells what a form said', () => {
    const household = played({ reviews: CHAIN });
    household.complete('visit', { facts: { class: 'deep' }, rows: [{ table: 't', row: 1 }] });
    household.sendBack('visit');
    expect(JSON.stringify(household.effects.audit)).not.toContain('deep');
  });

  it('is not mixed with what time had done by then', () => {
    const household = new Played(
      program({
        tasks: [
          task({ id: 'visit' }),
          task({ id: 'photo', atEnd: 'close', due: dueOn('2020-10-20'), endsAt: endOf('2020-10-20') }),
        ],
      }),
    );
    household.now = beijing('2020-10-22 09:00');
    household.complete('visit');
    expect(entriesOf(household, 'taskMissed')).toMatchObject([
      { actor: 'time', at: endOf('2020-10-20') + 1, detail: { phase: 'first' }, changed: { status: ['open', 'missed'] } },
    ]);
    expect(entriesOf(household, 'taskMissed')[0]).not.toHaveProperty('command');
  });
});

describe('why a thing happened', () => {
  it('is, of an opening that time brought, its phase', () => {
    const [opened] = entriesOf(played(), 'taskOpened');
    expect(opened).toMatchObject({ actor: 'time', detail: { phase: 'first', holder: 'cadre-1' } });
  });

  it('is, of an opening that a command brought, that command', () => {
    const household = new Played(program({ tasks: [task({ id: 'visit' }), task({ id: 'list', after: ['visit'] })] }));
    household.complete('visit', { id: 'c-1' });
    const opened = entriesOf(household, 'taskOpened').at(-1)!;
    expect(opened).toMatchObject({ task: 'list', command: 'c-1', actor: 'cadre-1' });
    expect(opened.detail).not.toHaveProperty('phase');
  });

  it('is, of late work, the submission that says it', () => {
    const household = played().at('2020-10-27 09:00');
    household.complete('visit', { id: 'c-1', lateReason: true });
    expect(entriesOf(household, 'taskSubmitted')).toMatchObject([{ detail: { late: true, reason: 'c-1' } }]);
  });
});

describe('every command that changes nothing of a task', () => {
  it.each([
    ['roll', 'rolled'],
    ['reflush', 'reflushed'],
    ['close', 'closed'],
  ] as const)('%s leaves a row all the same', (kind, noted) => {
    const household = played();
    household.send({ kind }, { by: { system: 'operator' }, id: 'c-1' });
    expect(entriesOf(household, noted)).toMatchObject([{ actor: 'operator', command: 'c-1', at: household.now }]);
  });
});

/** Work that is handed in, returned or settled while clocks stand still: a deadline is later by the time that its clock stood, neither more nor less. */
import { describe, expect, it } from 'vitest';
import type { ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, dueWithin, startOf, task } from './program-builder.ts';
import { build, visit, from, adjust, pause, resume, pausedAWhile } from './paused.ts';

describe('where work is accepted meanwhile', () => {
  const accepting = (tasks: readonly ProgramTask[]) => pausedAWhile(build(tasks, { pauses: { completions: 'accept' } }));

  it('it is in time as long as its clock stands still', () => {
    const played = accepting([visit({ due: dueWithin(5) }), task({ id: 'report', after: ['visit'] })]);
    played.at('2020-11-03 10:00');
    expect(played.complete('visit')).toBe('done');
    expect(played.answer).toMatchObject({ late: false });
    // What comes after it does so once the instance goes on.
    expect(played.status('report')).toBe('waiting');
    resume(played);
    expect(played.status('report')).toBe('open');
  });

  it('whoever comes to act for another meanwhile has their work from then on', () => {
    const [from, until] = [startOf('2020-10-26'), startOf('2020-11-02')];
    const played = accepting([visit({ due: dueWithin(5) })]);
    adjust(played, { kind: 'cover', person: 'cadre-1', by: 'cadre-2', from, until });
    const phases = played.snapshot.phasesStarted;
    expect(played.at('2020-10-25 23:59').task('visit').holder).toBe('cadre-1');
    expect(played.at('2020-10-26 00:00').task('visit').holder).toBe('cadre-2');
    expect(played.at('2020-11-02 00:00').task('visit').holder).toBe('cadre-1');
    expect(played.snapshot.phasesStarted).toBe(phases);
  });

  it('it is late where its deadline is a date', () => {
    const played = accepting([visit()]);
    played.at('2020-11-03 10:00');
    expect(played.complete('visit')).toBe('LATE_REASON_REQUIRED');
    expect(played.complete('visit', { lateReason: true })).toBe('done');
    expect(played.answer).toMatchObject({ late: true });
  });

  it('what is returned has what was left, counted from when it goes on', () => {
    const played = accepting([visit({ due: dueWithin(5), reviews: [acceptBy('union-head')] })]);
    played.complete('visit');
    expect(played.deadline('visit')).toBe('2020-10-23 23:59:59.999');
    played.at('2020-10-26 10:00');
    played.sendBack('visit');
    expect(played.deadline('visit')).toBe('2020-10-27 23:59:59.999');
    played.at('2020-10-28 10:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-29 23:59:59.999');
  });

  const takeBack = (played: Played): ReturnType<Played['send']> =>
    played.send(
      {
        ...{ kind: 'adjust', authority: 'holder', reason: 'r1' },
        adjustment: { kind: 'retract', task: 'visit', submission: played.task('visit').submission ?? 'none' },
      },
      { by: { person: 'cadre-1', via: 'api' } },
    );
  const eightDays = (over: Partial<ProgramTask> = {}): ProgramTask =>
    visit({ due: from('opened', { unit: 'hours', count: 8 * 24 }), ...over });

  it.each<[string, (played: Played) => void]>([
    ['nothing', () => undefined],
    ['hands it in', (played) => played.complete('visit')],
    [
      'hands it in and takes it back',
      (played) => {
        played.complete('visit');
        played.at('2020-10-23 15:00');
        expect(takeBack(played)).toBe('taken');
      },
    ],
    [
      'hands it in, has it returned, hands it in anew and takes that back',
      (played) => {
        played.complete('visit');
        played.at('2020-10-23 15:00').sendBack('visit');
        played.at('2020-10-24 15:00').complete('visit');
        played.at('2020-10-25 15:00');
        expect(takeBack(played)).toBe('taken');
      },
    ],
  ])('a deadline is later by the time that its clock stood, whatever its holder does: %s', (_what, act) => {
    const played = accepting([eightDays({ reviews: [acceptBy('union-head')] })]);
    act(played);
    played.at('2020-10-28 10:00');
    resume(played);
    // From the 19th to the 28th, ten o'clock each.
    expect(played.deadline('visit')).toBe('2020-10-30 00:00');
    played.at('2020-10-28 12:00');
    pause(played);
    played.at('2020-10-29 12:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-31 00:00');
  });

  it.each([
    ['before', '2020-10-19 09:00', 'retracted'],
    ['before', '2020-10-19 09:00', 'reopened'],
    ['meanwhile', '2020-10-22 15:00', 'retracted'],
    ['meanwhile', '2020-10-22 15:00', 'reopened'],
  ])('what is done %s (%s), and %s once it goes on, is due as if it had been open all the time', (_when, at, how) => {
    const tasks = [eightDays({ retract: { within: { unit: 'days', count: 9 } } })];
    const played = new Played(build(tasks, { pauses: { completions: 'accept' } }));
    const steps: [string, () => unknown][] = [
      ['2020-10-19 10:00', () => pause(played)],
      ['2020-10-28 10:00', () => resume(played)],
      [at, () => played.complete('visit')],
    ];
    for (const [when, act] of steps.toSorted(([a], [b]) => a.localeCompare(b))) {
      played.at(when);
      act();
    }
    expect(played.status('visit')).toBe('done');
    expect(how === 'retracted' ? takeBack(played) : adjust(played, { kind: 'reopen', task: 'visit' })).toBe('taken');
    expect(played.deadline('visit')).toBe('2020-10-30 00:00');
  });
});

describe('what is settled at the very instant at which a pause ends', () => {
  type Acts = readonly ((played: Played) => unknown)[];
  const decide = (kind: 'waive' | 'reopen') => (played: Played) => expect(adjust(played, { kind, task: 'visit' })).toBe('taken');
  const [waived, reopened] = [decide('waive'), decide('reopen')];
  const stopped = (played: Played) => expect(pause(played)).toBe('taken');
  const goesOn = (played: Played) => expect(resume(played)).toBe('taken');

  it.each<[string, Acts]>([
    ['before it does', [waived, goesOn]],
    ['after it has', [goesOn, waived]],
    ['before, and again after it was opened again', [waived, goesOn, reopened, waived]],
    ['before, with another pause at that instant', [waived, goesOn, stopped, goesOn]],
    ['after, in another pause at that instant', [goesOn, stopped, waived, goesOn]],
  ])('is due as if it had been open all the time once it is opened again: %s', (_when, acts) => {
    const played = new Played(build([visit({ due: dueWithin(5) })])).at('2020-10-14 10:00');
    stopped(played);
    played.at('2020-10-19 10:00');
    for (const act of acts) act(played);
    played.at('2020-10-20 10:00');
    reopened(played);
    expect(played.deadline('visit')).toBe('2020-10-23 23:59:59.999');
    expect(played.task('visit')).not.toHaveProperty('settledPaused');
  });
});

/** A task that only some instances have. Of two households one is taken by the sample, and the other passed over. */
import { describe, expect, it } from 'vitest';
import type { ProgramTask } from '../../model/plan.ts';
import { isTaken } from '../../model/sample.ts';
import { Played } from './played.ts';
import { program, task } from './program-builder.ts';

const sample = { share: 0.5 };
const find = (taken: boolean): string =>
  Array.from({ length: 50 }, (_, index) => `h/${index}`).find(
    (instance) => isTaken(sample, { instance, task: 'check' }) === taken,
  )!;
const [TAKEN, PASSED_OVER] = [find(true), find(false)];
const check = (over: Partial<ProgramTask> = {}): ProgramTask => task({ id: 'check', sample, feeds: ['g'], ...over });
const played = (instance: string, ...others: readonly ProgramTask[]): Played =>
  new Played(program({ tasks: [check(), ...others] }), { instance });

describe('a task with a sample', () => {
  it('comes up in those that are taken', () => expect(played(TAKEN).status('check')).toBe('open'));
  it('comes up in no others', () => expect(played(PASSED_OVER).at('2020-12-01 09:00').snapshot.tasks).toEqual({}));
  it('wakes nobody whom it passes over', () => expect(played(PASSED_OVER).wake).toBeNull());
  it('is said to be dropped in the audit of those it passes over', () =>
    expect(played(PASSED_OVER).effects.audit).toMatchObject([
      { kind: 'enrolled' },
      { kind: 'taskDropped', task: 'check', detail: { why: 'sample' } },
    ]));
  it('is said of nobody else', () => expect(played(TAKEN).audited('check')).toEqual(['taskOpened']));
  it('is not waited for by gates where it passes over', () =>
    expect(played(PASSED_OVER).effects.gates).toEqual([{ gate: 'g', settled: false, excluded: true }]));
  it('answers whoever tries it there that it never comes up', () => {
    const there = played(PASSED_OVER);
    there.complete('check', { by: 'cadre-1' });
    expect(there.refused?.message).toContain('never comes up');
  });
});

describe('what comes after a task with a sample', () => {
  const after = task({ id: 'after', after: ['check'] });

  it('waits for it where it comes up', () => expect(played(TAKEN, after).status('after')).toBe('waiting'));
  it('takes it for behind where it does not', () => expect(played(PASSED_OVER, after).status('after')).toBe('open'));
  it('is waited for by gates in both', () => {
    const counted = { ...after, feeds: ['h'] };
    for (const instance of [TAKEN, PASSED_OVER])
      expect(played(instance, counted).effects.gates.filter(({ gate }) => gate === 'h')).toEqual([]);
  });
});

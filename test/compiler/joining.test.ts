import { describe, expect, it } from 'vitest';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const WRITE = 'holder: office, form: plan }';
const own = (joining: string, ...changes: readonly (readonly [string, string])[]): string =>
  tinyWith([WRITE, `holder: office, form: plan, joining: ${joining} }`], ...changes);
const byDefault = (joining: string): string => tinyWith(['notice: 3', `notice: 3\njoining: ${joining}`]);
const joiningOf = (text: string) => compiledFrom(text).plan.tasks[0]!.joining;

describe('what late joiners get', () => {
  it('is what the task says', () => expect(joiningOf(own('shift'))).toEqual({ kind: 'shift' }));
  it('is what the main file says, where the task does not', () => expect(joiningOf(byDefault('skip'))).toEqual({ kind: 'skip' }));
  it('is what everybody gets, where neither does', () => expect(joiningOf(tinyWith())).toBeUndefined());
  it('may be that in spite of the main file', () =>
    expect(joiningOf(own('catch-up', ['notice: 3', 'notice: 3\njoining: skip']))).toBeUndefined());
  it('may be another deadline, of any kind', () => {
    expect(joiningOf(own('{ due: { workingDays: 2 } }'))).toEqual({ kind: 'due', due: { kind: 'afterOpening', workingDays: 2 } });
    expect(joiningOf(own('{ due: { date: 2020-10-15 } }'))).toMatchObject({ kind: 'due', due: { kind: 'at' } });
    expect(joiningOf(own('{ due: { from: enrolment, days: 3 } }'))).toMatchObject({
      due: { kind: 'from', anchor: { on: 'enrolment' } },
    });
  });
});

describe('what cannot be', () => {
  it.each([
    ['{ due: row }', 'ROW_TASK_WITHOUT_SOURCE'],
    ['{ due: { date: 2020-11-20 } }', 'DATE_OUTSIDE_CAMPAIGN'],
    ['{ due: { from: { done: raed }, days: 3 } }', 'UNKNOWN_TASK'],
    ['{ due: { from: opened, days: -1 } }', 'DUE_BEFORE_OPENING'],
    ['later', 'WRONG_TYPE'],
  ])('is told: %s', (joining, code) => expect(issuesFrom(own(joining)).map((issue) => issue.code)).toContain(code));
  it('is told of a phase too', () =>
    expect(issuesFrom(tinyWith(['ends: 2020-10-15', 'ends: 2020-10-15\n    past: never']))).toMatchObject([
      { code: 'VALUE_NOT_ALLOWED', hint: 'allowed: refuse, catch-up, skip' },
    ]));
});

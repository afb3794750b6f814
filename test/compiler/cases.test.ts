/** Outcomes that take instances out, and ask for tasks again. */
import { describe, expect, it } from 'vitest';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const WRITE = '- { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }';
const task = (id: string, rest: string): string =>
  `- { id: ${id}, title: { zh: 题, en: Q }, basis: house, holder: office, form: plan, ${rest} }`;
const withTasks = (...tasks: readonly string[]): string => tinyWith([WRITE, [WRITE, ...tasks].join('\n          ')]);
const codesOf = (...tasks: readonly string[]): readonly string[] => issuesFrom(withTasks(...tasks)).map(({ code }) => code);

describe('an outcome', () => {
  it('may take the instance out, and ask for tasks again, without setting a fact', () => {
    const text = withTasks(
      task('check', 'scope: union, outcomes: [{ withdraw: true }, { again: [check, plan] }]'),
      task('plan', 'scope: union, ofWithdrawn: true'),
    );
    const { tasks } = compiledFrom(text).plan;
    expect(tasks.slice(1).map(({ outcomes, ofWithdrawn }) => ({ outcomes, ofWithdrawn }))).toEqual([
      {
        outcomes: [
          { set: {}, withdraw: true },
          { set: {}, again: ['check', 'plan'] },
        ],
        ofWithdrawn: undefined,
      },
      { outcomes: [], ofWithdrawn: true },
    ]);
  });
  it('says at least one thing', () => expect(codesOf(task('check', 'scope: union, outcomes: [{}]'))).toEqual(['CHOOSE_ONE']));
  it('does not take the campaign out of itself', () =>
    expect(codesOf(task('check', 'scope: campaign, outcomes: [{ withdraw: true }]'))).toEqual(['SCOPE_MISMATCH']));
  it('asks for tasks that are there, of its own scope', () => {
    expect(codesOf(task('check', 'scope: union, outcomes: [{ again: [chekc] }]'))).toEqual(['UNKNOWN_TASK']);
    expect(codesOf(task('check', 'scope: union, outcomes: [{ again: [write] }]'))).toEqual(['SCOPE_MISMATCH']);
  });
  it('does not ask for what repeats', () =>
    expect(
      codesOf(
        task('check', 'scope: union, outcomes: [{ again: [daily] }]'),
        task('daily', 'scope: union, repeats: { times: 2 }'),
      ),
    ).toEqual(['AGAIN_UNFIT']));
  it('may go round in a circle, because a person stands in it: it is sound, and warned of', () =>
    expect(
      codesOf(
        task('one', 'scope: union, outcomes: [{ again: [two] }]'),
        task('two', 'scope: union, outcomes: [{ again: [one] }]'),
      ),
    ).toEqual(['AGAIN_WITHOUT_END']));
});

import { describe, expect, it } from 'vitest';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const WRITE = '- { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }';
const task = (id: string, rest: string): string =>
  `- { id: ${id}, title: { zh: 任务, en: Task }, basis: house, scope: campaign, form: plan, ${rest} }`;
const textOf = (...tasks: readonly string[]): string => tinyWith([WRITE, [WRITE, ...tasks].join('\n          ')]);
const codesOf = (...tasks: readonly string[]): readonly string[] => issuesFrom(textOf(...tasks)).map(({ code }) => code);

describe('`not`', () => {
  it('is kept in the plan, of holders and of reviews', () => {
    const { plan } = compiledFrom(
      textOf(
        task('check', 'after: [write], holder: { role: office, not: write }, reviews: [{ accept: leading-group, not: write }]'),
      ),
    );
    const check = plan.tasks.find(({ id }) => id === 'check')!;
    expect([check.holder, check.reviews[0]]).toMatchObject([
      { role: 'office', not: 'write' },
      { by: 'leading-group', not: 'write' },
    ]);
  });

  it('names a task there is', () =>
    expect(codesOf(task('check', 'after: [write], holder: { role: office, not: wrote }'))).toEqual(['UNKNOWN_TASK']));

  it('names a role there is', () =>
    expect(codesOf(task('check', 'after: [write], holder: { role: offices, not: write }'))).toEqual(['UNKNOWN_ROLE']));

  it('may name what comes before by way of another task', () =>
    expect(
      codesOf(
        task('between', 'after: [write], holder: office'),
        task('check', 'after: [between], holder: { role: office, not: write }'),
      ),
    ).toEqual([]));

  it('of a task for itself is warned of', () =>
    expect(codesOf(task('check', 'holder: { role: office, not: check }'))).toEqual(['NOT_DONE_BEFORE']));

  it('leaves nobody where reviewers up the chain are the holder or did the other task', () =>
    expect(codesOf(task('check', 'after: [write], holder: leading-group, reviews: [{ accept: office, not: write }]'))).toEqual([
      'NO_ONE_TO_HOLD',
    ]));
});

/** What later forms of a virtual run are prefilled from. */
import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../model/snapshot.ts';
import { EarlierAnswers } from '../../simulator/earlier-answers.ts';
import { cell, form } from '../forms/builders.ts';

const later = form(
  cell({ id: 'income', type: 'money', from: { task: 'survey', field: 'income' } }),
  cell({ id: 'note', from: { task: 'visit', field: 'words' } }),
);
const survey = { instance: 'h/1', key: 'survey', template: 'survey' };
const state = (over: Partial<TaskState>) => ({ template: 'survey', status: 'done', settledAt: 1, ...over }) as TaskState;

function earlier(): EarlierAnswers {
  const kept = new EarlierAnswers({ forms: { later } });
  kept.keep(survey, { income: 700, secret: '不必记' });
  return kept;
}

describe('answers that later forms are prefilled from', () => {
  it('are of the tasks that some form names, and no others', () =>
    expect(['survey', 'visit', 'sweep'].map((task) => earlier().fieldsOf(task))).toEqual([
      new Set(['income']),
      new Set(['words']),
      undefined,
    ]));
  it('are the fields that are asked for, of tasks that are done', () =>
    expect(earlier().of(later, { instance: 'h/1', tasks: { survey: state({}) } })).toEqual({ survey: { income: 700 } }));
  it('are none while the task is not done', () =>
    expect(earlier().of(later, { instance: 'h/1', tasks: { survey: state({ status: 'inReview', settledAt: null }) } })).toEqual(
      {},
    ));
  it('are none of another instance', () =>
    expect(earlier().of(later, { instance: 'h/2', tasks: { survey: state({}) } })).toEqual({}));
  it('are those accepted last where a task came up several times', () => {
    const kept = earlier();
    kept.keep({ ...survey, key: 'survey.2' }, { income: 900 });
    const tasks = { survey: state({ settledAt: 1 }), 'survey.2': state({ settledAt: 2 }) };
    expect(kept.of(later, { instance: 'h/1', tasks })).toEqual({ survey: { income: 900 } });
  });
});

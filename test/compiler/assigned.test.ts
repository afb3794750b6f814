/** What a definition says of assigned items, and the word that stands for them. */
import { describe, expect, it } from 'vitest';
import { findForm, findLadder, findTemplate } from '../../model/assigned.ts';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const saying = (assigned: string, ...changes: readonly (readonly [string, string])[]): string =>
  tinyWith(['notice: 3', `notice: 3\nassigned: ${assigned}`], ...changes);
const codes = (text: string): readonly string[] => issuesFrom(text).map(({ code }) => code);

describe('a definition that says nothing of assigned items', () => {
  const { plan, programs } = compiledFrom(tinyWith());

  it('compiles to what it did before there were any', () => {
    expect(plan).not.toHaveProperty('assigned');
    expect(programs.union).not.toHaveProperty('assigned');
    expect(plan.tasks.map(({ id }) => id)).toEqual(['write']);
  });

  it('has a template for them in every scope all the same, with a form and a ladder', () => {
    for (const scope of ['campaign', 'union', 'household'] as const) {
      const template = findTemplate(plan, { template: 'assigned', scope })!;
      expect(template).toMatchObject({ scope, holder: { role: 'office' }, reviews: [], title: { zh: '交办事项' } });
      expect(findForm(plan, template.form)!.fields.map(({ id }) => id)).toEqual(['done', 'evidence']);
    }
    expect(findLadder(plan, 'assigned')!.rungs.map(({ id }) => id)).toEqual(['due-soon', 'overdue', 'office']);
  });
});

describe('a definition that says something of them', () => {
  it('has it in the plan and in every program', () => {
    const { plan, programs } = compiledFrom(saying('{ form: plan, review: leading-group, holder: { union: office } }'));
    const assigned = { form: 'plan', review: 'leading-group', holder: { union: 'office' } };
    expect(plan.assigned).toEqual(assigned);
    for (const program of Object.values(programs)) expect(program.assigned).toEqual(assigned);
    expect(findTemplate(plan, { template: 'assigned', scope: 'union' })).toMatchObject({ form: 'plan', ladder: 'assigned' });
  });

  it('uses the forms, ladders and roles that it names', () => {
    const more =
      'forms:\n  note: { title: { zh: 记录, en: Note }, fields: [{ id: text, title: { zh: 内容, en: Text }, type: text }] }';
    const slow = "ladders:\n  slow:\n    - { id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }";
    const text = saying('{ form: note, ladder: slow }', ['forms:', more], ['ladders:', slow]);
    expect(codes(text)).toEqual([]);
  });

  it.each([
    ['{ form: none }', 'UNKNOWN_FORM'],
    ['{ ladder: none }', 'UNKNOWN_LADDER'],
    ['{ review: none }', 'UNKNOWN_ROLE'],
    ['{ holder: { union: none } }', 'UNKNOWN_ROLE'],
    ['{}', 'CHOOSE_ONE'],
    ['{ by: [office] }', 'UNKNOWN_KEY'],
  ])('is told of what there is not: %s', (assigned, code) => expect(codes(saying(assigned))).toContain(code));

  it('is told of a holder whom the scope has not got', () => {
    const officer = 'roles:\n  union-officer: { title: { zh: 经办人, en: Officer }, scope: union, fallback: office }';
    expect(codes(saying('{ holder: { campaign: union-officer } }', ['roles:', officer]))).toEqual(['SCOPE_MISMATCH']);
    expect(codes(saying('{ holder: { household: union-officer } }', ['roles:', officer]))).toEqual([]);
  });

  it('is told of a form that knows of one scope', () => {
    const known = (field: string): string => saying('{ form: plan }', ['type: text }', `type: text, ${field} }`]);
    expect(codes(known('from: phone'))).toContain('SCOPE_MISMATCH');
  });
});

describe('the word for them', () => {
  it.each([
    ['a task', ['id: write', 'id: assigned']],
    ['a ladder', ['ladders:', "ladders:\n  assigned:\n    - { id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }"]],
    [
      'a form',
      [
        'forms:',
        'forms:\n  assigned: { title: { zh: 记录, en: Note }, fields: [{ id: text, title: { zh: 内容, en: Text }, type: text }] }',
      ],
    ],
  ] as const)('is not free for %s', (_what, change) => expect(codes(tinyWith(change))).toContain('MALFORMED'));

  it('may be what an indicator counts', () => {
    const counted =
      'indicators:\n  items: { title: { zh: 交办, en: Items }, tasks: { status: open, only: [assigned] } }\nphases:';
    expect(codes(tinyWith(['phases:', counted]))).toEqual([]);
  });
});

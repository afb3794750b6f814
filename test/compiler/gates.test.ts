import { describe, expect, it } from 'vitest';
import { issuesFrom, tinyWith } from './tiny.ts';

const WRITE = '- { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }';
const ROLE = 'roles:\n  union-officer: { title: { zh: 经办人, en: Officer }, scope: union, fallback: office }';
/** Its rows could make tasks. */
const FORM =
  '  list: { title: { zh: 清单, en: List }, fields: [{ id: items, title: { zh: 事项, en: Items }, type: table, columns: [{ id: what, title: { zh: 事项, en: What }, type: text }] }] }\nphases:';
const task = (id: string, rest: string): string =>
  `- { id: ${id}, title: { zh: 任务, en: Task }, basis: house, form: plan, ${rest} }`;

/** The issues of a campaign with these tasks beside `write` of the campaign. */
function issuesOf(...tasks: readonly string[]): readonly string[] {
  const list: readonly [string, string][] = tasks.some((each) => each.includes('form: list')) ? [['phases:', FORM]] : [];
  const text = tinyWith([WRITE, [WRITE, ...tasks].join('\n          ')], ['roles:', ROLE], ...list);
  return issuesFrom(text).map(({ code, message }) => `${code}: ${message}`);
}
const union = (id: string, rest: string): string => task(id, `scope: union, holder: union-officer, ${rest}`);

describe('a gate', () => {
  it('may wait for a task of the scope above', () =>
    expect(issuesOf(union('next', 'gate: { of: campaign, task: write }'))).toEqual([]));

  it.each([
    ['{ of: unions, task: write }'],
    ['{ of: campaign, share: 0.5, task: write }'],
    ['{ all: unions, of: union, task: write }'],
    ['{ share: 0.5, task: write }'],
    ['{ task: write }'],
  ])('says in one way whose task it is about: %s', (gate) =>
    expect(issuesOf(union('next', `gate: ${gate}`))).toEqual([expect.stringContaining('CHOOSE_ONE: ')]),
  );

  it('has nothing above it when its task is of the campaign', () =>
    expect(issuesOf(task('next', 'scope: campaign, holder: office, gate: { of: campaign, task: write }'))).toEqual([
      "SCOPE_MISMATCH: task 'next' of the campaign has no campaign above it to wait for",
    ]));

  it('names a task of the scope it waits for', () =>
    expect(issuesOf(union('other', 'due: phase-end'), union('next', 'gate: { of: campaign, task: other }'))).toEqual([
      "SCOPE_MISMATCH: 'other' is a task of the union, and the gate waits for the campaign",
    ]));

  it('cannot wait for what waits for it through the scope below', () =>
    expect(
      issuesOf(
        task('sum', 'scope: campaign, holder: office, gate: { all: unions, task: next }'),
        union('next', 'gate: { of: campaign, task: sum }'),
      ),
    ).toEqual([expect.stringContaining('CYCLE: ')]));

  it('is what to use instead of `after`, for a task of the scope above', () => {
    const text = tinyWith([WRITE, [WRITE, union('next', 'after: [write]')].join('\n          ')], ['roles:', ROLE]);
    expect(issuesFrom(text)[0]!.hint).toBe('use a gate: { of: campaign, task: write }');
  });
});

describe('a sample', () => {
  it('is of unions or households, since there is one campaign', () =>
    expect(issuesOf(task('next', 'scope: campaign, holder: office, sample: { share: 0.5 }'))).toEqual([
      "SCOPE_MISMATCH: task 'next' belongs to the campaign, of which there is one",
    ]));
  it.each(['0', '1.5', '-1'])('is more than nobody and at most everybody: %s', (share) =>
    expect(issuesOf(union('next', `sample: { share: ${share} }`))).toEqual([expect.stringContaining('OUT_OF_RANGE: ')]),
  );
  it('is not of what rows make', () =>
    expect(
      issuesOf(
        union('source', 'form: list, rows: [{ table: items, task: made }]').replace('form: plan, ', ''),
        union('made', 'sample: { share: 0.5 }'),
      ),
    ).toEqual([expect.stringContaining("ROW_TASK_RULE: task 'made' is made by rows")]));
});

/** Where the items of a bulk come from, and what is said of lines that cannot be used. */
import { describe, expect, it } from 'vitest';
import { makeItems } from '../../cli/bulk/items.ts';
import { ofInstances, ofPeople, ofTasks } from '../../cli/bulk/kinds.ts';
import { readCsvRows, readFailedRows, type Row } from '../../cli/bulk/rows.ts';
import type { BulkLine } from '../../cli/bulk/shapes.ts';
import { pauseCauseOf } from '../../model/adjustment.ts';
import { createFakeClient, SUMMARY } from './fake-host.ts';

const read = (text: string, bytes = Buffer.from(text)) =>
  readCsvRows(bytes, { file: 'list.csv', columns: ['instance', 'task', 'to', 'reason', 'as'], atMost: 4 });

describe('a CSV file', () => {
  it('has its columns in any order, those that are not needed left out, and lines counted as a spreadsheet does', () =>
    expect(read('to,task\n\ncadre-2,h/h-001/visit\n')).toEqual({
      rows: [{ line: 3, cells: { instance: '', task: 'h/h-001/visit', to: 'cadre-2', reason: '', as: '' } }],
    }));

  it('is read as spreadsheet programs in China save it', () => {
    // 理由 in GB18030: no valid UTF-8.
    const bytes = Buffer.concat([Buffer.from('task,reason\nc/sweep,'), Buffer.from([0xc0, 0xed, 0xd3, 0xc9])]);
    expect(read('', bytes)).toMatchObject({ rows: [{ cells: { reason: '理由' } }] });
  });

  it.each([
    ['without headings', 'h/h-001,visit\n', { line: 1, code: 'HEADING_MISSING' }],
    ['with a heading that nothing is known of', 'task,too\n', { line: 1, code: 'HEADING_UNKNOWN', hint: "did you mean 'to'?" }],
    ['with a heading twice', 'task,task\n', { line: 1, code: 'HEADING_REPEATED' }],
    ['with a quotation mark too many', 'task\n"visit\n', { code: 'LIST_UNREADABLE' }],
    ['with more lines than are taken at once', `task\n${'c/a\n'.repeat(5)}`, { code: 'BULK_TOO_LARGE' }],
  ])('%s is not taken', (_what, text, issue) => expect(read(text)).toMatchObject({ issues: [{ file: 'list.csv', ...issue }] }));
});

async function* lines(...texts: readonly (string | object)[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(typeof text === 'string' ? text : JSON.stringify(text));
}

const lineOf = (changes: Partial<BulkLine>): BulkLine => ({
  ...{ run: 'autumn', kind: 'reassign', line: 2, item: { task: 'c/a', to: 'x' }, command: 'b|1', state: 'done' },
  ...{ code: null, message: null, touched: 0, tasks: [], posts: [], stands: [] },
  ...changes,
});
const failedIn = (...texts: readonly (string | object)[]) =>
  readFailedRows(lines(...texts), { file: 'r.jsonl', run: 'autumn', kind: 'reassign' });

describe('the result of an earlier bulk', () => {
  it('gives those that were not done, each with its command id', async () =>
    expect(
      await failedIn(
        lineOf({}),
        ...(['refused', 'unanswered', 'pending', 'left', 'previewed'] as const).map((state, index) =>
          lineOf({ state, line: 3 + index, command: state }),
        ),
        { end: {} },
        '',
      ),
    ).toEqual({
      rows: ['refused', 'unanswered', 'pending', 'left'].map((command, index) => ({
        line: 3 + index,
        cells: { task: 'c/a', to: 'x' },
        command,
      })),
    }));

  it('counts the last word on each, where a file holds several attempts', async () =>
    expect(await failedIn(lineOf({ state: 'refused' }), lineOf({ state: 'done' }))).toEqual({ rows: [] }));

  it.each([
    ['of another run', lineOf({ run: 'spring' }), 'RESULT_OF_ANOTHER'],
    ['of another command', lineOf({ kind: 'recall' }), 'RESULT_OF_ANOTHER'],
    ['that is none', '{"task":"c/a"}', 'RESULT_UNREADABLE'],
    ['that is no JSON', 'c/a', 'RESULT_UNREADABLE'],
  ])('with a line %s is not taken', async (_what, text, code) =>
    expect(await failedIn(lineOf({}), text)).toMatchObject({ issues: [{ file: 'r.jsonl', line: 2, code }] }),
  );
});

const reassign = ofTasks({
  ...{ command: 'reassign', columns: ['to'], needs: ['to'] },
  adjustmentOf: (task, { to = '' }) => ({ kind: 'reassign', task, to }),
});
const cover = ofPeople({
  ...{ kind: 'cover', command: 'cover', person: 'person', columns: ['by', 'until'], needs: ['by'] },
  adjustmentOf: async ({ person = '', by = '', until = '' }, { instantAt }) => ({
    ...{ kind: 'cover', person, by },
    until: await instantAt(until),
  }),
});
const pause = ofInstances('pause', (scope) => ({ kind: 'pause', cause: pauseCauseOf(scope) }));

const rowsOf = (...cells: readonly Row['cells'][]): Row[] => cells.map((each, index) => ({ line: index + 2, cells: each }));
const making = { run: 'autumn', file: 'list.csv', given: { reason: 'as decided' }, client: createFakeClient().client };

describe('a row', () => {
  it('names a task by its instance and key, or as lists of tasks show it', async () => {
    const rows = rowsOf({ instance: 'h/h-001', task: 'visit', to: 'x' }, { task: 'u/union-01/sweep:1', to: 'y' });
    expect(await makeItems(rows, { ...making, kind: reassign })).toMatchObject({
      items: [
        { item: { for: { instance: 'h/h-001' }, adjustment: { task: 'visit', to: 'x' }, reason: 'as decided' } },
        { item: { for: { instance: 'u/union-01' }, adjustment: { task: 'sweep:1', to: 'y' } } },
      ],
    });
  });

  it('says for itself what the options say for the others, and keeps both for the result', async () => {
    const rows = rowsOf({ task: 'c/a', to: '' }, { task: 'c/b', to: 'y', reason: 'ill', as: 'head-1' });
    expect(await makeItems(rows, { ...making, given: { ...making.given, to: 'x' }, kind: reassign })).toMatchObject({
      items: [
        { cells: { task: 'c/a', to: 'x', reason: 'as decided' }, item: { adjustment: { to: 'x' } } },
        { cells: { to: 'y', reason: 'ill', as: 'head-1' }, item: { adjustment: { to: 'y' }, reason: 'ill', person: 'head-1' } },
      ],
    });
  });

  it('keeps the command id under which it was asked before', async () =>
    expect(
      await makeItems([{ line: 2, cells: { task: 'c/a', to: 'x' }, command: 'b|1' }], { ...making, kind: reassign }),
    ).toMatchObject({ items: [{ item: { command: 'b|1' } }] }));

  it('of a person is for everybody, and asks for each time once', async () => {
    const times: string[] = [];
    const { client } = createFakeClient({
      instantAt: (_run, text) => {
        times.push(text);
        return Promise.resolve(SUMMARY.endsAt);
      },
    });
    const until = '2020-11-06';
    const rows = rowsOf({ person: 'a', by: 'b', until }, { person: 'c', by: 'd', until });
    expect(await makeItems(rows, { ...making, client, kind: cover })).toMatchObject({
      items: [{ item: { for: { all: true }, adjustment: { person: 'a', until: SUMMARY.endsAt } } }, {}],
    });
    expect(times).toEqual([until]);
  });

  it('of an instance is for it, for a union with its households, or for everybody', async () => {
    const rows = rowsOf({ instance: 'h/h-001' }, { instance: 'u/union-01' }, { instance: 'c' });
    expect(await makeItems(rows, { ...making, kind: pause })).toMatchObject({
      items: [
        { item: { for: { instance: 'h/h-001' }, adjustment: { cause: 'self' } } },
        { item: { for: { union: 'union-01' }, adjustment: { cause: 'union' } } },
        { item: { for: { all: true }, adjustment: { cause: 'run' } } },
      ],
    });
  });

  it('that cannot be used is named with all the others, each at its line', async () => {
    const rows = rowsOf(
      { task: 'c/a', to: 'x' },
      { task: 'visit', to: 'x' },
      { instance: 'x-1', task: 'visit', to: 'x' },
      { task: 'c/b' },
      { instance: 'c', task: 'a', to: 'y' },
      { to: 'x' },
    );
    expect(await makeItems(rows, { ...making, kind: reassign })).toMatchObject({
      issues: [
        { file: 'list.csv', line: 3, column: 'task', message: 'this is no task' },
        { line: 4, column: 'instance' },
        { line: 5, column: 'to' },
        { line: 6, column: 'task', message: 'the same stands on line 2' },
        { line: 7, message: 'there is no task' },
      ],
    });
  });

  it('without a reason is not taken', async () =>
    expect(await makeItems(rowsOf({ task: 'c/a', to: 'x' }), { ...making, given: {}, kind: reassign })).toMatchObject({
      issues: [{ line: 2, column: 'reason' }],
    }));
});

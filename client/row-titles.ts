/**
 * What tasks made by rows are about, in the words of their rows, and the titles of assigned items. The words never left the submission they were stored
 * with, so it is opened to read them, by whoever asks: row-level security hides submissions from those who may not see them, and then there is no title.
 */
import { type Answer, isRecord, ownMember } from '../forms/answers.ts';
import type { FormSpec, Table } from '../model/form.ts';
import type { Plan } from '../model/plan.ts';
import { readKey } from '../model/task-key.ts';
import { type Queryable, withIdentity } from '../store/pool.ts';
import type { Run } from '../store/runs.ts';
import type { Sealer } from '../store/sealer.ts';
import { findSubmissionContents } from '../store/submissions.ts';
import type { FoundTask } from '../store/tasks.ts';
import { readWords } from './assigned-words.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';

/** Forms opened for one list of tasks. Tasks of further forms go without a title: who lists so many does not read them one by one. */
const FORMS_AT_MOST = 500;
/** Of a title. The whole text stands in the form. */
const LONGEST = 80;

interface Question {
  readonly run: string;
  readonly plan: Plan;
  readonly tasks: readonly FoundTask[];
  readonly sealer: Sealer;
}

/** One for each task, in their order; null where there is none, or none that the asker may see. */
export async function findRowTitles(db: Queryable, { run, plan, tasks, sealer }: Question): Promise<readonly (string | null)[]> {
  const tables = tasks.map((task) => tableOf(plan, task));
  const named = tasks.flatMap(({ source }, index) => (tables[index]?.rowTitle === undefined ? [] : source!.submission));
  const items = tasks.flatMap(({ item }) => item?.words ?? []);
  const ids = [...new Set([...named, ...items])].slice(0, FORMS_AT_MOST);
  const contents = ids.length === 0 ? new Map<string, string>() : await findSubmissionContents(db, { run, ids }, sealer);
  const opened = new Map([...contents].map(([id, content]) => [id, JSON.parse(content) as { answers?: unknown }]));
  return tasks.map(({ item, source }, index) =>
    item === null
      ? titleIn(tables[index], { answers: opened.get(source?.submission ?? '')?.answers, row: source?.row ?? 0 })
      : titleOf(contents.get(item.words)),
  );
}

export async function rowTitleOf(
  { appPool, sealer }: Pick<ClientRoom, 'appPool' | 'sealer'>,
  { run, plan, task }: { run: Run; plan: Plan; task: FoundTask },
): Promise<string | null> {
  const [title] = await withIdentity(appPool, OPERATOR, (db) => findRowTitles(db, { run: run.id, plan, tasks: [task], sealer }));
  return title ?? null;
}

/** The table whose row made the task. Where several tables of a form make the same, the task's key names the one. */
function tableOf(plan: Plan, { key, template, source }: FoundTask): Table | undefined {
  if (source === null) return undefined;
  const maker = plan.tasks.find(({ id }) => id === readKey(source.task).template);
  const rules = maker?.rows.filter(({ task }) => task === template) ?? [];
  const rule = rules.length > 1 ? rules.find(({ table }) => key.endsWith(`.${table}.${source.row}`)) : rules[0];
  return rule && findTable(plan.forms[maker!.form]!, rule.table);
}

function findTable({ fields }: FormSpec, id: string): Table | undefined {
  return fields.find((field): field is Table => field.type === 'table' && field.id === id);
}

function titleIn(table: Table | undefined, { answers, row }: { answers: unknown; row: number }): string | null {
  if (table?.rowTitle === undefined || !isRecord(answers)) return null;
  const rows = ownMember(answers, table.id);
  const id = table.fixedRows?.[row - 1]?.id;
  const found: unknown = Array.isArray(rows)
    ? (rows as unknown[])[row - 1]
    : isRecord(rows) && id !== undefined
      ? ownMember(rows, id)
      : undefined;
  const words = isRecord(found) ? wordsOf(table, ownMember(found, table.rowTitle) as Answer | undefined) : '';
  return words === '' ? null : shortened(words);
}

const titleOf = (content: string | undefined): string | null =>
  content === undefined ? null : shortened(readWords(content).title);

const shortened = (words: string): string =>
  words.length > LONGEST ? `${words.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : words;

/** In one line. Of a choice its title, and the words beside it. */
function wordsOf({ columns, rowTitle }: Table, answer: Answer | undefined): string {
  const choices = columns.find(({ id }) => id === rowTitle)?.choices;
  const titleOf = (choice: string): string => choices?.find(({ id }) => id === choice)?.title.zh ?? choice;
  if (typeof answer === 'string') return (choices === undefined ? answer : titleOf(answer)).replace(/\s+/g, ' ');
  return isRecord(answer) && 'choice' in answer ? `${titleOf(String(answer.choice))}：${String(answer.text)}` : '';
}

/** What a bulk would do or has done, for people to read. */
import { faceOf } from '../format-adjustment.ts';
import { formatTable } from '../table.ts';
import type { BulkEnd, BulkLine } from './shapes.ts';

/** Nobody reads more at once; `--json` and `--results` have all. */
const LINES = 40;

interface Told {
  readonly lines: readonly BulkLine[];
  readonly end: BulkEnd;
}

interface Words {
  /** The command as it was typed. */
  readonly typed: string;
  /** Whether an id was typed with it. */
  readonly isNamed: boolean;
  /** The command that tries those again that were not done, where their results are kept. */
  readonly retry: string | undefined;
  /** The columns that say whom a line is for. */
  readonly place: readonly string[];
}

export function formatBulk({ lines, end }: Told, words: Words): string {
  const changes = lines.flatMap(({ tasks }) => tasks);
  const failed = lines.filter(({ code }) => code !== null);
  return [
    ...cut(changes, [
      { title: 'task', value: ({ task }) => task },
      { title: 'before', value: (task) => faceOf(task.before, task) },
      { title: 'after', value: (task) => faceOf(task.after, task) },
    ]),
    ...postsOf(lines),
    ...standing(lines.flatMap(({ stands }) => stands)),
    ...cut(failed, [
      { title: 'line', value: ({ line }) => line, align: 'right' },
      { title: 'of', value: ({ item }) => placeIn(item, words) },
      { title: 'result', value: ({ state }) => state },
      { title: 'code', value: ({ code }) => code ?? '' },
      { title: 'why', value: ({ message }) => message ?? '' },
    ]),
    end.end.applied ? closingOfDone(end, words) : closingOfPreview(end, words),
  ].join('\n');
}

function cut<Row>(rows: readonly Row[], columns: Parameters<typeof formatTable<Row>>[1]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length > LINES ? [`… and ${rows.length - LINES} more; --json has all.`] : [];
  return [formatTable(rows.slice(0, LINES), columns), ...more];
}

const placeIn = (item: BulkLine['item'], { place }: Words): string =>
  place.flatMap((column) => ((item[column] ?? '') === '' ? [] : [item[column]!])).join('/');

/** A post is the same in a union and all its households: told once. */
function postsOf(lines: readonly BulkLine[]): readonly string[] {
  const told = lines.flatMap(({ posts }) =>
    posts.map(({ role, before, after }) => `${role}: ${before ?? 'nobody'} → ${after ?? 'nobody'}`),
  );
  return [...new Set(told)];
}

const standing = (tasks: readonly string[]): readonly string[] =>
  tasks.length === 0 ? [] : [`Stays as it is, because somebody has worked on it: ${tasks.join(', ')}.`];

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function closingOfPreview({ end: { states, touched, hash } }: BulkEnd, { typed }: Words): string {
  const already = states.done === 0 ? '' : ` ${states.done} are done already.`;
  const refused = states.refused === 0 ? '' : ` ${states.refused} would be refused.`;
  const how = states.previewed === 0 ? '' : ` To do exactly this: ${typed} --apply ${hash}`;
  return `Nothing was changed. ${counted(states.previewed, 'adjustment')} would touch ${counted(touched, 'task')}.${already}${refused}${how}`;
}

function closingOfDone({ end: { items, states, touched, id } }: BulkEnd, { typed, isNamed, retry }: Words): string {
  const failed = items - states.done;
  if (failed === 0) return `Done: all ${items}, ${counted(touched, 'task')}.`;
  const how = retry ?? (isNamed ? typed : `${typed} --id ${id}`);
  return `Done: ${states.done} of ${items}, ${counted(touched, 'task')}; ${failed} not. To try those again: ${how}`;
}

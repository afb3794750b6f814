/** What an adjustment did or would do, for people to read. */
import type { AdjustmentAnswer } from './adjustment.ts';
import { formatInstant } from './instants.ts';
import { formatTable } from './table.ts';

/** Nobody reads more at once; `--json` has all. */
const LINES = 40;
/** Of a task, for the same reason. */
const RUNGS = 2;

type Item = AdjustmentAnswer['items'][number];
type Task = Item['tasks'][number];

interface Line {
  readonly task: string;
  readonly before: string;
  readonly after: string;
}

export function formatAdjustment(
  answer: AdjustmentAnswer,
  { again }: { /** The command as it was typed. */ readonly again: string },
): string {
  const { applied, hash, instances, tasks, assigned, items } = answer;
  const lines = items.flatMap(linesOf);
  const posts = postsOf(items);
  const table = lines.length === 0 ? [] : [formatTable(lines.slice(0, LINES), COLUMNS)];
  const more = lines.length > LINES ? [`… and ${lines.length - LINES} more; --json has all.`] : [];
  const stands = items.flatMap((item) => item.stands.map((task) => `${item.instance}/${task}`));
  const kept = stands.length === 0 ? [] : [`Stays as it is, because somebody has worked on it: ${stands.join(', ')}.`];
  const refused = items.filter(({ state }) => state === 'refused').length;
  const given = assigned === null ? [] : [`Assigned: ${assigned}`];
  const of = `${tasks} ${tasks === 1 ? 'task' : 'tasks'} in ${instances} ${instances === 1 ? 'instance' : 'instances'}`;
  const left = refused === 0 ? '' : ` ${refused} refused.`;
  const closing = applied
    ? `Done: ${of}.${left}`
    : `Nothing was changed. It would touch ${of}.${left}${refused < instances ? ` To do exactly this: ${again} --apply ${hash}` : ''}`;
  return [...table, ...more, ...posts, ...kept, ...given, closing].join('\n');
}

/** A post is the same in a union and all its households: told once. */
function postsOf(items: readonly Item[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { posts } of items)
    for (const { role, before, after } of posts) {
      const line = `${role}: ${before ?? 'nobody'} → ${after ?? 'nobody'}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  return [...counts].map(([line, count]) => `${line}, in ${count} ${count === 1 ? 'instance' : 'instances'}`);
}

const COLUMNS = [
  { title: 'task', value: ({ task }: Line) => task },
  { title: 'before', value: ({ before }: Line) => before },
  { title: 'after', value: ({ after }: Line) => after },
];

function linesOf({ instance, state, code, message, tasks }: Item): readonly Line[] {
  if (code !== null) return [{ task: instance, before: state, after: `${code}: ${message ?? ''}` }];
  return tasks.map((task) => ({
    task: `${instance}/${task.task}`,
    before: faceOf(task.before, task),
    after: faceOf(task.after, task),
  }));
}

const forWhom = ({ owner, standsFor }: NonNullable<Task['before']>): string => {
  const other = owner ?? standsFor;
  return other === undefined ? '' : ` for ${other}`;
};

/** Only what differs, but for the deadline, which everybody looks for. */
export function faceOf(face: Task['before'], { before, after }: Task): string {
  if (face === null) return before === null ? 'not come up' : 'gone';
  const differs = (member: 'status' | 'holder' | 'reviewer'): boolean => before?.[member] !== after?.[member];
  const other = face === before ? after : before;
  const changed = face.rungs.filter(
    ({ rung, at }) => other?.rungs.some((known) => known.rung === rung && known.at === at) !== true,
  );
  const more = changed.length > RUNGS ? `, and ${changed.length - RUNGS} more` : '';
  const rungs = changed
    .slice(0, RUNGS)
    .map(({ rung, at }) => `${rung} ${formatInstant(at)}`)
    .join(', ');
  return [
    ...(differs('status') ? [face.status] : []),
    `due ${formatInstant(face.deadline)}`,
    ...(differs('holder') ? [`held by ${face.holder ?? 'nobody'}${forWhom(face)}`] : []),
    ...(differs('reviewer') ? [`reviewed by ${face.reviewer ?? 'nobody'}${forWhom(face)}`] : []),
    ...(face.paused === true ? ['paused'] : []),
    ...(rungs === '' ? [] : [`then ${rungs}${more}`]),
  ].join('; ');
}

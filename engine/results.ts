/** What a task set in motion when it was done, kept with it so that it can be taken back: facts, posts, and what it made elsewhere. */
import type { Facts } from '../model/plan.ts';
import type { TaskResult, TaskState } from '../model/snapshot.ts';
import { type Draft, writable } from './draft.ts';

/** So that of two tasks that set one fact it is known which did so later. */
export function nextOrder(tasks: Draft['tasks']): number {
  let last = 0;
  for (const key in tasks) last = Math.max(last, tasks[key]!.result?.order ?? 0);
  return last + 1;
}

/** Nothing to be taken back is nothing to be kept. */
export const isWorthKeeping = ({ facts, posts, withdrew, again, sent }: TaskResult): boolean =>
  Object.keys(facts).length > 0 || [posts, withdrew, again, sent].some((each) => each !== undefined);

/** Takes back what a task that is no longer done had set, where nobody has set it since. Tells which facts are others now. */
export function takeBack(draft: Draft, { result }: Pick<TaskState, 'result'>): ReadonlySet<string> {
  const changed = new Set<string>();
  if (result === undefined) return changed;
  const { facts, posts = {}, order } = result;
  for (const fact of Object.keys(facts)) {
    const before = lastOf(draft, fact);
    if (before !== undefined && before.order > order) continue;
    const value = before === undefined ? draft.base.factsAtEnrolment[fact] : before.facts[fact];
    if ((draft.facts[fact] ?? null) !== (value ?? null)) changed.add(fact);
    if (value === undefined) delete writable(draft, 'facts')[fact];
    else writable(draft, 'facts')[fact] = value;
  }
  for (const [role, { from, to }] of Object.entries(posts)) {
    if (draft.roles[role] !== to) continue;
    if (from === null) delete writable(draft, 'roles')[role];
    else writable(draft, 'roles')[role] = from;
  }
  return changed;
}

/** Of the tasks that are still done, what the one set that set a fact last. */
function lastOf({ tasks }: Pick<Draft, 'tasks'>, fact: string): { readonly order: number; readonly facts: Facts } | undefined {
  let last: TaskResult | undefined;
  for (const key in tasks) {
    const { result } = tasks[key]!;
    if (result !== undefined && Object.hasOwn(result.facts, fact) && (last === undefined || result.order > last.order))
      last = result;
  }
  return last;
}

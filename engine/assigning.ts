/** Instructions from above that become dated tasks of the instance that they are given to, beside what the definition asks of it. */
import type { Assignment } from '../model/adjustment.ts';
import { ASSIGNED, findLadder, itemKey } from '../model/assigned.ts';
import type { Refusal } from '../model/command.ts';
import type { Program } from '../model/plan.ts';
import type { AssignedItem, Snapshot, TaskState } from '../model/snapshot.ts';
import { handsOf } from './covers.ts';
import type { Draft } from './draft.ts';
import { refusesWithdrawn } from './find-task.ts';
import { getTemplate } from './occurrences.ts';
import { comeUp, UNTOUCHED } from './opening.ts';
import { type Resolved, resolvePost } from './posts.ts';
import { indexOf } from './program-index.ts';
import { refusal } from './refusal.ts';

/** So many items an instance is given at most, those that are settled included. Documented limit of the product. */
export const MAX_ITEMS = 99;

export function refusesAssignment(
  program: Program,
  snapshot: Snapshot,
  { due, ladder, review }: Assignment,
): Refusal | undefined {
  const { instance, advancedTo: now } = snapshot;
  if (snapshot.withdrawnAt !== undefined) return refusesWithdrawn(instance);
  if (snapshot.paused !== undefined)
    return refusal('PAUSED', `${instance} is paused, and nothing is assigned to it meanwhile`, 'let it go on first');
  if (due <= now) return refusal('DEADLINE_PAST', 'the item would be overdue when it is assigned', 'choose a later deadline');
  if (ladder !== undefined && findLadder(program, ladder) === undefined) {
    const known = Object.keys(program.ladders).join(', ');
    return refusal('UNKNOWN_LADDER', `there is no ladder '${ladder}'`, `leave it out, or name one of ${known}`);
  }
  if (review !== undefined && !indexOf(program).roles.has(review)) {
    const known = program.roles.map(({ id }) => id).join(', ');
    return refusal('UNKNOWN_ROLE', `there is no role '${review}' that could review it`, `its roles are ${known}`);
  }
  if (countItems(snapshot.tasks) < MAX_ITEMS) return undefined;
  return refusal(
    'TOO_MANY_ADJUSTMENTS',
    `${instance} has been given ${MAX_ITEMS} items already`,
    'what is asked so often belongs into the definition: amend it',
  );
}

const isItem = ({ template, item }: TaskState): boolean => template === ASSIGNED && item !== undefined;

/** An item is never taken off the list, so they are numbered without a gap. */
const countItems = (tasks: Snapshot['tasks']): number => Object.values(tasks).filter(isItem).length;

export function assign(draft: Draft, { due, to, ladder, review, words }: Assignment): void {
  const item: AssignedItem = {
    words,
    ...(ladder === undefined ? {} : { ladder }),
    ...(review === undefined ? {} : { review }),
  };
  const task: TaskState = {
    ...{ template: ASSIGNED, status: 'waiting', openedAt: draft.now, deadline: due, deadlineRev: 0 },
    ...UNTOUCHED,
    item,
  };
  comeUp(draft, { key: itemKey(countItems(draft.tasks) + 1), task, post: whoseItIs(draft, to), purpose: 'instructed' });
}

/** Whoever is named, or who acts for them; otherwise the post that holds such items. */
function whoseItIs(draft: Draft, to: string | undefined): Resolved {
  if (to !== undefined) return { ...handsOf(draft, to), role: 'assignee', passedOver: [] };
  const { holder } = getTemplate(draft.program, ASSIGNED);
  return resolvePost(draft, { role: 'role' in holder ? holder.role : '' });
}

/** The key of the item that has just been assigned; undefined when none was. */
export const findNewItem = ({ tasks }: Pick<Draft, 'tasks'>, before: Snapshot['tasks']): string | undefined =>
  Object.keys(tasks).find((key) => before[key] === undefined && isItem(tasks[key]!));

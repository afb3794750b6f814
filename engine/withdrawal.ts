/** Instances that leave before the end, and come back: what ends with them, and what is asked of them again. */
import type { Draft } from './draft.ts';
import { note, putTask, writable } from './draft.ts';
import { findFollowers } from './concern.ts';
import { feedAll, feedGates } from './gates.ts';
import { isFinal, next } from './lifecycles.ts';
import { findNewest, getTemplate, hasAll } from './occurrences.ts';
import { keyOf } from '../model/task-key.ts';
import { leaveReview } from './reviewing.ts';

/** So often a task may be asked for again in one instance: whoever still comes back then is a matter for people. Documented limit of the product. */
export const MAX_AGAIN = 9;

/**
 * Takes the instance out: what is unfinished ends as dropped, and nothing more comes up but what is for those who have left. Its facts stay, and
 * no gate waits for it. Of one that has left already, nothing changes.
 */
export function withdraw(draft: Draft): void {
  if (draft.withdrawnAt !== undefined) return;
  draft.withdrawnAt = draft.now;
  note(draft, 'withdrawn');
  for (const [key, task] of Object.entries(draft.tasks)) {
    if (isFinal(task.status) || getTemplate(draft.program, task.template).ofWithdrawn === true) continue;
    // What was handed in and not accepted counts for nothing.
    const { held: _held, ...left } = leaveReview(draft, task);
    putTask(draft, key, { ...left, status: next('task', task.status, 'dropped'), reviewer: null, settledAt: draft.now });
    note(draft, 'taskDropped', { task: key, detail: { why: 'withdrawn' } });
  }
  feedAll(draft);
}

/** The instance takes part again: what had not come up when it left comes up as it would have; what was dropped does so only when it is asked for again. */
export function readmit(draft: Draft): void {
  if (draft.withdrawnAt === undefined) return;
  draft.withdrawnAt = undefined;
  draft.withdrawnWith = undefined;
  note(draft, 'readmitted');
  feedAll(draft);
}

/**
 * Tasks come up once more, as a further occurrence, and what comes after them waits for that one. A task that is still to be done needs no asking. An
 * instance that had left takes part again.
 */
export function askAgain(draft: Draft, templates: readonly string[]): void {
  readmit(draft);
  for (const id of templates) {
    const template = getTemplate(draft.program, id);
    const newest = findNewest(draft, id);
    if (newest === undefined || !isFinal(newest.status) || !hasAll(draft, template)) continue;
    const times = draft.again[id] ?? 0;
    const { occurrence = 1 } = newest;
    if (times >= MAX_AGAIN) {
      note(draft, 'againExhausted', { task: keyOf({ template: id, occurrence }), detail: { times } });
      continue;
    }
    writable(draft, 'again')[id] = times + 1;
    note(draft, 'askedAgain', { task: keyOf({ template: id, occurrence: occurrence + 1 }), detail: { times: times + 1 } });
    for (const each of [id, ...findFollowers(draft.program, id)]) feedGates(draft, each);
  }
}

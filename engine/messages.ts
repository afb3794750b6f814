/** Messages to people, as outbox entries: whom, about what, and the claim that makes each of them happen once. */
import type { OutboxMessage } from '../model/flush.ts';
import { sendingAt } from '../model/hours.ts';
import type { Rung } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import { type Draft, note } from './draft.ts';
import { type Resolved, resolvePost } from './posts.ts';

export interface Telling {
  readonly purpose: OutboxMessage['purpose'];
  readonly key: string;
  readonly task: TaskState;
  readonly to: Resolved;
  readonly rung?: Rung;
  /** Of the rung, from 1. */
  readonly occurrence?: number;
}

/** Nobody up the whole chain is a fact worth keeping, not an error: the task goes on and the office sees it in the audit. */
export function tell(draft: Draft, { purpose, key, task, to, rung, occurrence = 1 }: Telling): void {
  if (to.person === null) {
    note(draft, 'nobodyToTell', { task: key, detail: { purpose, role: to.role, rung: rung?.id ?? null } });
    return;
  }
  // What is said again after a return or by a later reviewer is another message; a rung says each of its repetitions once for each deadline.
  const said =
    rung === undefined ? `${purpose}.${task.returns}.${task.step}` : rung.id + (occurrence === 1 ? '' : `.${occurrence}`);
  const sendAt = sendingAt(draft.program, draft.now);
  draft.outbox.push({
    kind: 'message',
    purpose,
    claim: [draft.base.instance, key, task.deadlineRev, said, to.person].join('|'),
    at: draft.now,
    ...(sendAt === draft.now ? {} : { sendAt }),
    cause: draft.cause.kind,
    recipient: to.person,
    role: to.role,
    passedOver: to.passedOver,
    task: key,
    template: task.template,
    deadline: task.deadline,
    ...(rung === undefined ? {} : { rung: rung.id }),
    ...(occurrence === 1 ? {} : { occurrence }),
    ...(rung?.digest === undefined ? {} : { digest: rung.digest }),
  });
}

/** Who must act now: the reviewer while a task is in review, its holder otherwise. */
export function assigneeOf(task: TaskState): string | null {
  return task.status === 'inReview' ? task.reviewer : task.holder;
}

/** A rung tells the assignee, or a post; work that the post itself holds is made known to the next one up. */
export function speak(
  draft: Draft,
  { key, task, rung, occurrence }: { key: string; task: TaskState; rung: Rung; occurrence: number },
): void {
  const assignee = assigneeOf(task);
  const to: Resolved =
    rung.to === 'assignee'
      ? { person: assignee, role: 'assignee', passedOver: [] }
      : resolvePost(draft.program, draft.roles, { role: rung.to, not: assignee });
  const detail = { rung: rung.id, recipient: to.person, role: to.role, ...(rung.repeat === undefined ? {} : { occurrence }) };
  note(draft, 'rungReached', { task: key, detail });
  tell(draft, { purpose: rung.kind, key, task, to, rung, occurrence });
}

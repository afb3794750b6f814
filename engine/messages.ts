/** Messages to people, as outbox entries: whom, about what, and the claim that makes each of them happen once. */
import type { OutboxMessage } from '../model/flush.ts';
import { sendingAt } from '../model/hours.ts';
import type { Instant, Rung } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import { type Draft, note } from './draft.ts';
import { templateOf } from './occurrences.ts';
import { type Resolved, resolvePost } from './posts.ts';

export interface Telling {
  readonly purpose: OutboxMessage['purpose'];
  readonly key: string;
  readonly task: TaskState;
  readonly to: Resolved;
  readonly rung?: Rung;
  /** Of the rung, from 1. */
  readonly occurrence?: number;
  /** Said to this person once by all instances together, under this name; it is of no task then. */
  readonly once?: string;
}

/** Nobody up the whole chain is a fact worth keeping, not an error: the task goes on and the office sees it in the audit. */
export function tell(draft: Draft, { purpose, key, task, to, rung, occurrence = 1, once }: Telling): void {
  if (to.person === null) {
    note(draft, 'nobodyToTell', { task: key, detail: { purpose, role: to.role, rung: rung?.id ?? null } });
    return;
  }
  const said = rung === undefined ? wordsOf(purpose, task) : rung.id + (occurrence === 1 ? '' : `.${occurrence}`);
  const { deadline, revision } = boundBy(task);
  const sendAt = sendingAt(draft.program, draft.now);
  draft.outbox.push({
    kind: 'message',
    purpose,
    claim: (once === undefined ? [draft.base.instance, key, revision, said, to.person] : [purpose, once, to.person]).join('|'),
    at: draft.now,
    ...(sendAt === draft.now ? {} : { sendAt }),
    cause: draft.cause.kind,
    recipient: to.person,
    role: to.role,
    passedOver: to.passedOver,
    task: key,
    template: task.template,
    deadline,
    ...(rung === undefined ? {} : { rung: rung.id }),
    ...(occurrence === 1 ? {} : { occurrence }),
    ...(rung?.text === undefined ? {} : { text: rung.text }),
    ...(rung?.digest === undefined ? {} : { digest: rung.digest }),
  });
}

/** What is said again after a return, by a later reviewer or once it changed hands is another message; a rung says each of its repetitions once for each deadline. */
const wordsOf = (purpose: Telling['purpose'], { returns, step, handRev }: TaskState): string =>
  [purpose, returns, step, ...(handRev === undefined ? [] : [handRev])].join('.');

/** What whoever must act is bound by: the deadline of the review under way, which is another each time a reviewer is waited for, or that of the task. */
function boundBy({ deadline, deadlineRev, step, review }: TaskState): { readonly deadline: Instant; readonly revision: string } {
  if (review === undefined) return { deadline, revision: String(deadlineRev) };
  const moved = review.deadlineRev === undefined ? '' : `.${review.deadlineRev}`;
  return { deadline: review.deadline, revision: `${deadlineRev}.${step}.${review.since}${moved}` };
}

/** Who must act now: the reviewer while a task is in review, its holder otherwise. */
export function assigneeOf(task: TaskState): string | null {
  return task.status === 'inReview' ? task.reviewer : task.holder;
}

/** Those whom it is no news to: whoever must act, and for whom they do. */
const answerableFor = (task: TaskState): readonly (string | null | undefined)[] =>
  task.status === 'inReview' ? [task.reviewer, task.reviewsFor] : [task.holder, task.owner, task.standsFor];

/** Where somebody acts for another, the audit names both. */
function namesOf({ status, holder, owner, standsFor }: TaskState): Readonly<Record<string, string | null>> {
  if (status === 'inReview' || (owner === undefined && standsFor === undefined)) return {};
  return { holder, ...(owner === undefined ? {} : { owner }), ...(standsFor === undefined ? {} : { standsFor }) };
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
      : resolvePost(draft, { role: rung.to, not: answerableFor(task) });
  const step = task.review && templateOf(draft.program, task).reviews[task.step];
  const detail = {
    rung: rung.id,
    recipient: to.person,
    role: to.role,
    ...(to.standsFor === undefined ? {} : { recipientFor: to.standsFor }),
    ...(rung.repeat === undefined ? {} : { occurrence }),
    ...namesOf(task),
    // Of a review: whose ladder it is of. Otherwise it is that of the task.
    ...(step === undefined ? {} : { ladder: step.ladder! }),
  };
  note(draft, 'rungReached', { task: key, detail });
  tell(draft, { purpose: rung.kind, key, task, to, rung, occurrence });
}

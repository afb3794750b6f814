/** Single tasks that people put into other hands: reassigned, delegated, and taken back from whoever they were delegated to. */
import type { Adjustment } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { barredBy, handsOf } from './covers.ts';
import { type Draft, note, putTask } from './draft.ts';
import { refusesTask } from './find-task.ts';
import { handedOn, ownHolder, ownReviewer, withHolder, withReviewer } from './hands.ts';
import { tell } from './messages.ts';
import { templateOf } from './occurrences.ts';
import { doersOf, partiesOf } from './posts.ts';
import { refusal } from './refusal.ts';

export type Reassignment = Extract<Adjustment, { kind: 'reassign' }>;
export type Delegation = Extract<Adjustment, { kind: 'delegate' }>;

interface Asked<A> {
  readonly asked: A;
  readonly atMost: number | undefined;
}

export function refusesReassignment(
  program: Program,
  snapshot: Snapshot,
  { asked, atMost }: Asked<Reassignment>,
): Refusal | undefined {
  const { task: key, to } = asked;
  const refused = refusesTask(program, snapshot, key) ?? refusesOftener(snapshot, { key, atMost });
  if (refused !== undefined) return refused;
  const task = snapshot.tasks[key]!;
  if (task.status === 'inReview') return refusesReviewer(program, snapshot, asked);
  if (ownHolder(task) === to && task.owner === undefined) return holdsAlready(asked);
  return refusesHolder(program, snapshot, asked);
}

export function refusesDelegation(
  program: Program,
  snapshot: Snapshot,
  { asked, atMost }: Asked<Delegation>,
): Refusal | undefined {
  const { task: key, to } = asked;
  const refused =
    refusesTask(program, snapshot, key) ?? refusesInReview(snapshot, key) ?? refusesOftener(snapshot, { key, atMost });
  if (refused !== undefined) return refused;
  const task = snapshot.tasks[key]!;
  if (task.owner !== undefined)
    return refusal('DELEGATED_ALREADY', `'${key}' was delegated to '${task.holder}'`, 'recall it first');
  if (task.holder === null) return refusal('NOT_HOLDER', `nobody holds '${key}'`, 'reassign it instead');
  if (ownHolder(task) === to) return holdsAlready(asked);
  return refusesHolder(program, snapshot, asked);
}

export function refusesRecall(
  program: Program,
  snapshot: Snapshot,
  { task: key }: { readonly task: string },
): Refusal | undefined {
  const refused = refusesTask(program, snapshot, key) ?? refusesInReview(snapshot, key);
  if (refused !== undefined) return refused;
  if (snapshot.tasks[key]!.owner !== undefined) return undefined;
  return refusal('NOT_DELEGATED', `'${key}' has not been delegated`, 'nothing needs to be done');
}

const holdsAlready = ({ task, to }: { readonly task: string; readonly to: string }): Refusal =>
  refusal('HOLDS_ALREADY', `'${task}' is with '${to}' already`, 'nothing needs to be done');

function refusesInReview({ tasks }: Snapshot, key: string): Refusal | undefined {
  if (tasks[key]!.status !== 'inReview') return undefined;
  return refusal('IN_REVIEW', `task '${key}' has been submitted and is in review`, 'wait for the reviewer, who may return it');
}

function refusesOftener({ tasks }: Snapshot, { key, atMost }: { key: string; atMost: number | undefined }): Refusal | undefined {
  const times = tasks[key]!.handRev ?? 0;
  if (atMost === undefined || times < atMost) return undefined;
  return refusal('TOO_OFTEN', `'${key}' has changed hands ${times} times`, `the definition allows ${atMost}`);
}

/** Whom the definition keeps away from it: whoever did another task. */
function refusesHolder(
  program: Program,
  snapshot: Snapshot,
  { task: key, to }: { readonly task: string; readonly to: string },
): Refusal | undefined {
  const { holder } = templateOf(program, snapshot.tasks[key]!);
  const not = 'role' in holder ? holder.not : undefined;
  return barred(snapshot, doersOf(snapshot.tasks, not)).includes(to) ? notForThem({ to, key, not: not! }) : undefined;
}

function refusesReviewer(program: Program, snapshot: Snapshot, { task: key, to }: Reassignment): Refusal | undefined {
  const task = snapshot.tasks[key]!;
  if (ownReviewer(task) === to) return holdsAlready({ task: key, to });
  if (barred(snapshot, partiesOf(task)).includes(to))
    return refusal(
      'SELF_REVIEW',
      `task '${key}' is the work of '${to}', or of somebody whose place they take`,
      'somebody else must review it',
    );
  const { not } = templateOf(program, task).reviews[task.step]!;
  return barred(snapshot, doersOf(snapshot.tasks, not)).includes(to) ? notForThem({ to, key, not: not! }) : undefined;
}

const barred = ({ covers = [], advancedTo: now }: Snapshot, not: readonly (string | null | undefined)[]): readonly string[] =>
  barredBy({ covers, now }, not);

const notForThem = ({ to, key, not }: { to: string; key: string; not: string }): Refusal =>
  refusal('NOT_FOR_THEM', `'${to}' did '${not}', and may not have '${key}'`, 'name somebody else');

/** The deadline stays. Whoever is away has it done in their place. */
export function reassign(draft: Draft, { task: key, to }: Reassignment): void {
  const task = draft.tasks[key]!;
  const hands = handsOf(draft, to);
  if (task.status === 'inReview') {
    const moved = put(draft, { key, task: withReviewer(task, hands), what: 'reviewer', from: task.reviewer, why: 'reassigned' });
    tellOf(draft, { key, task: moved, purpose: 'toReview', person: hands.person });
    tellOf(draft, { key, task: moved, purpose: 'released', person: task.reviewer });
    return;
  }
  const { owner, ...own } = task;
  const moved = put(draft, { key, task: withHolder(own, hands), what: 'holder', from: task.holder, why: 'reassigned' });
  tellOf(draft, { key, task: moved, purpose: 'assigned', person: hands.person });
  for (const person of new Set([task.holder, owner ?? null]))
    if (person !== hands.person) tellOf(draft, { key, task: moved, purpose: 'released', person });
}

export function delegate(draft: Draft, { task: key, to }: Delegation): void {
  const task = draft.tasks[key]!;
  const owner = ownHolder(task)!;
  const hands = handsOf(draft, to);
  const moved = put(draft, {
    key,
    task: { ...withHolder(task, hands), owner },
    what: 'holder',
    from: task.holder,
    why: 'delegated',
  });
  tellOf(draft, { key, task: moved, purpose: 'assigned', person: hands.person });
  tellOf(draft, { key, task: moved, purpose: 'delegated', person: owner });
}

export function recall(draft: Draft, { task: key }: { readonly task: string }): void {
  const { owner, ...task } = draft.tasks[key]!;
  const hands = handsOf(draft, owner!);
  const moved = put(draft, { key, task: withHolder(task, hands), what: 'holder', from: task.holder, why: 'recalled' });
  if (hands.person === task.holder) return;
  tellOf(draft, { key, task: moved, purpose: 'assigned', person: hands.person });
  tellOf(draft, { key, task: moved, purpose: 'released', person: task.holder });
}

interface HandedOver {
  readonly key: string;
  /** As it is from now on. */
  readonly task: TaskState;
  readonly was: TaskState;
  readonly what: 'holder' | 'reviewer';
  readonly why: 'moved';
  /** What whoever has it now is told; null: nobody is told. */
  readonly told: 'assigned' | 'toReview' | null;
}

/** Whoever has it now is told, and whoever had it, or was answerable for it, that they need not do it. */
export function putIntoHands(draft: Draft, { key, task, was, what, why, told }: HandedOver): TaskState {
  const moved = put(draft, { key, task, what, from: was[what], why });
  if (told === null) return moved;
  tellOf(draft, { key, task: moved, purpose: told, person: moved[what] });
  const before = what === 'holder' ? [was.holder, was.owner ?? null] : [was.reviewer];
  for (const person of new Set(before))
    if (person !== moved[what]) tellOf(draft, { key, task: moved, purpose: 'released', person });
  return moved;
}

interface Handing {
  readonly key: string;
  /** As it is from now on. */
  readonly task: TaskState;
  readonly what: 'holder' | 'reviewer';
  readonly from: string | null;
  readonly why: 'reassigned' | 'delegated' | 'recalled' | 'moved';
}

function put(draft: Draft, { key, task, what, from, why }: Handing): TaskState {
  const moved = handedOn(task);
  putTask(draft, key, moved);
  note(draft, `${what}Changed`, { task: key, detail: { from, to: moved[what], why } });
  return moved;
}

interface Told {
  readonly key: string;
  readonly task: TaskState;
  readonly purpose: 'assigned' | 'released' | 'delegated' | 'toReview';
  readonly person: string | null;
}

/** Nobody had it before: then there is nobody to tell that it is another's now. */
function tellOf(draft: Draft, { key, task, purpose, person }: Told): void {
  if (person !== null) tell(draft, { purpose, key, task, to: { person, role: 'assignee', passedOver: [] } });
}

/** Bringing an instance to another program: what is open follows the new rules, what is done stays done. */
import type { Amendment, TimerPolicy } from '../model/adjustment.ts';
import { findLadder } from '../model/assigned.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Facts, Program, ProgramTask } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import { passedBy } from './bulletins.ts';
import { cameUpAt, moveDeadline, ruledDeadline } from './deadlines.ts';
import { type Draft, note, putTask } from './draft.ts';
import { feedGates, introduceToGates, recountGate, rememberSaid } from './gates.ts';
import { joinedTemplate } from './joining.ts';
import { handedOn, withHolder } from './hands.ts';
import { isFinal, next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { templateOf } from './occurrences.ts';
import { findHolder } from './opening.ts';
import { leaveReview } from './reviewing.ts';
import { pass } from './submission.ts';

interface Amending {
  readonly amendment: Amendment;
  readonly next: Program;
}

/** Asked of a draft advanced to now under the old program. The caller settles it afterwards, under the new one. */
export function amend(draft: Draft, { amendment, next: program }: Amending): void {
  const old = draft.program;
  rememberSaid(draft);
  draft.program = program;
  draft.facts = { ...missing(amendment.initial[program.scope], draft.facts), ...draft.facts };
  if (program.scope === 'campaign') turnToPhases(draft);
  // What is due at this very instant was issued before the command was taken.
  draft.issued = passedBy(program, draft.now + 1);
  for (const [key, task] of Object.entries(draft.tasks)) {
    if (!isFinal(task.status)) amendTask(draft, { key, task, old, timers: amendment.timers });
  }
  for (const { id, feeds } of program.tasks) {
    if (!same(feeds, old.tasks.find((task) => task.id === id)?.feeds)) introduceToGates(draft, id);
  }
  for (const { gate } of program.tasks) if (gate !== undefined) recountGate(draft, gate);
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** In other words a rung is still the same. */
const timesOf = (program: Program, ladder: string): readonly unknown[] | undefined =>
  findLadder(program, ladder)?.rungs.map(({ text: _, ...rung }) => rung);

const missing = (initial: Facts, known: Facts): Facts =>
  Object.fromEntries(Object.entries(initial).filter(([fact]) => !Object.hasOwn(known, fact)));

/** Phases that have begun or ended by now count as recorded: a new one in the past is not made up for. */
function turnToPhases(draft: Draft): void {
  draft.phasesStarted = draft.program.phases.filter(({ startsAt }) => startsAt <= draft.now).length;
  draft.phasesEnded = draft.program.phases.filter(({ endsAt }) => endsAt < draft.now).length;
}

interface OpenTask {
  readonly key: string;
  readonly task: TaskState;
  readonly old: Program;
}

function amendTask(draft: Draft, { key, task, old, timers }: OpenTask & { readonly timers: TimerPolicy }): void {
  const template = templateOf(draft.program, task);
  if (template.retired === true) return retire(draft, { key, task });
  const before = templateOf(old, task);
  amendDeadline(draft, { key, old, policy: template.onAmend ?? timers });
  amendLadder(draft, { key, old, template, before });
  amendHolder(draft, { key, template, before });
  amendReview(draft, { key, old, template, before });
}

/** Nobody has to do it any more, and whoever held it hears so. */
function retire(draft: Draft, { key, task }: Pick<OpenTask, 'key' | 'task'>): void {
  const { held: _held, ...left } = leaveReview(draft, task);
  const dropped: TaskState = { ...left, status: next('task', task.status, 'dropped'), reviewer: null, settledAt: draft.now };
  putTask(draft, key, dropped);
  note(draft, 'taskDropped', { task: key, detail: { why: 'amended' } });
  tell(draft, { purpose: 'dropped', key, task: dropped, to: { person: task.holder, role: 'assignee', passedOver: [] } });
  feedGates(draft, task.template);
}

/** Where a person has set it, it stands; and the date of a row is no rule. */
function amendDeadline(draft: Draft, { key, old, policy }: { key: string; old: Program; policy: TimerPolicy }): void {
  const task = draft.tasks[key]!;
  if ((task.extended ?? 0) > 0 || policy === 'keep-remaining') return;
  if (!isRuled(draft, { task, program: old }) || !isRuled(draft, { task, program: draft.program })) return;
  const openedAt = cameUpAt(task);
  const is = ruledDeadline(draft, { key, task, openedAt });
  if (ruledDeadline(draft, { key, task, openedAt, by: old }).deadline === is.deadline) return;
  const restarts = policy === 'restart';
  const ruled = restarts ? ruledDeadline(draft, { key, task, openedAt: draft.now }) : is;
  const { extended: _by, budget: _in, anchoredAt: _from, carriedTo: _to, ...ownTime } = task;
  const counted: TaskState = {
    ...ownTime,
    ...ruled,
    deadline: task.deadline,
    // What it was counted from before moves it no longer.
    ...(restarts ? { extended: 0 } : {}),
  };
  const moved = moveDeadline(draft, { key, task: counted, deadline: ruled.deadline, why: 'amendment' });
  tell(draft, { purpose: 'moved', key, task: moved, to: { person: moved.holder, role: 'assignee', passedOver: [] } });
}

/** Whether a program has a rule for it, rather than the row that made it. */
const isRuled = ({ base }: Draft, { task, program }: { task: TaskState; program: Program }): boolean =>
  joinedTemplate(program, templateOf(program, task), base).due.kind !== 'row';

interface Templates {
  readonly key: string;
  readonly template: ProgramTask;
  readonly before: ProgramTask;
}

/** Another ladder speaks from now on; what it would have said before is not made up for. */
function amendLadder(draft: Draft, { key, old, template, before }: Templates & { readonly old: Program }): void {
  const task = draft.tasks[key]!;
  if (same(timesOf(draft.program, template.ladder), timesOf(old, before.ladder))) return;
  // Rungs of both may be called the same: under another number each may speak once.
  putTask(draft, key, { ...task, deadlineRev: task.deadlineRev + 1, rung: 0, rungsAfter: draft.now });
}

/** Where people have put it into other hands, it stays. */
function amendHolder(draft: Draft, { key, template, before }: Templates): void {
  const task = draft.tasks[key]!;
  const { holder, origin } = template;
  // Whom an item was given to is nothing that the definition says.
  if (origin === 'assigned') return;
  if (same(holder, before.holder) || !('role' in holder) || task.status === 'inReview' || task.handRev !== undefined) return;
  const post = findHolder(draft, holder);
  if (post.person === task.holder) return;
  const moved = handedOn(withHolder(task, post));
  putTask(draft, key, moved);
  note(draft, 'holderChanged', { task: key, detail: { from: task.holder, to: post.person, why: 'amendment' } });
  tell(draft, { purpose: 'assigned', key, task: moved, to: post });
  if (task.holder !== null)
    tell(draft, { purpose: 'released', key, task: moved, to: { person: task.holder, role: 'assignee', passedOver: [] } });
}

/** Work in review goes on with the step it is at, if that is still the same; otherwise with what comes in its place, or it is done. */
function amendReview(draft: Draft, { key, old, template, before }: Templates & { readonly old: Program }): void {
  const task = draft.tasks[key]!;
  if (task.status !== 'inReview') return;
  const was = before.reviews[task.step]!;
  const stays = same(template.reviews[task.step], was);
  const at = stays ? task.step : template.reviews.findIndex(({ id }) => id === was.id);
  const is = template.reviews[at];
  if (is === undefined || !same(is, was)) {
    // What is said of the step is said anew.
    pass(draft, {
      key,
      task: handedOn(task),
      from: at >= 0 ? at : Math.min(task.step, template.reviews.length),
      event: 'accepted',
    });
    return;
  }
  const ladder = is.ladder ?? '';
  const speaksOtherwise = !same(timesOf(draft.program, ladder), timesOf(old, ladder));
  const review = task.review && (speaksOtherwise ? { ...task.review, since: draft.now, rung: 0 } : task.review);
  if (at !== task.step || speaksOtherwise) putTask(draft, key, { ...task, step: at, ...(review && { review }) });
}

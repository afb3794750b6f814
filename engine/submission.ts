/** Submitting, reviewing and finishing a task, and what a finished one sets in motion. */
import type { Command, RowFacts } from '../model/command.ts';
import { evaluate } from '../model/condition.ts';
import { clampedOffset } from '../model/offset.ts';
import type { Facts, FactValue, Outcome, ProgramTask, RowRule } from '../model/plan.ts';
import type { TaskResult, TaskState } from '../model/snapshot.ts';
import { followCovers } from './covering.ts';
import { followAnchors, moveDeadline } from './deadlines.ts';
import { type Draft, note, putTask, writable } from './draft.ts';
import { feedGates } from './gates.ts';
import { next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { getTemplate, templateOf } from './occurrences.ts';
import { beginTask, settle } from './opening.ts';
import { bringAlongNow } from './pausing.ts';
import { doersOf, partiesOf, resolvePost } from './posts.ts';
import { withReviewer } from './hands.ts';
import { isWorthKeeping, nextOrder } from './results.ts';
import { enterReview, findStep, leaveReview } from './reviewing.ts';
import { askAgain, withdraw } from './withdrawal.ts';

export function complete(draft: Draft, command: Extract<Command, { kind: 'complete' }>): void {
  bringAlongNow(draft, command.task);
  const { held: _replaced, ...before } = draft.tasks[command.task]!;
  const submitted: TaskState = {
    ...before,
    submission: command.submission,
    submittedAt: draft.now,
    submittedBy: 'person' in command.by ? command.by.person : null,
    decidedBy: command.id,
    held: {
      facts: command.facts,
      rows: command.rows,
      ...(command.corrections === undefined ? {} : { corrections: command.corrections }),
    },
  };
  const late = draft.now > before.deadline;
  // Why it is late stands in the submission.
  note(draft, 'taskSubmitted', {
    task: command.task,
    detail: { late, ...(command.lateReason ? { reason: command.submission } : {}) },
  });
  pass(draft, { key: command.task, task: submitted, from: 0, event: 'completed' });
}

export function review(draft: Draft, command: Extract<Command, { kind: 'accept' | 'return' }>): void {
  if (command.kind === 'return') bringAlongNow(draft, command.task);
  const task = { ...draft.tasks[command.task]!, decidedBy: command.id };
  if (command.kind === 'accept') {
    note(draft, 'stepAccepted', { task: command.task, detail: { step: task.step } });
    pass(draft, { key: command.task, task, from: task.step + 1, event: 'accepted' });
    return;
  }
  const { held: _dropped, ...rest } = leaveReview(draft, task);
  // A returned task keeps its first deadline unless its definition gives it time: otherwise returning work would be a way to gain some.
  const back: TaskState = {
    ...rest,
    status: next('task', task.status, 'returned'),
    returns: task.returns + 1,
    returnedAt: draft.now,
    reviewer: null,
    step: 0,
  };
  putTask(draft, command.task, back);
  note(draft, 'taskReturned', { task: command.task, detail: { reason: command.reason, step: task.step } });
  // Whoever handed it in may be away by now.
  followCovers(draft);
  followAnchors(draft);
  const returned = giveTime(draft, command.task);
  tell(draft, {
    purpose: 'returned',
    key: command.task,
    task: returned,
    to: { person: returned.holder, role: 'assignee', passedOver: [] },
  });
}

/** Time to hand it in again, where the definition gives some and it ends later than the time that was left. */
function giveTime(draft: Draft, key: string): TaskState {
  const task = draft.tasks[key]!;
  const within = templateOf(draft.program, task).returns?.within;
  if (within === undefined) return task;
  const deadline = clampedOffset(draft.program, { from: draft.now, offset: within, timeless: 'end-of-day' });
  if (deadline <= task.deadline) return task;
  return moveDeadline(draft, { key, task: { ...task, budget: within.unit }, deadline, why: 'returned' });
}

/** On to the next review step that applies to what was submitted, or to the end. */
export function pass(
  draft: Draft,
  { key, task: before, from, event }: { key: string; task: TaskState; from: number; event: 'completed' | 'accepted' },
): void {
  const task = leaveReview(draft, before);
  const template = templateOf(draft.program, task);
  const step = findStep(template, { facts: { ...draft.facts, ...answersOf(task.held?.facts) }, from });
  if (step === undefined) {
    finishTask(draft, { key, task, status: next('task', task.status, event), template });
    return;
  }
  const { by, not } = template.reviews[step]!;
  const reviewer = resolvePost(draft, { role: by, not: [...partiesOf(task), ...doersOf(draft.tasks, not)] });
  const status = next('task', task.status, event === 'completed' ? 'submitted' : 'stepAccepted');
  const inReview = enterReview(draft, { task: withReviewer({ ...task, status, step }, reviewer), template });
  putTask(draft, key, inReview);
  tell(draft, { purpose: 'toReview', key, task: inReview, to: reviewer });
}

interface Finishing {
  readonly key: string;
  readonly task: TaskState;
  readonly status: TaskState['status'];
  readonly template: ProgramTask;
}

function finishTask(draft: Draft, { key, task, status, template }: Finishing): void {
  const { held, ...rest } = task;
  const order = nextOrder(draft.tasks);
  const done = { ...rest, status, reviewer: null, settledAt: draft.now };
  putTask(draft, key, done);
  const { applied, ...taken } = takeFacts(draft, { template, facts: held?.facts ?? {} });
  note(draft, 'taskDone', { task: key, ...(template.outcomes.length === 0 ? {} : { detail: { outcomes: applied.join(',') } }) });
  const effects = applied.map((index) => template.outcomes[index]!);
  for (const effect of effects) takeEffects(draft, effect);
  const sent: Record<string, number> = {};
  for (const rule of template.rows) {
    for (const row of held?.rows ?? []) {
      const to = row.table === rule.table ? takeRow(draft, { key, task, template, rule, row }) : undefined;
      if (to !== undefined) sent[to] = (sent[to] ?? 0) + 1;
    }
  }
  const result = { order, ...taken, ...whatItDid(draft, effects), ...(Object.keys(sent).length === 0 ? {} : { sent }) };
  if (isWorthKeeping(result)) putTask(draft, key, { ...done, result });
  for (const field of held?.corrections ?? []) {
    draft.outbox.push({
      kind: 'correction',
      claim: claimOf(task, ['correct', draft.base.instance, key, field]),
      at: draft.now,
      cause: draft.cause.kind,
      task: key,
      submission: task.submission!,
      field,
    });
  }
  feedGates(draft, template.id);
  settle(draft);
}

/** What an outcome does beyond facts. */
function takeEffects(draft: Draft, { withdraw: leaves, again }: Outcome): void {
  if (leaves === true) withdraw(draft);
  if (again !== undefined) askAgain(draft, again);
}

/** Beyond facts, for taking it back. */
function whatItDid({ withdrawnAt, now }: Draft, effects: readonly Outcome[]): Pick<TaskResult, 'withdrew' | 'again'> {
  const again = effects.flatMap((effect) => effect.again ?? []);
  return {
    ...(effects.some(({ withdraw: leaves }) => leaves === true) && withdrawnAt === now ? { withdrew: true } : {}),
    ...(again.length === 0 ? {} : { again }),
  };
}

/** A question that was not asked this time says nothing about the answer given before. */
function answersOf(facts: Facts = {}): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
}

interface Taken extends Pick<TaskResult, 'facts' | 'posts'> {
  /** Places of the outcomes that applied. */
  readonly applied: readonly number[];
}

/** Facts count once the task is done; then its outcomes, each seeing what the one before it set. */
function takeFacts(draft: Draft, { template, facts }: { template: ProgramTask; facts: Facts }): Taken {
  const set: Record<string, FactValue> = { ...answersOf(facts) };
  Object.assign(writable(draft, 'facts'), set);
  const posts: Record<string, { from: string | null; to: string }> = {};
  for (const [fact, role] of Object.entries(template.assigns)) {
    const person = set[fact];
    if (typeof person !== 'string') continue;
    posts[role] = { from: draft.roles[role] ?? null, to: person };
    writable(draft, 'roles')[role] = person;
  }
  const applied = template.outcomes.flatMap((outcome, index) => {
    if (outcome.when !== undefined && !evaluate(outcome.when, draft.facts)) return [];
    Object.assign(set, outcome.set);
    Object.assign(writable(draft, 'facts'), outcome.set);
    return [index];
  });
  return { applied, facts: set, ...(Object.keys(posts).length === 0 ? {} : { posts }) };
}

interface RowOfTask {
  readonly key: string;
  readonly task: TaskState;
  readonly template: ProgramTask;
  readonly rule: RowRule;
  readonly row: RowFacts;
}

/** A row's place in the form. Its table is named only where several tables make the same thing, and their rows must be told apart. */
function placeOf({ template, rule, row }: RowOfTask): string {
  const sharing = template.rows.filter(({ task, admits }) => task === rule.task && admits === rule.admits);
  return sharing.length > 1 ? `${row.table}.${row.row}` : String(row.row);
}

/** What follows from a form that was accepted again after it had been taken back follows anew. */
const claimOf = ({ reopened }: TaskState, parts: readonly string[]): string =>
  (reopened === undefined ? parts : [...parts, String(reopened)]).join('|');

/** Tells the instance that a command goes to, if any does. */
function takeRow(draft: Draft, of: RowOfTask): string | undefined {
  const { key, task, rule, row } = of;
  const { instance, union } = draft;
  const submission = task.submission!;
  const place = placeOf(of);
  if (rule.admits === true) {
    draft.outbox.push({
      kind: 'admission',
      claim: claimOf(task, ['admit', instance, key, place]),
      at: draft.now,
      cause: draft.cause.kind,
      union: row.union ?? union!,
      submission,
      table: row.table,
      row: row.row,
    });
    return undefined;
  }
  const { reopened } = task;
  const source = { instance, task: key, submission, row: row.row, ...(reopened === undefined ? {} : { reopened }) };
  if (rule.to === 'self') {
    const template = getTemplate(draft.program, rule.task!);
    beginTask(draft, { key: `${rule.task}:${key}.${place}`, template, source, due: row.due, holder: row.holder });
    return undefined;
  }
  const claim = claimOf(task, ['spawn', instance, key, rule.task!, place]);
  const to = `u/${row.union}`;
  draft.outbox.push({
    kind: 'command',
    claim,
    at: draft.now,
    cause: draft.cause.kind,
    to,
    command: {
      kind: 'spawn',
      id: claim,
      template: rule.task!,
      key: `${rule.task}:${instance.replace('/', '-')}.${key}.${place}`,
      source,
      due: row.due ?? '',
      holder: row.holder ?? null,
      by: { system: 'relay' },
    },
  });
  return to;
}

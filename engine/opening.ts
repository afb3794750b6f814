/** Which tasks come up: time, predecessors, gates and conditions decide, and each is asked again whenever one of them may have changed. */
import { evaluate } from '../model/condition.ts';
import type { RowSource } from '../model/command.ts';
import type { DaySpan, Gate, Instant, Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { clampedOffset } from '../model/offset.ts';
import { keyOf } from '../model/task-key.ts';
import { isRuledOut } from './concern.ts';
import { carryOf, endOfTime } from './carrying.ts';
import { anchorOf, budgetNoted } from './deadlines.ts';
import { type Draft, note, putTask } from './draft.ts';
import { extendedDeadline } from './extension.ts';
import { handsOf } from './covers.ts';
import { feedGates } from './gates.ts';
import { withHolder } from './hands.ts';
import { findHold } from './held-phases.ts';
import { findSkip, joinedTemplate } from './joining.ts';
import { next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { comesUpOnce, isBehind, isPassedOver, occurrenceOf, occurrencesOf, wantedOf } from './occurrences.ts';
import { doersOf, type Resolved, resolvePost } from './posts.ts';
import { dueOf } from './schedule.ts';

/** Opens everything that has come up by `draft.now`, and drops what has had its time, until nothing more does. Nothing comes up in a pause. */
export function settle(draft: Draft): void {
  let moved = draft.paused === undefined;
  while (moved) {
    moved = false;
    for (const template of draft.program.tasks) {
      const turn = findTurn(draft, template);
      if (turn === undefined || turn.at > draft.now) continue;
      const opening = { key: keyOf({ template: template.id, occurrence: turn.occurrence }), ...turn };
      if (turn.dropped === undefined) openTask(draft, opening);
      else dropTask(draft, { ...opening, why: turn.dropped });
      moved = true;
    }
  }
}

/** When a gate lets its task through, which may lie behind or, where a day opens it, ahead; undefined as long as only a count can open it. */
export function findGateOpening({ gates }: Pick<Snapshot, 'gates'>, { id, noLaterThan }: Gate): Instant | undefined {
  return gates[id]?.openedAt ?? noLaterThan;
}

/** What happens next by itself to a template that has occurrences to come. */
export interface Turn {
  readonly at: Instant;
  readonly occurrence: number;
  /** As this occurrence has it. */
  readonly template: ProgramTask;
  /**
   * It does not come up then but is dropped: its condition does not hold, the next one's time has begun, its own time was over, its phase
   * was over when the run began, or the instance joined too late for it.
   */
  readonly dropped?: 'condition' | 'passed' | 'ended' | 'past' | 'joined';
}

/** As things stand; undefined while it waits for more than time, and when there is none to come. */
export function findTurn(draft: Readonly<Draft>, template: ProgramTask): Turn | undefined {
  const isOnce = comesUpOnce(draft, template);
  // Most have come up already, and are asked about at every step.
  if (template.origin !== 'plan' || (isOnce && draft.tasks[template.id] !== undefined)) return undefined;
  if (isPassedOver(draft, template) || hasLeft(draft, template)) return undefined;
  const turn = isOnce ? findOnlyTurn(draft, template) : findNextTurn(draft, template);
  // What an instance has come too late for waits for nothing.
  if (turn === undefined || turn.dropped === 'past' || turn.dropped === 'joined') return turn;
  return findHold(draft, template) === undefined ? turn : undefined;
}

/** What has left gets nothing but what is for those who have. */
const hasLeft = ({ withdrawnAt }: Readonly<Draft>, { ofWithdrawn }: ProgramTask): boolean =>
  withdrawnAt !== undefined && ofWithdrawn !== true;

/** Dropped at once, whatever it would wait for; what is ruled out has been told of already. */
function findSkipped(draft: Readonly<Draft>, { occurrence, template }: Pick<Turn, 'occurrence' | 'template'>): Turn | undefined {
  const { base, program } = draft;
  const dropped = findSkip(program, template, base);
  return dropped === undefined || isRuledOut(draft, template)
    ? undefined
    : { at: base.enrolledAt!, occurrence, template, dropped };
}

/** Of one that has not come up. */
function findOnlyTurn(draft: Readonly<Draft>, template: ProgramTask): Turn | undefined {
  const skipped = findSkipped(draft, { occurrence: 1, template });
  if (skipped !== undefined) return skipped;
  if (template.when !== undefined && !evaluate(template.when, draft.facts)) return undefined;
  const at = findReadyAt(draft, template, template.opensAt);
  return at === undefined ? undefined : { at, occurrence: 1, template };
}

function findNextTurn(draft: Readonly<Draft>, template: ProgramTask): Turn | undefined {
  const before = occurrencesOf(draft, template.id);
  const occurrence = before.length + 1;
  if (occurrence > wantedOf(draft, template) || isRuledOut(draft, template)) return undefined;
  const view = occurrenceOf(template, occurrence);
  // What is asked for again is asked for whenever its instance joined.
  const skipped = occurrence === 1 || view.repeats !== undefined ? findSkipped(draft, { occurrence, template: view }) : undefined;
  if (skipped !== undefined) return skipped;
  const from = earliestOf(draft, view, before.at(-1));
  if (from === undefined) return undefined;
  const mayBeDropped = view.repeats !== undefined && (occurrence > 1 || view.repeats.kind === 'scheduled');
  const holds = view.when === undefined || evaluate(view.when, draft.facts);
  const at = holds || mayBeDropped ? findReadyAt(draft, view, from) : undefined;
  const turn = { occurrence, template: view };
  if (!mayBeDropped) return at === undefined ? undefined : { ...turn, at };
  // Once its time is over no more of it comes up where the end closes it; what was to come is not owed any more.
  if (view.repeats?.kind === 'inTurn' && view.atEnd === 'close' && from > endOfTime(draft, view))
    return { ...turn, at: before.at(-1)?.settledAt ?? from, dropped: 'ended' };
  const next = view.repeats?.kind === 'scheduled' ? view.repeats.opens[occurrence] : undefined;
  if (next !== undefined && (at === undefined || Math.max(at, draft.now) >= next))
    return { ...turn, at: next, dropped: 'passed' };
  if (at === undefined) return undefined;
  return holds ? { ...turn, at } : { ...turn, at, dropped: 'condition' };
}

/** Of the first and on a schedule, its own instant; otherwise once the one before it is settled, and so long after. */
function earliestOf(
  { program }: Readonly<Draft>,
  { opensAt, repeats }: ProgramTask,
  before: TaskState | undefined,
): Instant | undefined {
  if (before === undefined || repeats?.kind === 'scheduled') return opensAt;
  if (before.settledAt === null) return undefined;
  if (repeats?.apart === undefined) return Math.max(opensAt, before.settledAt);
  return Math.max(opensAt, before.settledAt, startOfDayAfter(program, { from: before.settledAt, span: repeats.apart }));
}

/** The first instant of the day so far after the day of another. */
const startOfDayAfter = (program: Program, { from, span }: { from: Instant; span: DaySpan }): Instant =>
  clampedOffset(program, { from, offset: { ...span, atMinute: 0 }, timeless: 'same-time' });

/** When, from then on, nothing but its condition keeps it; undefined while something does that time does not bring. */
function findReadyAt(draft: Readonly<Draft>, { after, gate }: ProgramTask, from: Instant): Instant | undefined {
  for (const id of after) if (!isBehind(draft, id)) return undefined;
  if (gate === undefined) return from;
  const gateAt = findGateOpening(draft, gate);
  return gateAt === undefined ? undefined : Math.max(from, gateAt);
}

/** The post that holds, whoever handed in `not` passed over. */
export function findHolder(draft: Draft, { role, not }: { readonly role: string; readonly not?: string }): Resolved {
  return resolvePost(draft, { role, not: doersOf(draft.tasks, not) });
}

/** The person whom a row names, or who acts for them. */
const namedHolder = (draft: Draft, person: string | null): Resolved => ({
  ...(person === null ? { person } : handsOf(draft, person)),
  role: 'row',
  passedOver: [],
});

interface Opening {
  readonly key: string;
  /** Of a task that comes up several times. */
  readonly occurrence?: number;
  readonly template: ProgramTask;
  readonly source?: RowSource;
  readonly due?: string | undefined;
  readonly holder?: string | null | undefined;
}

/** A task that a row makes. One that is there stays as it is, unless it was dropped: then it comes up anew. */
export function beginTask(draft: Draft, opening: Opening): void {
  const before = draft.tasks[opening.key];
  if (before !== undefined && before.status !== 'dropped') return;
  if (hasLeft(draft, opening.template)) dropTask(draft, { ...opening, why: 'withdrawn' });
  else openTask(draft, opening);
}

function openTask(draft: Draft, opening: Opening): void {
  const { key, template, holder } = opening;
  const post = 'role' in template.holder ? findHolder(draft, template.holder) : namedHolder(draft, holder ?? null);
  comeUp(draft, {
    ...{ key, post, task: waitingTask(draft, opening), purpose: 'opened' },
    ...(draft.cause.kind === 'wake' ? { phase: template.phase } : {}),
  });
}

interface ComingUp {
  readonly key: string;
  /** As it waits. */
  readonly task: TaskState;
  /** Who gets it. */
  readonly post: Resolved;
  /** What they are told. */
  readonly purpose: 'opened' | 'instructed';
  /** That brought it, if time did. */
  readonly phase?: string;
}

export function comeUp(draft: Draft, { key, task: waiting, post, purpose, phase }: ComingUp): void {
  const { passedOver, standsFor } = post;
  const task = withHolder({ ...waiting, status: next('task', waiting.status, 'opened') }, post);
  putTask(draft, key, task);
  note(draft, 'taskOpened', {
    task: key,
    detail: {
      deadline: task.deadline,
      holder: task.holder,
      ...(standsFor === undefined ? {} : { standsFor }),
      ...(passedOver.length === 0 ? {} : { passedOver: passedOver.join(',') }),
      ...(phase === undefined ? {} : { phase }),
    },
  });
  tell(draft, { purpose, key, task, to: post });
}

/** What never comes up leaves a row, so that people see what became of it; nobody is told. */
function dropTask(draft: Draft, { why, ...opening }: Opening & { readonly why: string }): void {
  const { key, template } = opening;
  const waiting = waitingTask(draft, opening);
  putTask(draft, key, { ...waiting, cameUp: false, status: next('task', waiting.status, 'dropped'), settledAt: draft.now });
  note(draft, 'taskDropped', { task: key, detail: { why } });
  feedGates(draft, template.id);
}

/** Of one that was there before, its deadline goes on counting: what is said of it is said anew. */
const nextRev = ({ tasks, unopened }: Draft, key: string): number => (tasks[key]?.deadlineRev ?? unopened[key] ?? -1) + 1;

/** Of two submissions of one form the later is told by it, so it goes on counting too. */
const timesReopened = ({ tasks, reopenings }: Draft, key: string): Pick<TaskState, 'reopened'> => {
  const reopened = tasks[key]?.reopened ?? reopenings[key];
  return reopened === undefined ? {} : { reopened };
};

/** Of a task before anything has become of it. */
export const UNTOUCHED = {
  holder: null,
  step: 0,
  reviewer: null,
  rung: 0,
  returns: 0,
  submission: null,
  submittedAt: null,
  submittedBy: null,
  settledAt: null,
  decidedBy: null,
} as const satisfies Partial<TaskState>;

/** A task before anything has become of it. */
export function waitingTask(draft: Draft, { key, template: own, occurrence = 1, source, due }: Opening): TaskState {
  const template = joinedTemplate(draft.program, own, draft.base);
  const anchoredAt = anchorOf(draft, template, { key, openedAt: draft.now });
  const reckoned = dueOf(draft.program, template, { openedAt: draft.now, rowDue: due, anchoredAt, carry: carryOf(draft) });
  return {
    template: template.id,
    ...(occurrence === 1 ? {} : { occurrence }),
    status: 'waiting',
    openedAt: draft.now,
    ...budgetNoted(template, { due: reckoned, anchoredAt }),
    ...extendedDeadline(draft, { key, template: template.id, deadline: reckoned.deadline }),
    deadlineRev: nextRev(draft, key),
    ...timesReopened(draft, key),
    ...UNTOUCHED,
    ...(anchoredAt === undefined ? {} : { anchoredAt }),
    ...(source === undefined ? {} : { source }),
  };
}

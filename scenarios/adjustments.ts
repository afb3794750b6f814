/** The acts of a scenario that adjust the run: for whom, and what. */
import { type Adjustment, type AdjustmentScope, leavingCauseOf, pauseCauseOf, type TasksOf } from '../model/adjustment.ts';
import { parseOffset } from '../model/offset-text.ts';
import type { Instant } from '../model/plan.ts';
import type { Act } from './language.ts';

export interface AskedAdjustment {
  /** As the scenario names whom it is for. */
  readonly name: string;
  readonly for: AdjustmentScope;
  /** Undefined when it is not said whole, or when its time is none that the plan can reckon with. */
  readonly adjustment: Adjustment | undefined;
  /** Of an assigned item. */
  readonly words?: SaidWords;
}

/** What an assigned item is called, and what is to be done. */
export interface SaidWords {
  readonly title: string;
  readonly words: string;
}

export interface Times {
  /** Of a day its first instant, or a minute; undefined when the plan does not know it. */
  start(text: string): Instant | undefined;
  /** Of a day its last instant, or a minute. */
  end(text: string): Instant | undefined;
  /** The form that stands of the task that is acted upon; empty where there is none. */
  readonly submission: string;
}

/** Undefined for acts upon tasks. */
export function adjustmentOf(act: Act, times: Times): AskedAdjustment | undefined {
  return (
    extensionOf(act, times) ??
    handingOf(act) ??
    coverOf(act, times) ??
    pausingOf(act) ??
    leavingOf(act) ??
    moveOf(act) ??
    undoingOf(act, times) ??
    assignmentOf(act, times)
  );
}

function pausingOf({ pause, resume }: Act): AskedAdjustment | undefined {
  const name = pause ?? resume;
  if (name === undefined) return undefined;
  const { scope } = concernOf(name);
  return { name, for: scope, adjustment: { kind: pause === undefined ? 'resume' : 'pause', cause: pauseCauseOf(scope) } };
}

function leavingOf({ withdraw, readmit }: Act): AskedAdjustment | undefined {
  const name = withdraw ?? readmit;
  if (name === undefined) return undefined;
  const { scope } = concernOf(name);
  return {
    name,
    for: scope,
    adjustment: { kind: withdraw === undefined ? 'readmit' : 'withdraw', cause: leavingCauseOf(scope) },
  };
}

function moveOf({ move, to }: Act): AskedAdjustment | undefined {
  if (move === undefined) return undefined;
  return { name: move, for: concernOf(move).scope, adjustment: to === undefined ? undefined : { kind: 'move', to } };
}

function extensionOf(act: Act, { end }: Times): AskedAdjustment | undefined {
  if (act.extend === undefined) return undefined;
  const { scope, task } = concernOf(act.extend);
  const to = act.to === undefined ? undefined : end(act.to);
  const by = act.by === undefined ? undefined : parseOffset(act.by);
  const deadline = to !== undefined ? { to } : by !== undefined ? { by } : undefined;
  const adjustment = deadline && ({ kind: 'extend', of: tasksOf(act, task), deadline } as const);
  return { name: act.extend, for: scope, adjustment };
}

/** One task, and whom it goes to. */
function handingOf({ reassign, delegate, recall, to }: Act): AskedAdjustment | undefined {
  const name = reassign ?? delegate ?? recall;
  if (name === undefined) return undefined;
  const { scope, task } = concernOf(name);
  if (recall !== undefined) return { name, for: scope, adjustment: { kind: 'recall', task: task! } };
  const kind = reassign === undefined ? 'delegate' : 'reassign';
  return { name, for: scope, adjustment: to === undefined ? undefined : { kind, task: task!, to } };
}

/** Absences concern everybody, because a person may have work anywhere. */
function coverOf({ cover, uncover, handover, by, to, from, until }: Act, times: Times): AskedAdjustment | undefined {
  const everybody = { all: true } as const;
  if (uncover !== undefined) return { name: uncover, for: everybody, adjustment: { kind: 'uncover', person: uncover } };
  const person = cover ?? handover;
  if (person === undefined) return undefined;
  const acting = cover === undefined ? to : by;
  const begins = from === undefined ? null : times.start(from);
  const ends = until === undefined ? null : firstAfter(until, times);
  const isWhole = acting !== undefined && begins !== undefined && ends !== undefined && (cover === undefined) === (ends === null);
  const adjustment = isWhole
    ? ({ kind: 'cover', person, by: acting, ...(begins === null ? {} : { from: begins }), until: ends } as const)
    : undefined;
  return { name: person, for: everybody, adjustment };
}

function undoingOf({ waive, reopen, retract, to }: Act, { end, submission }: Times): AskedAdjustment | undefined {
  const name = waive ?? reopen ?? retract;
  if (name === undefined) return undefined;
  const { scope, task: key } = concernOf(name);
  const task = key!;
  if (waive !== undefined) return { name, for: scope, adjustment: { kind: 'waive', task } };
  if (retract !== undefined) return { name, for: scope, adjustment: { kind: 'retract', task, submission } };
  const deadline = to === undefined ? null : end(to);
  const adjustment =
    deadline === undefined ? undefined : ({ kind: 'reopen', task, ...(deadline === null ? {} : { deadline }) } as const);
  return { name, for: scope, adjustment };
}

/** Of a union alone, whatever its households have to do. */
function assignmentOf(
  { assign: instance, title = '示例：交办事项', words = title, due, to, ladder, review }: Act,
  { end }: Times,
): AskedAdjustment | undefined {
  if (instance === undefined) return undefined;
  const at = due === undefined ? undefined : end(due);
  const own = { ...(to === undefined ? {} : { to }), ...(ladder === undefined ? {} : { ladder }), ...(review && { review }) };
  // The words go by the id of the command, which whoever stores them knows.
  const adjustment = at === undefined ? undefined : ({ kind: 'assign', due: at, words: '', ...own } as const);
  return { name: instance, for: { instance }, adjustment, words: { title, words } };
}

/** A day is the last of an absence; a minute is when it is over. */
function firstAfter(text: string, { end }: Times): Instant | undefined {
  const at = end(text);
  return at === undefined || text.includes(' ') ? at : at + 1;
}

/** `all`; `u/union-01`, which is the union with its households; `h/h-001`; or a task of an instance. */
export function concernOf(name: string): { readonly scope: AdjustmentScope; readonly task?: string } {
  if (name === 'all') return { scope: { all: true } };
  const match = /^(c|[uh]\/[^/]+)(?:\/(.+))?$/.exec(name)!;
  const [, instance, task] = match as unknown as [string, string, string | undefined];
  if (task !== undefined) return { scope: { instance }, task };
  return { scope: instance.startsWith('u/') ? { union: instance.slice(2) } : { instance } };
}

function tasksOf({ phase, template }: Act, task: string | undefined): TasksOf {
  if (task !== undefined) return { task };
  if (phase !== undefined) return { phase };
  return template === undefined ? { all: true } : { template };
}

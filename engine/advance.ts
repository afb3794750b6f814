/** What time does by itself: phases begin and end, tasks come up, rungs speak, closed work ends. Each at its own instant, in order. */
import type { Instant, Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { noteChanges } from './changes.ts';
import { begin, type Draft, finish, note, putTask, type Step, TIME } from './draft.ts';
import { isFinal, next } from './lifecycles.ts';
import { speak } from './messages.ts';
import { findFollowers } from './concern.ts';
import { excludeFromGates, feedGates } from './gates.ts';
import { findOpeningAt, getTemplate, settle } from './opening.ts';
import { closingAt, findNextRung } from './schedule.ts';

/**
 * Brings an instance to `now`. Every entry does this first, so a timer may be late, early or missing without changing any outcome.
 * An instant before what has been reached already changes nothing.
 */
export function advanceTo(program: Program, snapshot: Snapshot, now: Instant): Step {
  const draft = begin(program, snapshot, TIME);
  advanceDraft(draft, now);
  return finish(draft);
}

/** A draft just begun. */
export function advanceDraft(draft: Draft, now: Instant): void {
  if (draft.status === 'closed') return;
  if (now < findWake(draft)) {
    draft.now = Math.max(draft.now, now);
    return;
  }
  arrive(draft);
  noteChanges(draft);
  for (let due = findNextDue(draft); due !== undefined && due.at <= now; due = findNextDue(draft)) {
    draft.now = Math.max(draft.now, due.at);
    due.act(draft);
    arrive(draft);
    noteChanges(draft);
  }
  draft.now = Math.max(draft.now, now);
}

/** What an instant brings before anything that is due at it: phases turn, then everything that has come up opens. */
function arrive(draft: Draft): void {
  turnPhases(draft);
  settle(draft);
}

/** The next instant at which anything happens by itself; null when nothing will any more. */
export function nextWake(program: Program, snapshot: Snapshot): Instant | null {
  if (snapshot.status === 'closed') return null;
  const wake = findWake(begin(program, snapshot, TIME));
  return wake === Infinity ? null : wake;
}

/**
 * What was found for a state is kept as long as the state is: the flush, the timer, the validator and the handler each ask the same of it. States never
 * change, so this is a memory of a pure function, not a state of its own.
 */
const wakes = new WeakMap<Snapshot, { readonly program: Program; readonly at: Instant }>();

/** Infinity when nothing will happen any more. What `arrive` would bring to a state just loaded is due already, so it counts as a wake in the past. */
function findWake(draft: Draft): Instant {
  const { program, base } = draft;
  const known = wakes.get(base);
  if (known?.program === program) return known.at;
  const at = findNextDue(draft)?.at ?? Infinity;
  wakes.set(base, { program, at });
  return at;
}

interface Due {
  readonly at: Instant;
  readonly act: (draft: Draft) => void;
}

/** Ties are kept in a fixed order: phase ends, phase starts, openings, rungs, closings; so every driver does them alike. */
function findNextDue(draft: Draft): Due | undefined {
  let first: Due | undefined;
  const offer = (at: Instant, act: Due['act']): void => {
    if (first === undefined || at < first.at) first = { at, act };
  };
  const turn = findPhaseTurn(draft);
  if (turn !== undefined) offer(turn.at, ask);
  offerOpenings(draft, offer);
  const unfinished = Object.entries(draft.tasks).filter(([, task]) => !isFinal(task.status));
  for (const [key, task] of unfinished) offerRung(draft, { key, task, offer });
  for (const [key, task] of unfinished) offerClosing(draft, { key, task, offer });
  return first;
}

type Offer = (at: Instant, act: Due['act']) => void;

/** Phases and openings are `arrive`'s; here only the instants at which it must be asked. */
const ask = (): void => undefined;

interface PhaseTurn {
  readonly at: Instant;
  readonly kind: 'phaseStarted' | 'phaseEnded';
  readonly phase: string;
}

/** Only the campaign records phases; the other instances need to wake only for what concerns them. */
function findPhaseTurn({ program, phasesStarted, phasesEnded }: Draft): PhaseTurn | undefined {
  if (program.scope !== 'campaign') return undefined;
  const ending = phasesEnded < phasesStarted ? program.phases[phasesEnded] : undefined;
  const starting = program.phases[phasesStarted];
  if (ending !== undefined && (starting === undefined || ending.endsAt < starting.startsAt)) {
    return { at: ending.endsAt + 1, kind: 'phaseEnded', phase: ending.id };
  }
  return starting && { at: starting.startsAt, kind: 'phaseStarted', phase: starting.id };
}

function turnPhases(draft: Draft): void {
  for (let turn = findPhaseTurn(draft); turn !== undefined && turn.at <= draft.now; turn = findPhaseTurn(draft)) {
    if (turn.kind === 'phaseEnded') draft.phasesEnded += 1;
    else draft.phasesStarted += 1;
    note(draft, turn.kind, { detail: { phase: turn.phase } });
  }
}

function offerOpenings(draft: Draft, offer: Offer): void {
  for (const template of draft.program.tasks) {
    const at = draft.tasks[template.id] === undefined ? findOpeningAt(draft, template) : undefined;
    if (at !== undefined) offer(at, ask);
  }
}

interface Offering {
  readonly key: string;
  readonly task: TaskState;
  readonly offer: Offer;
}

function offerRung(draft: Draft, { key, task, offer }: Offering): void {
  const { ladder } = getTemplate(draft.program, task.template);
  const rung = findNextRung(draft.program, { ladder, deadline: task.deadline, openedAt: task.openedAt, from: task.rung });
  if (rung === undefined) return;
  offer(rung.at, (at) => {
    const passed = { ...task, rung: rung.index + 1 };
    putTask(at, key, passed);
    speak(at, { key, task: passed, rung: rung.rung });
  });
}

function offerClosing(draft: Draft, { key, task, offer }: Offering): void {
  const template = getTemplate(draft.program, task.template);
  if (template.atEnd === 'close') offer(closingAt(template, task.deadline), (at) => miss(at, { key, task }));
}

function miss(draft: Draft, { key, task }: { key: string; task: TaskState }): void {
  putTask(draft, key, { ...task, status: next('task', task.status, 'missed'), reviewer: null, settledAt: draft.now });
  note(draft, 'taskMissed', { task: key, detail: { phase: getTemplate(draft.program, task.template).phase } });
  feedGates(draft, task.template);
  // What comes after it never will now.
  excludeFromGates(draft, findFollowers(draft.program, task.template));
}

/** What time does by itself: phases begin and end, tasks come up, rungs speak, closed work ends. Each at its own instant, in order. */
import type { Instant, Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { findNextBulletin, issueBulletin } from './bulletins.ts';
import { noteChanges } from './changes.ts';
import { findCoverTurn, followCovers } from './covering.ts';
import { followAnchors } from './deadlines.ts';
import { begin, type Draft, finish, lookAt, NO_EFFECTS, note, putTask, type Step, TIME } from './draft.ts';
import { daysLate } from './joining.ts';
import { isHeld } from './held-phases.ts';
import { isFinal, next } from './lifecycles.ts';
import { speak } from './messages.ts';
import { findFollowers } from './concern.ts';
import { excludeFromGates, feedGates } from './gates.ts';
import { chasedNow, leaveReview, passRungs } from './reviewing.ts';
import { getTemplate, templateOf } from './occurrences.ts';
import { endOfTime } from './carrying.ts';
import { findTurn, settle } from './opening.ts';
import { closingAt, findNextRung, type NextRung } from './schedule.ts';

/**
 * Brings an instance to `now`. Every entry does this first, so a timer may be late, early or missing without changing any outcome.
 * An instant before what has been reached already changes nothing. `wake`: what `reckonWake` said of this state, where the caller keeps it.
 */
export function advanceTo(program: Program, snapshot: Snapshot, now: Instant, wake?: Instant | null): Step {
  if (snapshot.status === 'closed') return { snapshot, effects: NO_EFFECTS };
  const due = wake === undefined ? findWake(program, snapshot) : (wake ?? Infinity);
  if (now < due) {
    if (now <= snapshot.advancedTo) return { snapshot, effects: NO_EFFECTS };
    const later: Snapshot = { ...snapshot, advancedTo: now };
    // What it waits for does not depend on how far it has come.
    if (wake === undefined) wakes.set(later, { program, at: due });
    return { snapshot: later, effects: NO_EFFECTS };
  }
  return wakeUp(program, snapshot, now);
}

/** As `advanceTo` of an instance that is due, with what `reckonWake` says of the state it comes to where that is known by the way. */
export function wakeUp(program: Program, snapshot: Snapshot, now: Instant): Step & { readonly wake?: Instant | null } {
  const draft = begin(program, snapshot, TIME);
  const next = catchUp(draft, now);
  const step = finish(draft);
  return next === undefined ? step : { ...step, wake: next.at };
}

/** A draft just begun. `wake` as of `advanceTo`. */
export function advanceDraft(draft: Draft, now: Instant, wake?: Instant | null): void {
  if (draft.status === 'closed') return;
  const due = wake === undefined ? findWake(draft.program, draft.base) : (wake ?? Infinity);
  if (now < due) draft.now = Math.max(draft.now, now);
  else catchUp(draft, now);
}

/** Everything that is due by then, from where the draft stands. Hands back when it is due next, unless what was found of that was of an earlier instant. */
export function catchUp(draft: Draft, now: Instant): { readonly at: Instant | null } | undefined {
  arrive(draft);
  noteChanges(draft);
  let due = findNextDue(draft);
  while (due !== undefined && due.at <= now) {
    draft.now = Math.max(draft.now, due.at);
    due.act(draft);
    arrive(draft);
    noteChanges(draft);
    due = findNextDue(draft);
  }
  const isOfNow = draft.now >= now && draft.status !== 'closed';
  draft.now = Math.max(draft.now, now);
  return isOfNow ? { at: due?.at ?? null } : undefined;
}

/** What an instant brings before anything that is due at it: phases turn, then everything that has come up opens. */
function arrive(draft: Draft): void {
  if (draft.paused === undefined) turnPhases(draft);
  settle(draft);
  followCovers(draft);
  followAnchors(draft);
}

/** The next instant at which anything happens by itself; null when nothing will any more. */
export function nextWake(program: Program, snapshot: Snapshot): Instant | null {
  if (snapshot.status === 'closed') return null;
  const wake = findWake(program, snapshot);
  return wake === Infinity ? null : wake;
}

/** As `nextWake`, without its memory: for who keeps the answer beside the state, of hundreds of thousands of instances. */
export function reckonWake(program: Program, snapshot: Snapshot): Instant | null {
  return nextDueAt(lookAt(program, snapshot));
}

/** When anything happens by itself, as things stand in a draft. */
export function nextDueAt(draft: Readonly<Draft>): Instant | null {
  return draft.status === 'closed' ? null : (findNextDue(draft)?.at ?? null);
}

/**
 * What was found for a state is kept as long as the state is: the flush, the timer, the validator and the handler each ask the same of it. States never
 * change, so this is a memory of a pure function, not a state of its own.
 */
const wakes = new WeakMap<Snapshot, { readonly program: Program; readonly at: Instant }>();

/** Infinity when nothing will happen any more. What `arrive` would bring to a state just loaded is due already, so it counts as a wake in the past. */
function findWake(program: Program, base: Snapshot): Instant {
  const known = wakes.get(base);
  if (known?.program === program) return known.at;
  const at = findNextDue(lookAt(program, base))?.at ?? Infinity;
  wakes.set(base, { program, at });
  return at;
}

interface Due {
  readonly at: Instant;
  readonly act: (draft: Draft) => void;
}

/**
 * Ties are kept in a fixed order: phase ends, phase starts, openings, changes of hands, rungs, closings, bulletins; so every driver does
 * them alike.
 */
function findNextDue(draft: Readonly<Draft>): Due | undefined {
  const offers = new Offers();
  if (draft.paused !== undefined) {
    // In a pause time goes on, and does nothing, but for whose work it is where work is taken all the same.
    if (draft.program.pauses?.completions === 'accept') offerHands(draft, offers);
    return offers.first;
  }
  const turn = findPhaseTurn(draft);
  if (turn !== undefined) offers.add(turn.at, ask);
  offerOpenings(draft, offers);
  offerHands(draft, offers);
  const unfinished: Unfinished[] = [];
  for (const key in draft.tasks) {
    const task = draft.tasks[key]!;
    if (!isFinal(task.status)) unfinished.push({ key, task, template: templateOf(draft.program, task) });
  }
  for (const each of unfinished) offerRung(draft, each, offers);
  for (const each of unfinished) offerClosing(draft, each, offers);
  offerBulletin(draft, offers);
  return offers.first;
}

/** Keeps the earliest, and of several at one instant the one offered first. Asked for every task at every step, so what is not the first is not made. */
class Offers {
  first: Due | undefined = undefined;

  isFirst(at: Instant): boolean {
    return this.first === undefined || at < this.first.at;
  }

  add(at: Instant, act: Due['act']): void {
    if (this.isFirst(at)) this.first = { at, act };
  }
}

function offerHands(draft: Readonly<Draft>, offers: Offers): void {
  const turn = findCoverTurn(draft);
  if (turn !== undefined) offers.add(turn, ask);
}

function offerBulletin(draft: Readonly<Draft>, offers: Offers): void {
  const bulletin = findNextBulletin(draft);
  if (bulletin !== undefined) offers.add(bulletin.at, (at) => issueBulletin(at, bulletin));
}

/** Phases, openings and changes of hands are `arrive`'s; here only the instants at which it must be asked. */
const ask = (): void => undefined;

interface PhaseTurn {
  readonly at: Instant;
  readonly kind: 'phaseStarted' | 'phaseEnded';
  readonly phase: string;
}

/** Only the campaign records phases; the other instances need to wake only for what concerns them. */
function findPhaseTurn(draft: Readonly<Draft>): PhaseTurn | undefined {
  const { program, phasesStarted, phasesEnded } = draft;
  if (program.scope !== 'campaign') return undefined;
  const ending = phasesEnded < phasesStarted ? program.phases[phasesEnded] : undefined;
  const starting = program.phases[phasesStarted];
  if (ending !== undefined && (starting === undefined || ending.endsAt < starting.startsAt)) {
    // Held open, it ends once that is settled, and the next begins then.
    return isHeld(draft, ending.id) ? undefined : { at: ending.endsAt + 1, kind: 'phaseEnded', phase: ending.id };
  }
  return starting && { at: starting.startsAt, kind: 'phaseStarted', phase: starting.id };
}

function turnPhases(draft: Draft): void {
  for (let turn = findPhaseTurn(draft); turn !== undefined && turn.at <= draft.now; turn = findPhaseTurn(draft)) {
    if (turn.kind === 'phaseEnded') draft.phasesEnded += 1;
    else draft.phasesStarted += 1;
    note(draft, turn.kind, { detail: { phase: turn.phase, ...pastOf(draft, turn) } });
  }
}

/** A phase that had begun before its run did is entered late, once and in its order, or passed over. */
function pastOf({ program, base }: Draft, { phase }: PhaseTurn): { readonly past?: 'catch-up' | 'skip' } {
  const { startsAt } = program.phases.find(({ id }) => id === phase)!;
  if (daysLate(program, { opensAt: startsAt }, base) === 0) return {};
  return { past: base.skippedPhases?.includes(phase) === true ? 'skip' : 'catch-up' };
}

function offerOpenings(draft: Readonly<Draft>, offers: Offers): void {
  for (const template of draft.program.tasks) {
    const turn = findTurn(draft, template);
    if (turn !== undefined) offers.add(turn.at, ask);
  }
}

interface Unfinished {
  readonly key: string;
  readonly task: TaskState;
  readonly template: ProgramTask;
}

function offerRung(draft: Readonly<Draft>, unfinished: Unfinished, offers: Offers): void {
  const time = findNextRung(draft.program, chasedNow(unfinished.task, unfinished.template));
  if (time !== undefined && offers.isFirst(time.at)) offers.add(time.at, toSpeak(unfinished, time));
}

const toSpeak =
  ({ key, task }: Unfinished, { place, rung, occurrence }: NextRung): Due['act'] =>
  (draft) => {
    const passed = passRungs(task, place + 1);
    putTask(draft, key, passed);
    speak(draft, { key, task: passed, rung, occurrence });
  };

function offerClosing(draft: Readonly<Draft>, unfinished: Unfinished, offers: Offers): void {
  const { task, template } = unfinished;
  if (template.atEnd !== 'close') return;
  const at = closingAt({ endsAt: endOfTime(draft, template) }, task.deadline);
  if (offers.isFirst(at)) offers.add(at, toMiss(unfinished));
}

const toMiss =
  ({ key, task }: Unfinished): Due['act'] =>
  (draft) =>
    miss(draft, { key, task });

function miss(draft: Draft, { key, task }: { key: string; task: TaskState }): void {
  const left = leaveReview(draft, task);
  putTask(draft, key, { ...left, status: next('task', task.status, 'missed'), reviewer: null, settledAt: draft.now });
  note(draft, 'taskMissed', { task: key, detail: { phase: getTemplate(draft.program, task.template).phase } });
  feedGates(draft, task.template);
  // What comes after it never will now.
  excludeFromGates(draft, findFollowers(draft.program, task.template));
}

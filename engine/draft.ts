/**
 * A snapshot being changed. The core's functions are pure from outside: they copy what they touch into a draft, and `finish` hands back a new
 * snapshot with the effects. Nothing outside this room sees a draft.
 */
import type { Cover, Extension } from '../model/adjustment.ts';
import type { Answer } from '../model/command.ts';
import type { AuditEntry, Effects, GateRow, OutboxEntry } from '../model/flush.ts';
import type { Pause, Standstill } from '../model/pause.ts';
import type { FactValue, Instant, Program } from '../model/plan.ts';
import type { GateState, Snapshot, TaskState } from '../model/snapshot.ts';

export interface Cause {
  readonly kind: 'wake' | 'update';
  readonly command?: string;
  readonly actor: string;
}

export interface Draft {
  /** Another one after an amendment. */
  program: Program;
  readonly base: Snapshot;
  readonly instance: string;
  /** Campaign time at which the step now being taken happens. */
  now: Instant;
  cause: Cause;
  status: Snapshot['status'];
  tasks: Record<string, TaskState>;
  facts: Readonly<Record<string, FactValue>>;
  roles: Readonly<Record<string, string>>;
  gates: Readonly<Record<string, GateState>>;
  again: Readonly<Record<string, number>>;
  revision: number;
  extensions: readonly Extension[];
  withdrawnAt: Instant | undefined;
  withdrawnWith: 'union' | undefined;
  union: string | null;
  covers: readonly Cover[];
  issued: Readonly<Record<string, number>>;
  paused: Standstill | undefined;
  pauses: readonly Pause[];
  unopened: Readonly<Record<string, number>>;
  reopenings: Readonly<Record<string, number>>;
  takenBack: Readonly<Record<string, number>>;
  phasesStarted: number;
  phasesEnded: number;
  answered: readonly Answer[];
  readonly touched: Set<string>;
  /** By template: what gates were told last, in this step. Made when they are first told anything. */
  said: Map<string, string> | undefined;
  readonly audit: AuditEntry[];
  readonly outbox: OutboxEntry[];
  readonly gateRows: GateRow[];
  readonly answers: Answer[];
  /** Of the step under way (a command, or one thing that fell due): what it has put before, and where its notes begin. See `noteChanges`. */
  readonly stepBefore: Map<string, TaskState | undefined>;
  stepFrom: number;
}

export const TIME: Cause = { kind: 'wake', actor: 'time' };

export function begin(program: Program, base: Snapshot, cause: Cause): Draft {
  return draftOf(program, base, { cause, tasks: { ...base.tasks } });
}

/** A state to be asked and never changed: without the copies that changes need. */
export function lookAt(program: Program, base: Snapshot): Readonly<Draft> {
  return draftOf(program, base, { cause: TIME, tasks: base.tasks as Draft['tasks'] });
}

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

type CopiedMap = 'facts' | 'roles' | 'gates' | 'again' | 'issued' | 'unopened' | 'reopenings' | 'takenBack';

/** One of a draft's maps, to be written to: most steps change none of them, so each is copied when it is first written to. */
export function writable<Name extends CopiedMap>(draft: Draft, name: Name): Record<string, Draft[Name][string]> {
  if (draft[name] === draft.base[name] || draft[name] === NOTHING) draft[name] = { ...draft[name] };
  return draft[name] as Record<string, Draft[Name][string]>;
}

function draftOf(program: Program, base: Snapshot, { cause, tasks }: Pick<Draft, 'cause' | 'tasks'>): Draft {
  return {
    program,
    base,
    instance: base.instance,
    cause,
    now: base.advancedTo,
    status: base.status,
    tasks,
    facts: base.facts,
    roles: base.roles,
    gates: base.gates,
    again: base.again ?? NOTHING,
    revision: base.revision,
    extensions: base.extensions ?? [],
    withdrawnAt: base.withdrawnAt,
    withdrawnWith: base.withdrawnWith,
    union: base.union,
    covers: base.covers ?? [],
    issued: base.issued ?? NOTHING,
    paused: base.paused,
    pauses: base.pauses ?? [],
    unopened: base.unopened ?? NOTHING,
    reopenings: base.reopenings ?? NOTHING,
    takenBack: base.takenBack ?? NOTHING,
    phasesStarted: base.phasesStarted,
    phasesEnded: base.phasesEnded,
    answered: base.answered,
    touched: new Set(),
    said: undefined,
    audit: [],
    outbox: [],
    gateRows: [],
    answers: [],
    stepBefore: new Map(),
    stepFrom: 0,
  };
}

export function putTask(draft: Draft, key: string, task: TaskState): void {
  if (!draft.stepBefore.has(key)) draft.stepBefore.set(key, draft.tasks[key]);
  draft.tasks[key] = task;
  draft.touched.add(key);
  if (key in draft.unopened) delete writable(draft, 'unopened')[key];
  if (key in draft.reopenings) delete writable(draft, 'reopenings')[key];
}

/** It is not there any more: it waits, and what waits is not listed. */
export function removeTask(draft: Draft, key: string): void {
  if (!draft.stepBefore.has(key)) draft.stepBefore.set(key, draft.tasks[key]);
  delete draft.tasks[key];
  draft.touched.add(key);
}

export function note(draft: Draft, kind: string, entry: Pick<AuditEntry, 'task' | 'detail' | 'changed'> = {}): void {
  const { actor, command } = draft.cause;
  draft.audit.push(
    command === undefined ? { at: draft.now, kind, actor, ...entry } : { at: draft.now, kind, actor, command, ...entry },
  );
}

export interface Step {
  readonly snapshot: Snapshot;
  readonly effects: Effects;
}

/** `seq` moves only when there is something to write, so that asking twice leaves the same state. */
export function finish(draft: Draft): Step {
  const effects: Effects = {
    tasks: [...draft.touched],
    audit: draft.audit,
    outbox: draft.outbox,
    gates: draft.gateRows,
    answers: draft.answers,
  };
  const snapshot: Snapshot = {
    ...withoutExtras(draft.base),
    union: draft.union,
    status: draft.status,
    revision: draft.revision,
    advancedTo: Math.max(draft.base.advancedTo, draft.now),
    seq: draft.base.seq + (isEmpty(effects) ? 0 : 1),
    roles: unlessChanged(draft.base.roles, draft.roles),
    facts: unlessChanged(draft.base.facts, draft.facts),
    tasks: draft.touched.size === 0 ? draft.base.tasks : draft.tasks,
    gates: unlessChanged(draft.base.gates, draft.gates),
    phasesStarted: draft.phasesStarted,
    phasesEnded: draft.phasesEnded,
    answered: draft.answered,
  };
  const extras = extrasOf(draft);
  return { snapshot: extras === undefined ? snapshot : { ...snapshot, ...extras }, effects };
}

/** What few instances have. Members are put back in this order, whichever came first: the same state is the same text. */
const EXTRAS = [
  'extensions',
  'covers',
  'paused',
  'pauses',
  'unopened',
  'reopenings',
  'takenBack',
  'again',
  'withdrawnAt',
  'withdrawnWith',
  'issued',
] as const satisfies readonly (keyof Snapshot)[];
type Extras = Pick<Snapshot, (typeof EXTRAS)[number]>;

/** The state itself where it has none of them: taking members out of an object costs more than all the rest of a step's end. */
function withoutExtras(base: Snapshot): Snapshot {
  for (const name of EXTRAS) if (base[name] !== undefined) return leaveOut(base);
  return base;
}

function leaveOut(base: Snapshot): Snapshot {
  const rest = { ...base };
  for (const name of EXTRAS) delete rest[name];
  return rest;
}

/** Undefined: none, as nearly always. */
function extrasOf(draft: Draft): Extras | undefined {
  let extras: Partial<Record<keyof Extras, unknown>> | undefined;
  for (const name of EXTRAS) {
    const value = draft[name];
    if (value === undefined || (typeof value === 'object' && isBlank(value))) continue;
    extras ??= {};
    extras[name] = value;
  }
  return extras as Extras | undefined;
}

/** An empty list or map. What is not blank is told so by its first member. */
function isBlank(value: object): boolean {
  for (const _name in value) return false;
  return true;
}

/** The map that there was before, where nothing in it changed: what is kept beside it, such as its text for the digest, is then known. */
function unlessChanged<Value>(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  if (before === after) return before;
  for (const name in after) if (after[name] !== before[name] || !(name in before)) return after;
  for (const name in before) if (!(name in after)) return after;
  return before;
}

export function isEmpty(effects: Effects): boolean {
  return (
    effects.tasks.length + effects.audit.length + effects.outbox.length + effects.gates.length + effects.answers.length === 0
  );
}

export const NO_EFFECTS: Effects = { tasks: [], audit: [], outbox: [], gates: [], answers: [] };

/** The effects of one step after another. */
export function concatEffects(first: Effects, second: Effects): Effects {
  return {
    tasks: [...new Set([...first.tasks, ...second.tasks])],
    audit: [...first.audit, ...second.audit],
    outbox: [...first.outbox, ...second.outbox],
    gates: [...first.gates, ...second.gates],
    answers: [...first.answers, ...second.answers],
  };
}

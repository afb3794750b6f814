/** What one activation writes: whole rows of everything that changed, composed from the state and the effects since the last flush. */
import type { AuditEntry, Effects, Flush, GateRow, TaskRow, WrittenAuditEntry } from '../model/flush.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { nextWake } from './advance.ts';
import { isLate } from './apply.ts';
import { digestOf } from './digest.ts';
import { gateRowsOf } from './gates.ts';

export interface FlushContent {
  readonly snapshot: Snapshot;
  readonly effects: Effects;
  readonly number: number;
  /** Digest of the flush before it; empty before the first. */
  readonly previous?: string;
  /** Everything the instance knows, also what was written before: it fills any gap. */
  readonly full: boolean;
}

export function composeFlush(program: Program, { snapshot, effects, number, previous = '', full }: FlushContent): Flush {
  const touched = full ? Object.keys(snapshot.tasks) : effects.tasks;
  const isThere = (key: string): boolean => snapshot.tasks[key] !== undefined;
  const [keys, gone] = [touched.filter(isThere), touched.filter((key) => !isThere(key))];
  return {
    run: snapshot.run,
    instance: snapshot.instance,
    scope: program.scope,
    union: snapshot.union,
    number,
    digest: digestOf(snapshot),
    ...(previous === '' ? {} : { previous }),
    status: snapshot.status,
    revision: snapshot.revision,
    advancedTo: snapshot.advancedTo,
    nextWake: nextWake(program, snapshot),
    facts: snapshot.facts,
    factsAtEnrolment: snapshot.factsAtEnrolment,
    roles: snapshot.roles,
    more: moreOf(snapshot),
    full,
    tasks: keys.map((key) => taskRow(snapshot, key)),
    ...(gone.length === 0 ? {} : { gone }),
    audit: effects.audit.map(writtenEntry),
    outbox: effects.outbox,
    gates: full ? allGateRows(program, snapshot) : effects.gates,
    answers: full ? snapshot.answered : effects.answers,
    ...(snapshot.status === 'closed' ? { archive: snapshot } : {}),
  };
}

/** What the instance says to every gate that counts a task of it. */
function allGateRows(program: Program, snapshot: Snapshot): GateRow[] {
  return program.tasks.flatMap((template) => gateRowsOf({ program, ...snapshot }, template));
}

const writtenEntry = ({ changed, ...entry }: AuditEntry): WrittenAuditEntry =>
  changed === undefined ? entry : { ...entry, detail: { ...entry.detail, changed } };

function taskRow(snapshot: Snapshot, key: string): TaskRow {
  const task = snapshot.tasks[key]!;
  const { review } = task;
  return { ...task, key, late: isLate(task), ...(review === undefined ? {} : { reviewDeadline: review.deadline }) };
}

/** Members of a state that a flush has by name, and answers, which have a table of their own. */
const NAMED: ReadonlySet<string> = new Set<keyof Snapshot>([
  'run',
  'instance',
  'union',
  'status',
  'revision',
  'advancedTo',
  'roles',
  'facts',
  'factsAtEnrolment',
  'tasks',
  'answered',
]);

function moreOf(snapshot: Snapshot): Flush['more'] {
  return Object.fromEntries(Object.entries(snapshot).filter(([member]) => !NAMED.has(member)));
}

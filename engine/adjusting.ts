/** Adjustments of a run that goes on: who may make them, what each does, and what it would do. */
import { type Adjustment, type AdjustmentRule, HOLDER, ruleOf } from '../model/adjustment.ts';
import type { Arrival } from '../model/arrival.ts';
import type { Command, Refusal } from '../model/command.ts';
import type { FactValue, Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { amend } from './amending.ts';
import { assign, refusesAssignment } from './assigning.ts';
import { cover, followCovers, refusesCover, refusesUncover, uncover } from './covering.ts';
import { type Draft, note } from './draft.ts';
import { extend, refusesExtension } from './extending.ts';
import { delegate, reassign, recall, refusesDelegation, refusesReassignment, refusesRecall } from './handing.ts';
import { ownHolder } from './hands.ts';
import { comeBack, leave, refusesLeaving } from './leaving.ts';
import { move, refusesMove } from './moving.ts';
import { pause, refusesPausing, resume } from './pausing.ts';
import { refusal } from './refusal.ts';
import { refusesReopening, refusesRetraction, reopen, retract } from './reopening.ts';
import { refusesWaiver, waive } from './waiving.ts';

export type AdjustCommand = Extract<Command, { kind: 'adjust' }>;

/** A revision is never refused for what it finds: it would keep the instance behind for ever. */
export function refusesAdjustment(program: Program, snapshot: Snapshot, command: AdjustCommand): Refusal | undefined {
  const { adjustment, revision, arrival } = command;
  if (adjustment.kind === 'move' && arrival === undefined)
    return refusal('MALFORMED_COMMAND', 'the move does not say what is found there', 'send it through the client');
  const rule = ruleOf(program, adjustment.kind);
  if (!mayAdjust(snapshot, { command, rule })) {
    return refusal(
      'NO_AUTHORITY',
      `'${command.authority}' may not ${adjustment.kind} this`,
      `the definition gives that right to ${rule.by.join(', ')}`,
    );
  }
  return revision === undefined ? refusesIt(program, snapshot, { adjustment, rule }) : undefined;
}

interface Ruled {
  readonly adjustment: Adjustment;
  readonly rule: AdjustmentRule;
  readonly next?: Program | undefined;
}

/** Which posts somebody has is known to whoever sends the command; whose work it is, is known here. */
function mayAdjust(snapshot: Snapshot, { command, rule }: { command: AdjustCommand; rule: AdjustmentRule }): boolean {
  const { adjustment, authority, by } = command;
  if (!rule.by.includes(authority)) return false;
  return authority !== HOLDER || ('person' in by && isTheirs(snapshot, { adjustment, person: by.person }));
}

/** Whether the task that is adjusted, or the absence, is a person's own. */
export function isTheirs(
  { tasks }: Pick<Snapshot, 'tasks'>,
  { adjustment, person }: { readonly adjustment: Adjustment; readonly person: string },
): boolean {
  switch (adjustment.kind) {
    case 'delegate':
    case 'recall': {
      const task = Object.hasOwn(tasks, adjustment.task) ? tasks[adjustment.task] : undefined;
      return task !== undefined && [task.holder, task.owner, ownHolder(task)].includes(person);
    }
    case 'cover':
    case 'uncover':
      return adjustment.person === person;
    case 'retract': {
      const task = Object.hasOwn(tasks, adjustment.task) ? tasks[adjustment.task] : undefined;
      return task !== undefined && [task.submittedBy, ownHolder(task), task.owner].includes(person);
    }
    case 'extend':
    case 'reassign':
    case 'amend':
    case 'pause':
    case 'resume':
    case 'withdraw':
    case 'readmit':
    case 'move':
    case 'waive':
    case 'reopen':
    case 'assign':
      return false;
  }
}

function refusesIt(program: Program, snapshot: Snapshot, { adjustment, rule: { atMost } }: Ruled): Refusal | undefined {
  switch (adjustment.kind) {
    case 'extend':
      return refusesExtension(program, snapshot, { extension: adjustment, atMost });
    case 'reassign':
      return refusesReassignment(program, snapshot, { asked: adjustment, atMost });
    case 'delegate':
      return refusesDelegation(program, snapshot, { asked: adjustment, atMost });
    case 'recall':
      return refusesRecall(program, snapshot, adjustment);
    case 'cover':
      return refusesCover(snapshot, coverOf(adjustment, snapshot.advancedTo));
    case 'uncover':
      return refusesUncover(snapshot, adjustment);
    case 'amend':
      return refusal('AMEND_FOR_EVERYBODY', 'an amendment is for the whole run', 'amend the run, not one instance of it');
    case 'pause':
    case 'resume':
      return refusesPausing(snapshot, adjustment);
    case 'withdraw':
    case 'readmit':
      return refusesLeaving(program, snapshot, adjustment);
    case 'move':
      return refusesMove(program, snapshot, adjustment);
    case 'waive':
      return refusesWaiver(program, snapshot, adjustment);
    case 'reopen':
      return refusesReopening(program, snapshot, { asked: adjustment, atMost });
    case 'retract':
      return refusesRetraction(program, snapshot, adjustment);
    case 'assign':
      return refusesAssignment(program, snapshot, adjustment);
  }
}

export interface Adjusting {
  readonly adjustment: Adjustment;
  readonly revision?: number | undefined;
  /** Of a revision for a union: which. */
  readonly of?: string | undefined;
  /** The program that an amendment brings the instance to. */
  readonly next?: Program | undefined;
  /** Of a move. */
  readonly arrival?: Arrival | undefined;
  /** When it was made; now, if left out. */
  readonly at?: Instant | undefined;
}

/** A revision is for those who were of the union when it was given: whoever has moved away since takes its number, and nothing else of it. */
export const isOfAnother = (union: string | undefined, at: Pick<Snapshot, 'union'>): boolean =>
  union !== undefined && union !== at.union;

/** An instance that is at the revision, or past it, has it. What cannot be done of a revision is left, and noted. */
export function adjust(draft: Draft, asked: Adjusting): void {
  const { adjustment, revision } = asked;
  if (revision !== undefined) {
    if (revision <= draft.revision) return;
    draft.revision = revision;
    if (isOfAnother(asked.of, draft)) return note(draft, 'adjustmentLeft', { detail: { code: 'MOVED_AWAY' } });
  }
  const rule = ruleOf(draft.program, adjustment.kind);
  const refused =
    revision === undefined || isForMany(adjustment) ? undefined : refusesIt(draft.program, stateOf(draft), { adjustment, rule });
  if (refused !== undefined) {
    note(draft, 'adjustmentLeft', { detail: { code: refused.code } });
    return;
  }
  take(draft, asked, rule);
  followCovers(draft);
}

/** These say themselves what they leave. */
const isForMany = ({ kind }: Adjustment): boolean =>
  kind === 'extend' || kind === 'cover' || kind === 'uncover' || kind === 'amend';

function stateOf({ base, tasks, covers, paused, pauses, withdrawnAt, withdrawnWith, now }: Draft): Snapshot {
  const { paused: _stood, withdrawnAt: _left, withdrawnWith: _with, ...rest } = base;
  return {
    ...{ ...rest, tasks, covers, pauses, advancedTo: now },
    ...(paused === undefined ? {} : { paused }),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
    ...(withdrawnWith === undefined ? {} : { withdrawnWith }),
  };
}

function take(
  draft: Draft,
  { adjustment, revision, next, arrival, at = draft.now }: Adjusting,
  { atMost }: AdjustmentRule,
): void {
  switch (adjustment.kind) {
    case 'extend':
      extend(draft, { extension: { of: adjustment.of, deadline: adjustment.deadline }, atMost });
      break;
    case 'reassign':
      reassign(draft, adjustment);
      break;
    case 'delegate':
      delegate(draft, adjustment);
      break;
    case 'recall':
      recall(draft, adjustment);
      break;
    case 'cover':
      cover(draft, coverOf(adjustment, draft.now));
      break;
    case 'uncover':
      uncover(draft, adjustment);
      break;
    case 'amend':
      if (next === undefined) throw new Error(`an amendment of ${draft.instance} came without its program`);
      amend(draft, { amendment: adjustment, next });
      break;
    case 'pause':
    case 'resume': {
      const once = revision === undefined ? draft.cause.command : `revision ${revision}`;
      const now = { cause: adjustment.cause, at: Math.min(at, draft.now), once };
      if (adjustment.kind === 'pause') pause(draft, now);
      else resume(draft, now);
      break;
    }
    case 'withdraw':
      leave(draft, adjustment);
      break;
    case 'readmit':
      comeBack(draft);
      break;
    case 'move':
      if (arrival === undefined) throw new Error(`a move of ${draft.instance} came without what it finds there`);
      move(draft, { to: adjustment.to, arrival, once: draft.cause.command });
      break;
    case 'waive':
      waive(draft, adjustment);
      break;
    case 'reopen':
      reopen(draft, adjustment);
      break;
    case 'retract':
      retract(draft, adjustment);
      break;
    case 'assign':
      assign(draft, adjustment);
      break;
  }
}

const coverOf = (
  { person, by, from, until }: Extract<Adjustment, { kind: 'cover' }>,
  now: Instant,
): Parameters<typeof cover>[1] => ({ person, by, from: from ?? now, until });

/** What the audit says was asked: ids, instants and words of the language. */
export function detailOf(adjustment: Adjustment): Readonly<Record<string, FactValue>> {
  switch (adjustment.kind) {
    case 'reassign':
    case 'delegate':
      return { adjustment: adjustment.kind, to: adjustment.to };
    case 'cover': {
      const { kind, person, by, from = null, until } = adjustment;
      return { adjustment: kind, person, by, from, until };
    }
    case 'uncover':
      return { adjustment: adjustment.kind, person: adjustment.person };
    case 'pause':
    case 'resume':
    case 'withdraw':
    case 'readmit':
      return { adjustment: adjustment.kind, cause: adjustment.cause };
    case 'move':
      return { adjustment: adjustment.kind, to: adjustment.to };
    case 'retract':
      return { adjustment: adjustment.kind, submission: adjustment.submission };
    case 'assign':
      return { adjustment: adjustment.kind, due: adjustment.due, to: adjustment.to ?? null };
    case 'extend':
    case 'recall':
    case 'amend':
    case 'waive':
    case 'reopen':
      return { adjustment: adjustment.kind };
  }
}

/** Adjustments of a run that goes on: who may make them, what each does, and what it would do. */
import { type Adjustment, type AdjustmentRule, HOLDER, ruleOf } from '../model/adjustment.ts';
import type { Command, Refusal } from '../model/command.ts';
import type { FactValue, Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { cover, followCovers, refusesCover, refusesUncover, uncover } from './covering.ts';
import { type Draft, note } from './draft.ts';
import { extend, refusesExtension } from './extending.ts';
import { delegate, reassign, recall, refusesDelegation, refusesReassignment, refusesRecall } from './handing.ts';
import { ownHolder } from './hands.ts';
import { refusal } from './refusal.ts';

export type AdjustCommand = Extract<Command, { kind: 'adjust' }>;

/** A revision is never refused for what it finds: it would keep the instance behind for ever. */
export function refusesAdjustment(program: Program, snapshot: Snapshot, command: AdjustCommand): Refusal | undefined {
  const { adjustment, revision } = command;
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
    case 'extend':
    case 'reassign':
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
  }
}

/** An instance that is at the revision, or past it, has it. What cannot be done of a revision is left, and noted. */
export function adjust(draft: Draft, { adjustment, revision }: Pick<AdjustCommand, 'adjustment' | 'revision'>): void {
  if (revision !== undefined) {
    if (revision <= draft.revision) return;
    draft.revision = revision;
  }
  const rule = ruleOf(draft.program, adjustment.kind);
  const refused =
    revision === undefined || isForMany(adjustment) ? undefined : refusesIt(draft.program, stateOf(draft), { adjustment, rule });
  if (refused !== undefined) {
    note(draft, 'adjustmentLeft', { detail: { code: refused.code } });
    return;
  }
  take(draft, { adjustment, rule });
  followCovers(draft);
}

/** These say themselves what they leave. */
const isForMany = ({ kind }: Adjustment): boolean => kind === 'extend' || kind === 'cover' || kind === 'uncover';

const stateOf = ({ base, tasks, covers, now }: Draft): Snapshot => ({ ...base, tasks, covers, advancedTo: now });

function take(draft: Draft, { adjustment, rule: { atMost } }: Ruled): void {
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
    case 'extend':
    case 'recall':
      return { adjustment: adjustment.kind };
  }
}

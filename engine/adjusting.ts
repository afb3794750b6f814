/** Adjustments of a run that goes on: who may make them, what each does, and what it would do. */
import { type Adjustment, type AdjustmentRule, HOLDER, ruleOf } from '../model/adjustment.ts';
import type { Arrival } from '../model/arrival.ts';
import type { Command, Refusal } from '../model/command.ts';
import type { FactValue, Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { kindOf } from './adjustment-kinds.ts';
import { followCovers } from './covering.ts';
import { type Draft, note } from './draft.ts';
import { refusal } from './refusal.ts';

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
  return revision === undefined ? kindOf(adjustment).refuses(program, snapshot, adjustment, rule.atMost) : undefined;
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
  return kindOf(adjustment).isTheirs?.(tasks, adjustment, person) ?? false;
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
  const kind = kindOf(adjustment);
  const { atMost } = ruleOf(draft.program, adjustment.kind);
  const refused =
    revision === undefined || kind.saysWhatItLeaves === true
      ? undefined
      : kind.refuses(draft.program, stateOf(draft), adjustment, atMost);
  if (refused !== undefined) {
    note(draft, 'adjustmentLeft', { detail: { code: refused.code } });
    return;
  }
  const { next, arrival, at = draft.now } = asked;
  kind.take(draft, adjustment, { atMost, revision, next, arrival, at });
  followCovers(draft);
}

function stateOf({ base, tasks, covers, paused, pauses, withdrawnAt, withdrawnWith, now }: Draft): Snapshot {
  const { paused: _stood, withdrawnAt: _left, withdrawnWith: _with, ...rest } = base;
  return {
    ...{ ...rest, tasks, covers, pauses, advancedTo: now },
    ...(paused === undefined ? {} : { paused }),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
    ...(withdrawnWith === undefined ? {} : { withdrawnWith }),
  };
}

/** What the audit says was asked: ids, instants and words of the language. */
export const detailOf = (adjustment: Adjustment): Readonly<Record<string, FactValue>> => ({
  adjustment: adjustment.kind,
  ...kindOf(adjustment).detail?.(adjustment),
});

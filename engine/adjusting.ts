/** Adjustments of a run that goes on: who may make them, what each does, and what it would do. */
import { type Adjustment, type AdjustmentKind, type AdjustmentRule, DEFAULT_RULE } from '../model/adjustment.ts';
import type { Command, Refusal } from '../model/command.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Draft } from './draft.ts';
import { extend, refusesExtension } from './extending.ts';
import { refusal } from './refusal.ts';

export type AdjustCommand = Extract<Command, { kind: 'adjust' }>;

export const ruleOf = (program: Program, kind: AdjustmentKind): AdjustmentRule => program.adjustments?.[kind] ?? DEFAULT_RULE;

/** A revision is never refused for what it finds: it would keep the instance behind for ever. */
export function refusesAdjustment(program: Program, snapshot: Snapshot, command: AdjustCommand): Refusal | undefined {
  const { adjustment, authority, revision } = command;
  const rule = ruleOf(program, adjustment.kind);
  if (!rule.by.includes(authority)) {
    return refusal(
      'NO_AUTHORITY',
      `'${authority}' may not ${adjustment.kind}`,
      `the definition gives that right to ${rule.by.join(', ')}`,
    );
  }
  return revision === undefined ? refusesIt(program, snapshot, { adjustment, rule }) : undefined;
}

interface Ruled {
  readonly adjustment: Adjustment;
  readonly rule: AdjustmentRule;
}

function refusesIt(program: Program, snapshot: Snapshot, { adjustment, rule }: Ruled): Refusal | undefined {
  switch (adjustment.kind) {
    case 'extend':
      return refusesExtension(program, snapshot, { extension: extensionOf(adjustment), rule });
  }
}

/** An instance that is at the revision, or past it, has it. */
export function adjust(draft: Draft, { adjustment, revision }: Pick<AdjustCommand, 'adjustment' | 'revision'>): void {
  if (revision !== undefined) {
    if (revision <= draft.revision) return;
    draft.revision = revision;
  }
  const rule = ruleOf(draft.program, adjustment.kind);
  switch (adjustment.kind) {
    case 'extend':
      extend(draft, { extension: extensionOf(adjustment), rule });
      break;
  }
}

const extensionOf = ({ of, deadline }: Adjustment): Parameters<typeof extend>[1]['extension'] => ({ of, deadline });

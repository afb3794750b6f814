/**
 * The rules by which an instance goes. They belong to its state: an instance keeps the version it began with until it is rolled, so a worker with
 * newer code decides as the older did until the operator says otherwise. Who changes what a recorded history computes raises the version, asks
 * `snapshot.rulesVersion` where old and new part, and leaves the old branch in place until no instance carries it.
 */
import type { Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { begin, type Cause, finish, note, type Step } from './draft.ts';

export const RULES_VERSION = 1;

/** Of instances that began before their start said which. */
export const FIRST_RULES_VERSION = 1;

const ROLL: Cause = { kind: 'wake', actor: 'operator' };

/** The same state under other rules, at the beginning of a new history. */
export function moveRules(program: Program, snapshot: Snapshot, to: number): Step {
  const draft = begin(program, snapshot, ROLL);
  note(draft, 'rulesMoved', { detail: { from: snapshot.rulesVersion, to } });
  const { snapshot: moved, effects } = finish(draft);
  return { snapshot: { ...moved, rulesVersion: to }, effects };
}

/** What a command would do: applied, with the result not kept. */
import type { Adjustment } from '../model/adjustment.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Command, Refusal } from '../model/command.ts';
import type { Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isOfAnother } from './adjusting.ts';
import { advanceTo } from './advance.ts';
import { apply } from './apply.ts';
import { findDifferences, findPostDifferences, type PostDifference, type TaskDifference, type TaskFace } from './differences.ts';
import { digestText } from './digest.ts';
import { refusal } from './refusal.ts';
import { refuses } from './refuses.ts';
import { findBuiltUpon } from './reopening.ts';

/** What people would see otherwise. */
export interface Seen {
  readonly differences: readonly TaskDifference[];
  readonly posts: readonly PostDifference[];
  /** Tasks that followed from what is opened again, and stay as they are because somebody has worked on them. */
  readonly stands: readonly string[];
}
export type Preview = { readonly refusal: Refusal } | Seen;

export interface Asked {
  readonly command: Command;
  readonly now: Instant;
  /** The program that an amendment brings the instance to. */
  readonly next?: Program | undefined;
}

/**
 * Of an instance as it is at `now`; what time does by itself is no part of the differences. What begins later is looked at when it does, beside what would
 * be then without it.
 */
export function preview(program: Program, snapshot: Snapshot, { command, now, next }: Asked): Preview {
  const before = advanceTo(program, snapshot, now).snapshot;
  const refused = refuses(program, before, command);
  if (refused !== undefined) return { refusal: refused };
  const at = Math.max(before.advancedTo, beginningOf(command));
  const after = next ?? program;
  const was = advanceTo(program, before, at).snapshot;
  const is = advanceTo(after, apply(program, before, { command, now, next }).snapshot, at).snapshot;
  return {
    differences: findDifferences({ program, snapshot: was }, { program: after, snapshot: is }),
    posts: findPostDifferences(was, is),
    stands: standsAfter(program, before, command),
  };
}

function standsAfter(program: Program, before: Snapshot, command: Command): readonly string[] {
  if (command.kind !== 'adjust' || (command.adjustment.kind !== 'reopen' && command.adjustment.kind !== 'retract')) return [];
  return findBuiltUpon(program, before, command.adjustment.task);
}

/** The state as it would be then, for what is asked of the instance next. Of what `refuses` lets pass. */
export const afterwards = (program: Program, snapshot: Snapshot, asked: Asked): Snapshot =>
  apply(program, advanceTo(program, snapshot, asked.now).snapshot, asked).snapshot;

const beginningOf = (command: Command): Instant =>
  (command.kind === 'adjust' && command.adjustment.kind === 'cover' ? command.adjustment.from : undefined) ?? -Infinity;

/**
 * Without what ladders will still say: that changes by itself as time goes on, and follows from the deadline. Of what ends a pause the deadlines are left
 * out as well, because they move on as long as it lasts.
 */
export function digestOfDifferences(
  { differences, posts }: Pick<Seen, 'differences' | 'posts'>,
  { kind }: Pick<Adjustment, 'kind'>,
): string {
  const ageless = (face: TaskFace | null): unknown =>
    face && { ...face, rungs: undefined, ...(kind === 'resume' ? { deadline: undefined } : {}) };
  const tasks = differences.map(({ task, before, after }) => [task, ageless(before), ageless(after)]);
  return digestText(canonicalJson(posts.length === 0 ? tasks : { tasks, posts }));
}

/** What was agreed to on sight of a preview is done as it was seen, or not at all. Asked after `refuses`, of the same state at the same instant. */
export function refusesUnexpected(program: Program, snapshot: Snapshot, asked: Asked): Refusal | undefined {
  const { command } = asked;
  if (command.kind !== 'adjust' || command.expect === undefined) return undefined;
  if (isOfAnother(command.union, snapshot)) return undefined;
  if (snapshot.answered.some(({ command: id }) => id === command.id)) return undefined;
  const seen = preview(program, snapshot, asked);
  if ('differences' in seen && digestOfDifferences(seen, command.adjustment) === command.expect) return undefined;
  return refusal(
    'STATE_MOVED',
    `${snapshot.instance} has changed since the preview, and this would do something else now`,
    'look at the preview again',
  );
}

/** Everything an instance knows of itself. Plain JSON: it survives continue-as-new, replay and the archive unchanged. */
import type { Cover, Extension } from './adjustment.ts';
import type { Answer, GateLevel, RowFacts, RowSource } from './command.ts';
import type { Budget, Pause, Standstill } from './pause.ts';
import type { Facts, Instant } from './plan.ts';

export type TaskStatus = 'waiting' | 'open' | 'returned' | 'inReview' | 'done' | 'missed' | 'waived' | 'dropped';
export type InstanceStatus = 'open' | 'closed';

export interface TaskState {
  readonly template: string;
  /** Of a task that comes up several times, from 2: the first is left out. */
  readonly occurrence?: number;
  readonly status: TaskStatus;
  /** When it came up; of what was dropped or waived before it did (`cameUp`), when that was. */
  readonly openedAt: Instant;
  readonly cameUp?: false;
  readonly deadline: Instant;
  /** Counts moves of the deadline; part of every rung's claim. */
  readonly deadlineRev: number;
  /** The person who holds it (opaque id), or null when every post up the chain is vacant. */
  readonly holder: string | null;
  /** Whose place the holder takes while they are away. */
  readonly standsFor?: string;
  /** Who had it delegated to the holder, and remains answerable. */
  readonly owner?: string;
  /** Counts changes of hands that people made: what is said of one is another message each time. */
  readonly handRev?: number;
  /** Index of the review step awaited while `inReview`. */
  readonly step: number;
  /** The person who reviews now, while `inReview`. */
  readonly reviewer: string | null;
  /** Whose place the reviewer takes. */
  readonly reviewsFor?: string;
  /** While the step awaited has a deadline of its own. */
  readonly review?: ReviewState;
  /** So many of its ladder's times have been passed, for this deadline (`rungsFor` in the engine's schedule). */
  readonly rung: number;
  /** No rung speaks at or before this instant: it was said of another deadline, or while somebody else had to act. */
  readonly rungsAfter?: Instant;
  /** Of a deadline that follows from something else: the instant it was counted from, or null while that is unknown. */
  readonly anchoredAt?: Instant | null;
  /** When it was opened again with a deadline as if it came up: its rule is asked as of then. */
  readonly cameUpAgain?: Instant;
  /** What its deadline is counted in, where that is not what its rule says: it gives notice, or somebody has set or given it. */
  readonly budget?: Budget;
  /** Until then its deadline has been carried, in the midst of a pause: work was handed in or returned, or it was set or counted anew. */
  readonly carriedTo?: Instant;
  /** So many times a person has moved its deadline. It stands then, whatever it followed from before; 0 where an amendment began it anew. */
  readonly extended?: number;
  /** So many times it was opened again after it had been settled. Goes on where it waited meanwhile, or was dropped and begun anew. */
  readonly reopened?: number;
  /** What it set when it was done, so that it can be taken back. */
  readonly result?: TaskResult;
  /** When it was last returned. */
  readonly returnedAt?: Instant;
  readonly returns: number;
  readonly submission: string | null;
  /** What the submission says, held back while it is in review: it counts only once accepted. */
  readonly held?: { readonly facts: Facts; readonly rows: readonly RowFacts[]; readonly corrections?: readonly string[] };
  /** Instant the submission now standing was accepted. Lateness is judged by it, not by the review. */
  readonly submittedAt: Instant | null;
  readonly submittedBy: string | null;
  readonly settledAt: Instant | null;
  /** It was settled at the very instant at which a pause ended, and before it did: that pause has left its deadline alone. */
  readonly settledPaused?: true;
  /** The command that decided it. */
  readonly decidedBy: string | null;
  readonly source?: RowSource;
  /** Of an assigned item. */
  readonly item?: AssignedItem;
}

export interface AssignedItem {
  /** Id of the stored words: its title and what is to be done. */
  readonly words: string;
  /** Where it was given one of its own. */
  readonly ladder?: string;
  /** The role that accepts it, where that was said. */
  readonly review?: string;
}

export interface TaskResult {
  /** Counts in the instance: of two that set one fact the later counts. */
  readonly order: number;
  readonly facts: Facts;
  /** Roles that it assigned: who had them before, and who then. */
  readonly posts?: Readonly<Record<string, { readonly from: string | null; readonly to: string }>>;
  /** It took the instance out of the campaign. */
  readonly withdrew?: true;
  /** Templates that it asked for again. */
  readonly again?: readonly string[];
  /** By instance: how many of its rows became a task there. */
  readonly sent?: Readonly<Record<string, number>>;
}

export interface ReviewState {
  /** When it came to the reviewer. */
  readonly since: Instant;
  readonly deadline: Instant;
  /** As `rung` of the task, on the ladder of the review. */
  readonly rung: number;
  /** Counts moves of its deadline. */
  readonly deadlineRev?: number;
}

export interface GateState extends GateLevel {
  readonly openedAt: Instant | null;
}

export interface Snapshot {
  readonly run: string;
  /** 'c', 'u/<union>' or 'h/<household>'. */
  readonly instance: string;
  /** The union it belongs to; null for the campaign. */
  readonly union: string | null;
  readonly status: InstanceStatus;
  /** The rules by which it goes; see engine/rules-version.ts. */
  readonly rulesVersion: number;
  readonly revision: number;
  /** Campaign time at which it began. Not there in the first states that were kept. */
  readonly enrolledAt?: Instant;
  /** Phases that were over when the run began, and that its plan skips then. */
  readonly skippedPhases?: readonly string[];
  /** When it left the campaign; not there while it takes part. */
  readonly withdrawnAt?: Instant;
  /** It left with its union, and comes back with it. */
  readonly withdrawnWith?: 'union';
  /** Campaign time up to which everything due has been done. */
  readonly advancedTo: Instant;
  /** Changes so far that had rows to write; the flush counts by it. */
  readonly seq: number;
  readonly roles: Readonly<Record<string, string>>;
  readonly facts: Facts;
  readonly factsAtEnrolment: Facts;
  /** By task key: a template's id, or `<template>:<source>.<row>` for a task made by a row. Waiting tasks are not listed. */
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly gates: Readonly<Record<string, GateState>>;
  /** By template: how often it was asked for again, beyond what the definition repeats. */
  readonly again?: Readonly<Record<string, number>>;
  /** By key: tasks that had come up and wait again, with the revision of the deadline that they had. */
  readonly unopened?: Readonly<Record<string, number>>;
  /** By key: of those, so many times as each had been opened again (`reopened`). */
  readonly reopenings?: Readonly<Record<string, number>>;
  /** By submission elsewhere: so many of its rows were taken back before they came; below 0, so many came to nothing before they were taken back. */
  readonly takenBack?: Readonly<Record<string, number>>;
  /** Who acts in whose place, now or later. */
  readonly covers?: readonly Cover[];
  /** Extensions that also hold of tasks that come up later, in the order in which they were made. */
  readonly extensions?: readonly Extension[];
  /** By bulletin: how many have been issued, or were due before the run began. */
  readonly issued?: Readonly<Record<string, number>>;
  /** It stands still. Time goes on, and nothing happens by itself. */
  readonly paused?: Standstill;
  /** Pauses that are over, the earliest first. */
  readonly pauses?: readonly Pause[];
  /** Phases whose start and end have been recorded. */
  readonly phasesStarted: number;
  readonly phasesEnded: number;
  /** The last answers (at most 200), newest last, so that a command repeated after continue-as-new gets its first answer. */
  readonly answered: readonly Answer[];
}

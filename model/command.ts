/** What may be asked of an instance, how it answers, and why it refuses. */
import type { Adjustment } from './adjustment.ts';
import type { Arrival } from './arrival.ts';
import type { Facts, Instant } from './plan.ts';

/** Who acts. `person` is an opaque id of the roster; `system` is the relay, the reconciler or the operator's repair. */
export type Actor =
  | { readonly person: string; readonly via: 'cli' | 'api' | 'rehearsal' }
  | { readonly system: 'relay' | 'reconciler' | 'operator' };

/** A row of a finished table, reduced to what rules need. Its words stay in the submission. */
export interface RowFacts {
  readonly table: string;
  /** 1-based place in the table. */
  readonly row: number;
  readonly due?: string;
  readonly holder?: string;
  readonly union?: string;
}

export type CommandBody =
  /** The holder's finished form. The form is stored first; the command carries its id. */
  | {
      readonly kind: 'complete';
      readonly task: string;
      readonly submission: string;
      readonly facts: Facts;
      readonly rows: readonly RowFacts[];
      /** Fields of the form that correct the register; what they say stays in the submission. */
      readonly corrections?: readonly string[];
      /** The submission says why it is late. Required once the deadline has passed. */
      readonly lateReason: boolean;
    }
  | { readonly kind: 'accept'; readonly task: string; readonly submission: string }
  /** `reason` is the id of the stored words. */
  | { readonly kind: 'return'; readonly task: string; readonly submission: string; readonly reason: string }
  /** From the relay: a row of a task elsewhere became a task here. */
  | {
      readonly kind: 'spawn';
      readonly template: string;
      readonly key: string;
      readonly source: RowSource;
      readonly due: string;
      readonly holder: string | null;
    }
  /** From the relay: the form whose rows became tasks here is to be filled in again. `rows`: so many of them. */
  | { readonly kind: 'despawn'; readonly source: RowsSource; readonly rows: number }
  /** From the relay: level-triggered, older versions are ignored, and so is what is said to a union's that has moved to another. */
  | ({ readonly kind: 'gate'; readonly gate: string; readonly union?: string } & GateLevel)
  /** From somebody who may change the run while it goes on. */
  | {
      readonly kind: 'adjust';
      readonly adjustment: Adjustment;
      /** The role under which they act; whoever sends the command has made sure that they hold it. */
      readonly authority: string;
      /** Id of the stored words. */
      readonly reason: string;
      /** Of an adjustment for many: its number in the run. What cannot be done of one is left, because it must not keep an instance behind. */
      readonly revision?: number;
      /** Of a revision for a union: which. Who has moved to another by then has no part in it. Follows from the revision, and is no part of the digest. */
      readonly union?: string;
      /** Digest of the differences that were previewed: anything else is refused. */
      readonly expect?: string;
      /** Of a move: as things stand at the union that the household goes to. No part of the digest. */
      readonly arrival?: Arrival;
    }
  /** From the operator of a stepped run: the campaign's clock stands at `to`. */
  | { readonly kind: 'advanceClock'; readonly to: Instant }
  /** From the operator: begin a new history with the same state. Of a revision: unless it has that, or began with it. */
  | { readonly kind: 'roll'; readonly revision?: number }
  /** From the repair: write every row again from this instance's state. */
  | { readonly kind: 'reflush' }
  /** From the reconciler, once the run is over. */
  | { readonly kind: 'close' };

export type Command = CommandBody & {
  /** Unique; also the submission's and the Update's id. */
  readonly id: string;
  /** SHA-256 (hex) of the canonical JSON of the command without its id: the same id with another digest is another command. */
  readonly digest: string;
  readonly by: Actor;
  /** Where the run's stepped clock stands. Read on a stepped clock only; no part of the digest. */
  readonly steppedTo?: Instant;
};

/** How a gate stands. */
export interface GateLevel {
  /** Grows with every count. */
  readonly version: number;
  readonly done: number;
  /** Of the enrolled instances, those that the task concerns. */
  readonly total: number;
  /** The others. */
  readonly excluded: number;
}

export interface RowSource {
  readonly instance: string;
  readonly task: string;
  readonly submission: string;
  readonly row: number;
  /** So many times the form had been opened again: of two submissions, the one with more is the later. Left out of the first. */
  readonly reopened?: number;
}

/** The submission whose rows they are. */
export type RowsSource = Pick<RowSource, 'instance' | 'task' | 'submission'>;

/** What an accepted command did. The same command asked again gets the same answer. */
export interface Answer {
  readonly command: string;
  readonly digest: string;
  readonly task?: string;
  readonly status?: string;
  readonly late?: boolean;
  /** Of an adjustment: how many tasks it touched. */
  readonly adjusted?: number;
  /** Campaign time at which it was accepted. */
  readonly at: Instant;
}

/** Stable codes; each is explained in docs/refusals.md. */
export const REFUSAL_CODES = [
  'UNKNOWN_TASK',
  'NOT_OPEN_YET',
  'WITHDRAWN',
  'ALREADY_FINAL',
  'PHASE_CLOSED',
  'NOT_HOLDER',
  'NOT_IN_REVIEW',
  'IN_REVIEW',
  'SELF_REVIEW',
  'STALE_SUBMISSION',
  'LATE_REASON_REQUIRED',
  'ROW_DUE_OUT_OF_RANGE',
  'TOO_MANY_RETURNS',
  'COMMAND_ID_REUSED',
  'STORE_BEHIND',
  'CLOCK_NOT_STEPPED',
  'CLOCK_BACKWARDS',
  'RUN_CLOSED',
  'NO_AUTHORITY',
  'PLAN_BEHIND',
  'AMEND_FOR_EVERYBODY',
  'COVER_FOR_EVERYBODY',
  'UNKNOWN_PHASE',
  'DEADLINE_PAST',
  'DEADLINE_UNCHANGED',
  'TOO_MANY_EXTENSIONS',
  'TOO_MANY_ADJUSTMENTS',
  'HOLDS_ALREADY',
  'NOT_FOR_THEM',
  'TOO_OFTEN',
  'DELEGATED_ALREADY',
  'NOT_DELEGATED',
  'COVERED_ALREADY',
  'NOT_COVERED',
  'COVERS_IN_A_CIRCLE',
  'PERIOD_PAST',
  'CANNOT_REOPEN',
  'NOTHING_TO_RETRACT',
  'TOO_LATE_TO_RETRACT',
  'BUILT_UPON',
  'STATE_MOVED',
  'PAUSED',
  'ALREADY_PAUSED',
  'NOT_PAUSED',
  'ALREADY_WITHDRAWN',
  'NOT_WITHDRAWN',
  'NOT_FOR_CAMPAIGN',
  'NOT_A_HOUSEHOLD',
  'THERE_ALREADY',
  'ASSIGN_TO_ONE',
  'TASK_OF_ONE',
  'CAUSE_OF_OTHERS',
  'NOT_OF_UNION',
  'UNKNOWN_LADDER',
  'UNKNOWN_ROLE',
  'MALFORMED_COMMAND',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** What the caller can do. */
  readonly remedy: string;
}

/** What one activation of an instance writes to Postgres in one transaction. Whole rows: writing them twice changes nothing. */
import type { Actor, Answer, CommandBody } from './command.ts';
import type { Facts, FactValue, Instant } from './plan.ts';
import type { Snapshot, TaskState } from './snapshot.ts';

/** Of each member that changed: what it was, and what it is. */
export type Changes = Readonly<Record<string, readonly [from: FactValue, to: FactValue]>>;

export interface AuditEntry {
  readonly at: Instant;
  readonly kind: string;
  readonly task?: string;
  /** The command, or absent when time itself did it. */
  readonly command?: string;
  readonly actor: string;
  /** Opaque values only. */
  readonly detail?: Readonly<Record<string, FactValue>>;
  /** What the step changed of the task. */
  readonly changed?: Changes;
}

/** As Postgres keeps it: what was changed stands under `changed` in the detail. */
export interface WrittenAuditEntry extends Omit<AuditEntry, 'detail' | 'changed'> {
  readonly detail?: Readonly<Record<string, FactValue | Changes>>;
}

interface OutboxBase {
  /** Deterministic and unique in the run: the relay sends each claim once. */
  readonly claim: string;
  readonly at: Instant;
  /** `update`: sendable once the flush is confirmed; `wake`: at once, because advanceTo claims it whatever comes first. */
  readonly cause: 'update' | 'wake';
}

export interface OutboxMessage extends OutboxBase {
  readonly kind: 'message';
  /**
   * `moved`: its deadline is another now. `assigned`: it is the recipient's now; `released`: it is no more; `delegated`: somebody does it for them, and
   * they remain answerable. `dropped`: nobody has to do it any more; `waived`: nor that, because somebody decided so. `reopened`: it is to be done again;
   * `undone`: it came of what is to be done again, and waits or is gone; `retracted`: there is nothing to review any more. `paused`, `resumed`: of all
   * work of the recipient that is, and not of one task. `instructed`: an item was assigned; what it is stands in the list of tasks.
   */
  readonly purpose:
    | 'opened'
    | 'returned'
    | 'toReview'
    | 'moved'
    | 'dropped'
    | 'assigned'
    | 'released'
    | 'delegated'
    | 'paused'
    | 'resumed'
    | 'waived'
    | 'reopened'
    | 'undone'
    | 'retracted'
    | 'instructed'
    | 'reminder'
    | 'escalation';
  /** Campaign time at which it may leave, where quiet hours keep it after `at`. */
  readonly sendAt?: Instant;
  readonly recipient: string;
  /** The role the recipient was resolved by, and the roles that were vacant on the way. */
  readonly role: string;
  readonly passedOver: readonly string[];
  readonly task: string;
  readonly template: string;
  readonly rung?: string;
  /** Of a rung that says it again, from 2. */
  readonly occurrence?: number;
  readonly deadline: Instant;
  /** The message of the plan that its rung names. */
  readonly text?: string;
  readonly digest?: 'daily';
}
export interface OutboxCommand extends OutboxBase {
  readonly kind: 'command';
  readonly to: string;
  /** Without its digest, which the relay computes: the core has no SHA-256. */
  readonly command: CommandBody & { readonly id: string; readonly by: Actor };
}
export interface OutboxAdmission extends OutboxBase {
  readonly kind: 'admission';
  readonly union: string;
  readonly submission: string;
  readonly table: string;
  readonly row: number;
}
/** A field of the form corrects what the register says of the household. */
export interface OutboxCorrection extends OutboxBase {
  readonly kind: 'correction';
  readonly task: string;
  readonly submission: string;
  readonly field: string;
}
/** It is time for a bulletin. What it says is counted when it is sent. */
export interface OutboxBulletin extends OutboxBase {
  readonly kind: 'bulletin';
  /** As of a message. */
  readonly sendAt?: Instant;
  readonly bulletin: string;
  /** Counts from 1, those passed over before the run began included. */
  readonly number: number;
  readonly role: string;
  /** Null of a circular, which goes to that post of every union. */
  readonly recipient: string | null;
}
export interface OutboxGate extends OutboxBase {
  readonly kind: 'gate';
  readonly gate: string;
}
export type OutboxEntry = OutboxMessage | OutboxCommand | OutboxAdmission | OutboxCorrection | OutboxBulletin | OutboxGate;

export interface TaskRow extends TaskState {
  readonly key: string;
  readonly late: boolean;
  /** While it is in a review with a deadline of its own. */
  readonly reviewDeadline?: Instant;
}

/** What an instance says to a gate that counts a task of it. */
export interface GateRow {
  readonly gate: string;
  readonly settled: boolean;
  /** The task does not concern it: the gate does not wait for it. */
  readonly excluded?: true;
}

/** What the core adds to its outcome; the shell collects these until the next flush. */
export interface Effects {
  readonly tasks: readonly string[];
  readonly audit: readonly AuditEntry[];
  readonly outbox: readonly OutboxEntry[];
  readonly gates: readonly GateRow[];
  readonly answers: readonly Answer[];
}

export interface Flush {
  readonly run: string;
  readonly instance: string;
  readonly scope: 'campaign' | 'union' | 'household';
  readonly union: string | null;
  /** Counts the flushes of this instance from 1. The same number with another digest supersedes what was written under it. */
  readonly number: number;
  /** Digest of the state after it. */
  readonly digest: string;
  /** Digest of the flush before it, when there was one: Postgres then notices that a late writer put another state under that number. */
  readonly previous?: string;
  /** The workflow's own time at which it was composed, said by the shell: tells which of two proposals under one number comes after the other was lost. */
  readonly proposedAt?: Instant;
  readonly status: Snapshot['status'];
  readonly revision: number;
  readonly advancedTo: Instant;
  readonly nextWake: Instant | null;
  readonly facts: Facts;
  readonly factsAtEnrolment: Facts;
  readonly roles: Readonly<Record<string, string>>;
  /** What the state holds beside these and its tasks. */
  readonly more: Readonly<Partial<Snapshot>>;
  /** `full`: every task of the instance, to be written over whatever is there. */
  readonly full: boolean;
  readonly tasks: readonly TaskRow[];
  /** Keys of tasks that wait again: their rows are taken away. */
  readonly gone?: readonly string[];
  readonly audit: readonly WrittenAuditEntry[];
  readonly outbox: readonly OutboxEntry[];
  readonly gates: readonly GateRow[];
  readonly answers: readonly Answer[];
  /** The final state, when the instance closes. */
  readonly archive?: Snapshot;
}

/** `conflict`: another state had been written under this number; its rows are void, and the instance must write itself in full. */
export interface FlushResult {
  readonly number: number;
  readonly digest: string;
  readonly conflict: boolean;
}

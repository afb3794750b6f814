/** What an instance's workflow starts with, and the names by which the outside addresses it. Shared by type with `client`. */
import type { Clock } from '../model/clock.ts';
import type { Answer, GateLevel } from '../model/command.ts';
import type { Facts, Instant } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';

interface StartBase {
  /** Hex; argument 0 carries the same 32 bytes, which the codec turns into the program. Kept so that continue-as-new can hand them on. */
  readonly programHash: string;
  readonly clock: Clock;
}

export type InstanceStart = StartBase &
  (
    | {
        readonly enrolment: {
          readonly run: string;
          readonly instance: string;
          readonly union: string | null;
          readonly revision: number;
          /** Of whoever starts it; absent in histories from before it was said. */
          readonly rulesVersion?: number;
          readonly roles: Readonly<Record<string, string>>;
          readonly facts: Facts;
          readonly gates?: Readonly<Record<string, GateLevel>>;
          readonly at: Instant;
          readonly startedAt?: Instant;
        };
      }
    | {
        readonly carried: {
          readonly snapshot: Snapshot;
          readonly flushed: FlushMark;
          /** The rules of the worker that rolled it; absent when it only continues. */
          readonly rules?: number;
        };
      }
  );

/** The last flush that history holds. */
export interface FlushMark {
  readonly number: number;
  readonly digest: string;
}

/** An answer with the flush that made it durable; `durable` is false when Postgres was away for longer than a caller should wait. */
export interface CommandAnswer {
  readonly answer: Answer;
  readonly flush: FlushMark;
  readonly durable: boolean;
}

/** What `verify` and the confirming sweep ask. */
export interface InstanceReport {
  readonly flush: FlushMark;
  readonly pending: boolean;
  readonly status: Snapshot['status'];
  readonly revision: number;
  readonly rulesVersion: number;
  readonly advancedTo: Instant;
  readonly nextWake: Instant | null;
  readonly historyLength: number;
}

export const COMMAND_UPDATE = 'command';
export const REPORT_QUERY = 'report';
export const SNAPSHOT_QUERY = 'snapshot';
/** Failure type of a refused command; its details are the Refusal. */
export const REFUSED = 'REFUSED';

/** Where a scenario is played: on the virtual clock or on Temporal. The player sees the same of both. */
import type { Compiled } from '../compiler/emit.ts';
import type { Running } from '../compiler/succeed.ts';
import type { FillContext } from '../forms/fill-cell.ts';
import type { Adjustment, AdjustmentScope } from '../model/adjustment.ts';
import type { FormSpec } from '../model/form.ts';
import type { HouseholdEntry } from '../model/roster.ts';
import type { IndicatorValue } from '../model/indicators.ts';
import type { Facts, Instant } from '../model/plan.ts';
import type { AssignedItem, TaskState } from '../model/snapshot.ts';
import type { SaidWords } from './adjustments.ts';

export interface StagedTask
  extends Pick<
    TaskState,
    | 'template'
    | 'status'
    | 'openedAt'
    | 'submission'
    | 'submittedAt'
    | 'submittedBy'
    | 'deadline'
    | 'deadlineRev'
    | 'returns'
    | 'step'
    | 'holder'
    | 'reviewer'
  > {
  readonly instance: string;
  readonly key: string;
  /** Null unless it is in a review with a deadline of its own. */
  readonly reviewDeadline: Instant | null;
  /** Of an assigned item: null or left out where it is none. */
  readonly item?: AssignedItem | null;
  /** Since when its instance stands still; null while it does not. */
  readonly pausedAt: Instant | null;
}

/** A rung that spoke. */
export interface Spoken {
  readonly instance: string;
  readonly task: string;
  readonly rung: string;
  readonly at: Instant;
  /** Null: every post up the chain was vacant. */
  readonly recipient: string | null;
}

/** A bulletin that was issued. */
export interface Issued {
  readonly bulletin: string;
  readonly number: number;
  readonly at: Instant;
  /** Null of a circular, and where every post up the chain was vacant. */
  readonly recipient: string | null;
}

/** Who does it, under which command id. */
export interface StagedHand {
  readonly task: StagedTask;
  readonly person: string;
  readonly id: string;
}

export interface StagedAdjustment {
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  readonly person: string;
  readonly id: string;
  /** Of an assigned item. */
  readonly words?: SaidWords;
  /** Of an amendment. */
  readonly next?: Compiled;
}

/** Null when it was accepted; otherwise the refusal, or FORM_INVALID with the form's issues in the message, and their codes. */
export type Verdict = { readonly code: string; readonly message: string; readonly issues?: readonly string[] } | null;

export interface Stage {
  now(): Instant;
  nextWake(): Promise<Instant | null>;
  advance(to: Instant): Promise<void>;
  /** All that ever came up, in all instances. */
  tasks(): Promise<readonly StagedTask[]>;
  /** Of every instance. */
  facts(): Promise<ReadonlyMap<string, Facts>>;
  /** All that spoke so far. */
  spoken(): Promise<readonly Spoken[]>;
  /** All that were issued so far. */
  issued(): Promise<readonly Issued[]>;
  /** As they are now. */
  indicators(): Promise<readonly IndicatorValue[]>;
  /** What the run goes by now. */
  running(): Promise<Running>;
  form(task: StagedTask): Promise<{ readonly form: FormSpec; readonly context: FillContext }>;
  complete(hand: StagedHand & { readonly answers: unknown; readonly lateReason: string | undefined }): Promise<Verdict>;
  review(hand: StagedHand & { readonly decision: 'accept' | 'return' }): Promise<Verdict>;
  /** Puts a household into the register and into the run. Whoever is there already stays as they are. */
  admit(admitting: { readonly household: HouseholdEntry; readonly person: string }): Promise<Verdict>;
  /** Resolves when everybody it is for has taken it. */
  adjust(adjusting: StagedAdjustment): Promise<Verdict>;
}

export const nameOf = ({ instance, key }: Pick<StagedTask, 'instance' | 'key'>): string => `${instance}/${key}`;

/** The deadline of whoever must act now. */
export const deadlineNow = ({ reviewDeadline, deadline }: Pick<StagedTask, 'reviewDeadline' | 'deadline'>): Instant =>
  reviewDeadline ?? deadline;

/** Whether whoever must act is behind. In a pause nobody is who was not before. */
export const isOverdue = (task: StagedTask, now: Instant): boolean =>
  isOpen(task) && Math.min(now, task.pausedAt ?? now) > deadlineNow(task);

export const isOpen = ({ status }: Pick<StagedTask, 'status'>): boolean =>
  status === 'open' || status === 'returned' || status === 'inReview';

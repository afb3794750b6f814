/** Where a story is played: on the virtual clock or on Temporal. The play sees the same of both. */
import type { FillContext } from '../../forms/fill-cell.ts';
import type { FormSpec } from '../../model/form.ts';
import type { Instant } from '../../model/plan.ts';
import type { TaskState } from '../../model/snapshot.ts';

export interface StagedTask
  extends Pick<
    TaskState,
    'template' | 'status' | 'openedAt' | 'submittedAt' | 'deadline' | 'returns' | 'step' | 'holder' | 'reviewer'
  > {
  readonly instance: string;
  readonly key: string;
}

export interface Hand {
  readonly task: StagedTask;
  readonly person: string;
  readonly id: string;
}

export interface Stage {
  now(): Instant;
  nextWake(): Promise<Instant | null>;
  advance(to: Instant): Promise<void>;
  openTasks(): Promise<readonly StagedTask[]>;
  form(task: StagedTask): Promise<{ readonly form: FormSpec; readonly context: FillContext }>;
  complete(hand: Hand & { readonly answers: unknown; readonly lateReason?: string }): Promise<void>;
  review(hand: Hand & { readonly decision: 'accept' | 'return' }): Promise<void>;
}

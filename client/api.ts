/** What the rest of the product may ask of running campaigns. The CLI prints these shapes with `--json`, so they change only by addition. */
import type { Actor, Answer } from '../model/command.ts';
import type { Clock } from '../model/clock.ts';
import type { Instant, Plan, Program, Scope, Title } from '../model/plan.ts';
import type { Roster } from '../model/roster.ts';
import type { TaskStatus } from '../model/snapshot.ts';

/** A definition after `compileDefinition`. `texts` are the canonical JSON whose SHA-256 are the hashes. */
export interface CompiledPlan {
  readonly hash: string;
  readonly plan: Plan;
  readonly programs: Readonly<Record<Scope, Program>>;
  readonly texts: { readonly plan: string; readonly programs: Readonly<Record<Scope, string>> };
}

export interface StartRequest {
  readonly compiled: CompiledPlan;
  readonly roster: Roster;
  readonly clock: Clock;
  /** Chosen by the caller or made from the campaign and the moment. `^[a-z0-9][a-z0-9-]{0,62}$`. */
  readonly run?: string;
  /** Who starts it. */
  readonly author: string;
}

export interface RunSummary {
  readonly run: string;
  readonly campaign: string;
  readonly title: Title;
  readonly status: 'starting' | 'running' | 'closed';
  readonly clock: Clock['kind'];
  /** Campaign time now (or when it closed), milliseconds since 1970-01-01T00:00Z. */
  readonly now: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly phase: string | null;
  readonly instances: { readonly planned: number; readonly open: number; readonly closed: number };
  readonly tasks: Readonly<Record<TaskStatus, number>>;
  readonly overdue: number;
}

export interface TaskFilter {
  readonly union?: string;
  readonly household?: string;
  readonly holder?: string;
  /** Only tasks somebody can act on now. */
  readonly open?: boolean;
  readonly limit: number;
}

export interface TaskView {
  /** As `complete` takes it: `<instance>/<key>`. */
  readonly task: string;
  readonly title: Title;
  readonly union: string | null;
  readonly status: TaskStatus;
  readonly openedAt: Instant;
  readonly deadline: Instant;
  readonly overdue: boolean;
  /** Handed in after its deadline. */
  readonly late: boolean;
  readonly holder: string | null;
  readonly reviewer: string | null;
  readonly returns: number;
  readonly form: string;
  readonly submission: string | null;
}

export interface Completion {
  readonly run: string;
  readonly task: string;
  /** The form's answers; `lateReason` (text) beside them when the deadline has passed. */
  readonly answers: unknown;
  readonly lateReason?: string;
  /** Who acts; the task's holder when absent (the operator types in what they handed over). */
  readonly person?: string;
  readonly via: Extract<Actor, { person: string }>['via'];
  /** Command id; the same id asked again gets the same answer. Made up when absent. */
  readonly id?: string;
}

export interface Review {
  readonly run: string;
  readonly task: string;
  readonly decision: { readonly accept: true } | { readonly returnFor: string };
  readonly person?: string;
  readonly via: Completion['via'];
  readonly id?: string;
}

export interface UnionReport {
  /** Null: the federation's own. */
  readonly union: string | null;
  readonly name: string;
  readonly households: number;
  readonly onTime: number;
  readonly late: number;
  readonly missed: number;
  readonly open: number;
  readonly returned: number;
  readonly reminders: number;
  /** By rung id. */
  readonly escalations: Readonly<Record<string, number>>;
}

export interface TargetCount {
  readonly target: string;
  readonly union: string;
  /** The facts the target is counted by, such as the file level. */
  readonly by: Readonly<Record<string, string>>;
  readonly of: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Of `of`, those that none of the counts holds of. */
  readonly neither: number;
}

export interface RunReport {
  readonly run: string;
  readonly unions: readonly UnionReport[];
  readonly targets: readonly TargetCount[];
}

/** Something `verify` found: where, what Postgres says and what Temporal says. */
export interface Discrepancy {
  readonly kind: 'instance' | 'gate' | 'outbox' | 'audit';
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  readonly repaired: boolean;
}

export interface Verification {
  readonly run: string;
  readonly instances: number;
  readonly clean: boolean;
  readonly discrepancies: readonly Discrepancy[];
}

/** @throws Refused | Invalid | Unavailable (client-error.ts); anything else is a bug. */
export interface Shigeyi {
  start(request: StartRequest): Promise<{ readonly run: string; readonly planned: number }>;
  /** Newest first. */
  runs(): Promise<readonly RunSummary[]>;
  status(run: string): Promise<RunSummary>;
  tasks(run: string, filter: TaskFilter): Promise<readonly TaskView[]>;
  complete(completion: Completion): Promise<Answer>;
  review(review: Review): Promise<Answer>;
  report(run: string): Promise<RunReport>;
  verify(run: string, options: { readonly repair: boolean }): Promise<Verification>;
  /** Waits until everything sent so far is confirmed, then lets go of connections. */
  close(): Promise<void>;
}

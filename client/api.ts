/** What the rest of the product may ask of running campaigns. The CLI prints these shapes with `--json`, so they change only by addition. */
import type { Actor, Answer } from '../model/command.ts';
import type { Clock } from '../model/clock.ts';
import type { Changes } from '../model/flush.ts';
import type { IndicatorValue } from '../model/indicators.ts';
import type { DateText, FactValue, IndicatorRule, Instant, Plan, Program, Scope, Title } from '../model/plan.ts';
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
  /** Of the open ones, those that stand still. */
  readonly paused: number;
  readonly tasks: Readonly<Record<TaskStatus, number>>;
  /** Not handed in by its deadline. */
  readonly overdue: number;
  /** Not reviewed by the review's own deadline. */
  readonly overdueReviews: number;
}

/** `open`: those somebody can act on now. `overdue`: those past the deadline of whoever must act. */
export const CHOSEN_STATUSES = ['open', 'overdue', 'done', 'missed', 'waived'] as const;

/** Which tasks: those of which all of this is true. */
export interface TaskChoice {
  /** Of it and its households. */
  readonly union?: string;
  readonly household?: string;
  /** Whoever must act: of a task in review, its reviewer. */
  readonly holder?: string;
  readonly phase?: string;
  /** The task's id in the definition. */
  readonly template?: string;
  readonly status?: (typeof CHOSEN_STATUSES)[number];
}

export interface TaskFilter extends TaskChoice {
  /** The same as the status `open`. */
  readonly open?: boolean;
  readonly limit: number;
}

export interface TaskView {
  /** As `complete` takes it: `<instance>/<key>`. */
  readonly task: string;
  readonly title: Title;
  /**
   * The words of the row that made it, or the title of an assigned item, for those who may read the form they stand in; null for everybody else, and of a
   * task that no row made or whose table names no `rowTitle`.
   */
  readonly rowTitle: string | null;
  readonly union: string | null;
  readonly status: TaskStatus;
  readonly openedAt: Instant;
  readonly deadline: Instant;
  /** Of a review with a deadline of its own, while it goes on; otherwise null. */
  readonly reviewDeadline: Instant | null;
  /** Past the deadline of whoever must act: the holder's, or that of a review. */
  readonly overdue: boolean;
  /** What is overdue is the review: it waits for the reviewer. */
  readonly overdueReview: boolean;
  /** Its household or union stands still. */
  readonly paused: boolean;
  /** Handed in after its deadline. */
  readonly late: boolean;
  readonly holder: string | null;
  readonly reviewer: string | null;
  /** Who had it delegated to its holder, and remains answerable. */
  readonly owner: string | null;
  /** Whose place the holder takes while they are away. */
  readonly standsFor: string | null;
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
  /** Of these, not handed in by the deadline; and not reviewed by the deadline of the review. */
  readonly overdue: number;
  readonly overdueReviews: number;
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

/** What the campaign is watched by, in the order of the plan. */
export interface IndicatorCount extends IndicatorValue {
  readonly title: Title;
  readonly kind: IndicatorRule['kind'];
}

export interface RunReport {
  readonly run: string;
  readonly unions: readonly UnionReport[];
  readonly targets: readonly TargetCount[];
  readonly indicators: readonly IndicatorCount[];
}

export interface RollRequest {
  /** Who rolls it. */
  readonly author: string;
  /** Command id: the same finds the same roll. Left out: the last roll goes on, or a new one begins. */
  readonly command?: string;
  /** A new roll, though the last has not come to everybody. */
  readonly again?: boolean;
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

export interface AuditFilter {
  readonly union?: string;
  readonly household?: string;
  /** Nothing before this day of the campaign's zone. */
  readonly since?: DateText;
  readonly limit: number;
  /** With the words of reasons, opened: people may be named in them. */
  readonly words?: boolean;
}

/** A line of the audit. Values are opaque ids, numbers, dates and enum members. */
export interface AuditView {
  readonly instance: string;
  /** Its place in the instance's trail, from 1. */
  readonly seq: number;
  /** Campaign time. */
  readonly at: Instant;
  readonly kind: string;
  readonly task: string | null;
  readonly command: string | null;
  /** A person, `time`, or a part of the system. */
  readonly actor: string;
  readonly detail: Readonly<Record<string, FactValue>> | null;
  /** Of the reason, where words were asked for and there are any. */
  readonly words: string | null;
  /** What it made of the task: of each member, from and to. */
  readonly changed: Changes | null;
  /** The state it told of was superseded: it did not happen. */
  readonly void: boolean;
}

export interface AuditPage {
  readonly run: string;
  /** In the order in which it happened; the newest, when there are more than asked for. */
  readonly rows: readonly AuditView[];
  readonly complete: boolean;
}

/** Where the audit is not what it was when it was written: the row, or the anchor, that is wrong first. */
export interface AuditFinding {
  readonly kind: 'changed' | 'missing' | 'inserted' | 'reordered';
  readonly instance: string | null;
  readonly seq: number | null;
  readonly anchor: number | null;
  readonly message: string;
}

/** A walk over all trails of a run takes a while. */
export interface AuditWalk {
  onProgress?(progress: { readonly instances: number; readonly of: number }): void;
}

export interface AuditVerification {
  readonly run: string;
  readonly intact: boolean;
  readonly instances: number;
  readonly rows: number;
  readonly anchors: number;
  /** The last anchor's hash, to be compared with one kept elsewhere; null when there is none. */
  readonly lastAnchor: string | null;
  /** The first of each instance that is not in order; a hundred at most. */
  readonly findings: readonly AuditFinding[];
}

export interface AuditExport {
  readonly run: string;
  readonly household: string | null;
  readonly instances: number;
  readonly rows: number;
  /** Made for it, over every row of the run at that moment. */
  readonly anchor: { readonly number: number; readonly hash: string };
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
  /** Has every open instance begin a new history. Its progress and items are those of the revision. */
  roll(run: string, request: RollRequest): Promise<{ readonly revision: number; readonly resumed: boolean }>;
  /** Open instances by the version of the rules they go by. */
  rules(run: string): Promise<Readonly<Record<string, number>>>;
  audit(run: string, filter: AuditFilter): Promise<AuditPage>;
  /** Makes an anchor, and gives `write` the lines of an export up to it: of the whole run, or of one household. */
  exportAudit(
    run: string,
    options: AuditWalk & { readonly household?: string; write(lines: AsyncIterable<string>): Promise<void> },
  ): Promise<AuditExport>;
  /** Makes every hash again. `against`: the lines of an export made earlier, which must still be what the database holds. */
  verifyAudit(run: string, options: AuditWalk & { readonly against?: AsyncIterable<string> }): Promise<AuditVerification>;
  /** Waits until everything sent so far is confirmed, then lets go of connections. */
  close(): Promise<void>;
}

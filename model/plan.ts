/**
 * The plan: what the compiler makes of a definition, and the only form in which a run knows it. JSON throughout
 * (longer than most files because it is one shape, read as a whole).
 * Instants are milliseconds since 1970-01-01T00:00Z; dates are 'YYYY-MM-DD' in the plan's zone; ids are ASCII.
 */
import type { AdjustmentRules, TimerPolicy } from './adjustment.ts';
import type { AssignedRules } from './assigned.ts';
import type { FormSpec } from './form.ts';
import type { Hours } from './hours.ts';
import type { Offset } from './offset.ts';
import type { PauseRules } from './pause.ts';

export type Instant = number;
export type DateText = string;
export type Scope = 'campaign' | 'union' | 'household';

/** A title in the two languages that every definition carries. */
export interface Title {
  readonly zh: string;
  readonly en: string;
}

/** Where a duty comes from: a place in the document (`doc`), usual but unwritten (`practice`), or this product's choice (`house`). */
export interface Basis {
  readonly kind: 'doc' | 'practice' | 'house';
  /** The place in the document, such as "六（三）4". Present exactly when `kind` is `doc`. */
  readonly place?: string;
}

/** What rules may read: an enum member, opaque id, date, number or boolean. Never free text. */
export type FactValue = string | number | boolean | null;
export type Facts = Readonly<Record<string, FactValue>>;

/** Less, at most, more, at least. */
export type Comparison = 'lt' | 'le' | 'gt' | 'ge';

/**
 * A number or date that a condition reckons with. Whatever is reckoned with null, or beyond what numbers and dates can be, is null;
 * so is a division by zero.
 */
export type Expression =
  | { readonly op: 'value'; readonly value: FactValue }
  | { readonly op: 'fact'; readonly fact: string }
  /** `minus` of two dates is the number of days from the second to the first; everything else is of two numbers. */
  | { readonly op: 'plus' | 'minus' | 'times' | 'over'; readonly of: readonly [Expression, Expression] }
  | { readonly op: 'negative'; readonly of: Expression }
  /** The date so many days after another. */
  | { readonly op: 'later'; readonly date: Expression; readonly days: Expression }
  /** In forms: how many rows of a table say something, and what the numbers in one of its columns come to. */
  | { readonly op: 'size'; readonly table: string }
  | { readonly op: 'sum'; readonly table: string; readonly column: string };

export type Condition =
  | { readonly op: 'is'; readonly fact: string; readonly in: readonly FactValue[] }
  /** Of numbers, or of dates as text. False as long as the fact is null or of another type. */
  | { readonly op: 'compare'; readonly fact: string; readonly by: Comparison; readonly value: number | string }
  /** As `compare`, of anything that can be reckoned; `eq` also of words and yes-no. False as long as either side is null. */
  | { readonly op: 'relate'; readonly by: Comparison | 'eq'; readonly left: Expression; readonly right: Expression }
  /** Holds while what is reckoned is null. Of a fact alone it is `is` with null. */
  | { readonly op: 'unknown'; readonly of: Expression }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

/**
 * The days a plan can reckon with, frozen at compile time: `starts[i]` is the first instant of day `i` in the plan's zone,
 * `working[i]` is '1' or '0'. Day 0 is `from`. The last entry of `starts` closes the table (one more than `working.length`).
 */
export interface DayTable {
  readonly from: DateText;
  readonly starts: readonly Instant[];
  readonly working: string;
  /** Where the clock on the wall is set forward or back, in the order of time. Left out where that never happens. */
  readonly jumps?: readonly ClockJump[];
}

/** `afterMs` after the first instant of `day` the clock goes on `byMs` later (or, negative, earlier). 0 where it skips midnight itself. */
export interface ClockJump {
  readonly day: number;
  readonly afterMs: number;
  readonly byMs: number;
}

/** What becomes of a task for an instance that is enrolled after it had begun; without it, it comes up at once, with notice where that is needed. */
export type Joining =
  /** Its fixed deadline moves by as many days. */
  | { readonly kind: 'shift' }
  /** It does not come up. */
  | { readonly kind: 'skip' }
  /** It is due by another rule. */
  | { readonly kind: 'due'; readonly due: DueRule };

export interface Phase {
  readonly id: string;
  readonly title: Title;
  /** First instant of the first day. */
  readonly startsAt: Instant;
  /** Last millisecond of the last day: work accepted at this instant is still in the phase. */
  readonly endsAt: Instant;
  /** A run may begin after its first day: its tasks come up late, or, if it is over by then, not at all. Left out: no run may. */
  readonly past?: 'catch-up' | 'skip';
}

/** A role a task may be held by or a rung may tell. `fallback` is the next role up when the post is vacant or is the assignee itself. */
export interface Role {
  readonly id: string;
  readonly title: Title;
  readonly scope: Scope;
  readonly fallback?: string;
}

/** One step of a ladder. Each of its occurrences fires once per task instance and deadline revision, and none ends the task. */
export interface Rung {
  readonly id: string;
  readonly kind: 'reminder' | 'escalation';
  /** From the deadline (days from its date, at a time of day); null: the instant the task becomes overdue. */
  readonly offset: Offset | null;
  /** Says it again until the task is settled: `times` more, each `every` after the one before. */
  readonly repeat?: { readonly every: Offset; readonly times: number };
  /** Who is told: the word `assignee` (whoever must act now), or a role's id. */
  readonly to: string;
  /** A message of the definition's own; without one, that of its kind, or the words of the house. */
  readonly text?: string;
  /** `daily`: these messages leave as at most one list a day, counted by union, without household ids. */
  readonly digest?: 'daily';
}

export interface Ladder {
  readonly id: string;
  /** As they are told. Which speaks first may depend on the deadline: see `rungsFor`. */
  readonly rungs: readonly Rung[];
}

/** What a deadline is counted from: an instant that an instance knows from its beginning, comes to know, or learns anew. */
export type Anchor =
  | { readonly on: 'opened' | 'enrolment' }
  /** When that task was done or waived; when it was last returned. Of the same instance. */
  | { readonly on: 'done' | 'returned'; readonly task: string }
  /** The first instant of the date. */
  | { readonly on: 'fact'; readonly fact: string };

export type DueRule =
  /** A fixed instant. A task opened too late for it gets `noticeWorkingDays` counted from its opening. `from`: what it was counted from. */
  | {
      readonly kind: 'at';
      readonly at: Instant;
      readonly noticeWorkingDays: number;
      readonly from?: { readonly anchor: 'phase-start' | 'phase-end'; readonly offset: Offset };
    }
  /** So far from its anchor; `otherwise`, as a fixed instant, for as long as the anchor is unknown. Never before the opening: then notice. */
  | {
      readonly kind: 'from';
      readonly anchor: Anchor;
      readonly offset: Offset;
      readonly otherwise: Instant;
      readonly noticeWorkingDays: number;
    }
  /** So many working days after the day it opened, at that day's end. */
  | { readonly kind: 'afterOpening'; readonly workingDays: number }
  /** The date in the row that made it. */
  | { readonly kind: 'row' };

/** Of days only. */
export interface DaySpan {
  readonly unit: 'days' | 'workingDays' | 'weeks';
  readonly count: number;
}

export type Repeats =
  /** One after another: the next comes up when the one before is settled and, if it says so, so many days later. */
  | { readonly kind: 'inTurn'; readonly times: number; readonly apart?: DaySpan }
  /** On a schedule: each has the time from its own instant to the next one's, the last to the end of the phase. */
  | { readonly kind: 'scheduled'; readonly every: DaySpan; readonly opens: readonly Instant[] };

export interface ReviewStep {
  readonly id: string;
  readonly by: string;
  /** Nobody who handed in this task reviews. */
  readonly not?: string;
  /** `confirm`: a second person vouches for the same paper (a signature line); `accept`: a superior accepts or returns. Both may return. */
  readonly kind: 'confirm' | 'accept';
  readonly when?: Condition;
  /** The time a reviewer has, from when it came to them. While it runs, its own ladder speaks, and that of the task is silent. */
  readonly within?: Offset;
  /** There exactly with `within`. */
  readonly ladder?: string;
}

/** What returns of a task are bound by, where its definition says so. */
export interface Returns {
  /** So often at most. */
  readonly atMost?: number;
  /** Time to hand it in again: the deadline becomes the later of the old one and this. */
  readonly within?: Offset;
}

/** When the task is done and `when` holds, these facts of the instance take these values; it leaves the campaign; tasks come up again. */
export interface Outcome {
  readonly when?: Condition;
  readonly set: Facts;
  /** Unfinished work is dropped, and nothing further comes up but tasks `ofWithdrawn`. */
  readonly withdraw?: true;
  /** Templates of the same scope, neither made by rows nor repeating. One that had left takes part again. */
  readonly again?: readonly string[];
}

/** Each row of a table in the finished form becomes a task, or admits a household. */
export interface RowRule {
  readonly table: string;
  /** The task template each row instantiates; absent when the rule admits households. */
  readonly task?: string;
  readonly admits?: true;
  /** `self`: the instance of the form; otherwise the column that names the union. */
  readonly to: 'self' | { readonly column: string };
}

/**
 * Opens when enough instances of a lower scope have settled `task`, or when the one instance above that this one belongs to has. `latched`: once
 * open, stays open.
 */
export interface Gate {
  readonly id: string;
  /** Whose task it is: of a scope below, counted; or of the scope above, of which each instance has one. */
  readonly of: Scope;
  readonly task: string;
  /** 0 < share ≤ 1 of the enrolled instances that the task concerns. */
  readonly share: number;
  readonly latched: boolean;
  /** Opens at this instant whatever the count. */
  readonly noLaterThan?: Instant;
}

/** Some of the instances only, about `share` of them: see model/sample.ts. */
export interface Sample {
  /** 0 < share ≤ 1. */
  readonly share: number;
  /** Another seed, another sample. */
  readonly seed?: string;
}

/** `hold` is `late`, and keeps later phases of the instance from beginning until it is settled. */
export type AtEnd = 'late' | 'close' | 'hold';

export interface TaskTemplate {
  readonly id: string;
  readonly title: Title;
  readonly basis: Basis;
  readonly scope: Scope;
  readonly phase: string;
  readonly action: string;
  /** The definition does not have it any more; it stays for what was done under it, and never comes up again. */
  readonly retired?: true;
  /** What becomes of its open work's deadline when an amendment changes the rule; `recompute` if the amendment says nothing. */
  readonly onAmend?: TimerPolicy;
  /** `row`: comes to exist only by a row of another task's form; `assigned`: by an instruction (model/assigned.ts), and no plan lists it. */
  readonly origin: 'plan' | 'row' | 'assigned';
  readonly opensAt: Instant;
  /** Templates of the same scope that must be done or waived first. Of a row template: its sources, and every task they made. */
  readonly after: readonly string[];
  readonly gate?: Gate;
  /** Asked once time, `after` and `gate` are satisfied, and again whenever facts change; until true the task waits. */
  readonly when?: Condition;
  /** `when` reads only facts that nothing ever changes: where it does not hold at enrolment, the task never comes up. */
  readonly fixed?: true;
  /** It comes up in these instances only; elsewhere what comes after it takes it for behind. */
  readonly sample?: Sample;
  /** The role that holds it, but nobody who handed in task `not`; `row`: the person the row names. */
  readonly holder: { readonly role: string; readonly not?: string } | { readonly row: string };
  readonly due: DueRule;
  /** It comes up several times in each instance: see `engine/occurrences.ts`. */
  readonly repeats?: Repeats;
  readonly joining?: Joining;
  /** It comes up also, and stays open, in instances that have left. */
  readonly ofWithdrawn?: true;
  /** What the phase's end does to unfinished work: `late` leaves it open and asks for a reason; `close` ends it as missed. */
  readonly atEnd: AtEnd;
  readonly endsAt: Instant;
  readonly form: string;
  readonly reviews: readonly ReviewStep[];
  readonly returns?: Returns;
  /** How long after it was accepted whoever handed it in may take it back. */
  readonly retract?: { readonly within: Offset };
  readonly ladder: string;
  readonly outcomes: readonly Outcome[];
  /** Facts of this form that name a person who takes a role in the instance: fact id → role id. */
  readonly assigns: Readonly<Record<string, string>>;
  readonly rows: readonly RowRule[];
  /** Gates of another scope that count this task. */
  readonly feeds: readonly string[];
}

/** What the instances of one scope run: the plan without words and forms. Content-addressed on its own; histories refer to it by hash. */
export interface Program {
  readonly scope: Scope;
  readonly campaign: string;
  readonly zone: string;
  readonly days: DayTable;
  readonly hours?: Hours;
  readonly phases: readonly Omit<Phase, 'title'>[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly roles: readonly Omit<Role, 'title'>[];
  readonly ladders: Readonly<Record<string, Ladder>>;
  /** Who may adjust what while the run goes on; of kinds that are not here: `ruleOf`. */
  readonly adjustments?: AdjustmentRules;
  readonly pauses?: PauseRules;
  readonly assigned?: AssignedRules;
  readonly tasks: readonly ProgramTask[];
  /** Of the campaign, where it has any. */
  readonly bulletins?: readonly BulletinTimes[];
}
export type ProgramTask = Omit<TaskTemplate, 'title' | 'basis' | 'scope'>;

export interface Action {
  readonly id: string;
  readonly number: number;
  readonly title: Title;
  readonly phase: string;
}

export interface FactSpec {
  readonly id: string;
  readonly scope: Scope;
  readonly type: 'choice' | 'number' | 'boolean' | 'date' | 'person';
  readonly choices?: readonly string[];
  /** `roster`: given at enrolment. Of households: `enrolment`, `fileLevel`, `class`; of unions: `unionKind` (see model/roster.ts). */
  readonly from?: 'roster';
  /** Its value at enrolment when the roster does not give one; absent means null. */
  readonly initial?: FactValue;
}

/**
 * What the campaign is held to: of the instances where `of` holds of the facts at enrolment, how many end in each of `counts`.
 * Counted by union and by the facts named in `by`.
 */
export interface Target {
  readonly id: string;
  readonly title: Title;
  readonly scope: 'household';
  readonly of: Condition;
  readonly counts: readonly { readonly id: string; readonly title: Title; readonly when: Condition }[];
  readonly by: readonly string[];
}

/** What tasks are counted as: `all` are those that came up and that somebody has or had to do. */
export type TaskFigure = 'done' | 'late' | 'open' | 'overdue' | 'missed' | 'all';

export type IndicatorRule =
  /** Instances of which the condition holds now. */
  | { readonly kind: 'count'; readonly of: 'union' | 'household'; readonly when?: Condition }
  /** What a number of theirs comes to. */
  | { readonly kind: 'sum'; readonly of: 'union' | 'household'; readonly fact: string; readonly when?: Condition }
  /** One indicator divided by another; neither is a ratio. */
  | { readonly kind: 'ratio'; readonly parts: readonly [string, string] }
  /** Tasks of these templates, or of all where none is named. */
  | { readonly kind: 'tasks'; readonly status: TaskFigure; readonly only: readonly string[] };

/** A number that the campaign is watched by, over all and for each union. */
export interface Indicator {
  readonly id: string;
  readonly title: Title;
  readonly rule: IndicatorRule;
  /** Also counted by these: facts of whom it counts, `union`, and of tasks `phase`. */
  readonly by: readonly string[];
}

/** A report that leaves by itself at fixed instants: counts by union, and no names. */
export interface BulletinTimes {
  readonly id: string;
  /** `bulletin`: to one post of the federation; `circular`: to that post of every union. */
  readonly style: 'bulletin' | 'circular';
  /** A role. */
  readonly to: string;
  /** In their order. */
  readonly at: readonly Instant[];
}

export interface Bulletin extends BulletinTimes {
  readonly title: Title;
  readonly every: DaySpan;
  readonly atMinute: number;
  /** Ids of indicators, as they are told. */
  readonly shows: readonly string[];
}

/** The language that messages and bulletins are sent in. Titles and templates have both. */
export type MessageLanguage = 'zh' | 'en';

export interface Plan {
  readonly shigeyi: 1;
  readonly campaign: string;
  readonly title: Title;
  /** Of what is sent; Chinese where it is left out. */
  readonly language?: MessageLanguage;
  readonly zone: string;
  readonly calendar: { readonly id: string; readonly version: string };
  readonly hours?: Hours;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly phases: readonly Phase[];
  readonly actions: readonly Action[];
  readonly roles: readonly Role[];
  readonly facts: readonly FactSpec[];
  readonly forms: Readonly<Record<string, FormSpec>>;
  readonly tasks: readonly TaskTemplate[];
  readonly ladders: Readonly<Record<string, Ladder>>;
  readonly adjustments?: AdjustmentRules;
  readonly pauses?: PauseRules;
  readonly assigned?: AssignedRules;
  readonly targets: readonly Target[];
  readonly indicators: readonly Indicator[];
  readonly bulletins: readonly Bulletin[];
  /** Templates by purpose, or as rungs name them. */
  readonly messages?: Readonly<Record<string, Title>>;
  /** SHA-256 (hex) of the canonical JSON of each scope's program. */
  readonly programs: Readonly<Record<Scope, string>>;
}

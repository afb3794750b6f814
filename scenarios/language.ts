/** The language of scenarios: at these instants these people do this, and then this is how things stand. Strict, like definitions. */
import { z } from 'zod';
import { TIMER_POLICIES } from '../model/adjustment.ts';
import { chooseOne, Id, Name, Title, Value } from '../compiler/words.ts';

/** As people and `complete` name it: `c/summary`, `u/union-01/work-scheme`, `h/h-001/measure:aid-list.1`. */
const TaskName = z.string().regex(/^(c|[uh]\/[A-Za-z0-9-]+)\/[A-Za-z0-9.:-]+$/, {
  error: "a task of an instance, such as 'c/summary', 'u/union-01/work-scheme' or 'h/h-001/visit'",
});
const InstanceName = z.string().regex(/^(c|[uh]\/[A-Za-z0-9-]+)$/, { error: "an instance: 'c', 'u/union-01' or 'h/h-001'" });
const Moment = z.string().regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/, {
  error: "a moment of the plan's zone, such as '2020-10-21 09:00'",
});
const DayOrMoment = z.string().regex(/^\d{4}-\d{2}-\d{2}( ([01]\d|2[0-3]):[0-5]\d)?$/, {
  error: "a date, written YYYY-MM-DD, or a moment of the plan's zone, such as '2020-10-21 17:00'",
});
const Person = z.string().min(1).max(80);
const tasks = z.array(TaskName).max(200);

const Words = z.string().max(2000);
const wishes = [
  Value,
  z.array(z.string()),
  z.strictObject({ weights: z.record(z.string(), z.number().min(0)) }),
  z.strictObject({ choice: z.string(), text: Words }),
  z.strictObject({ person: Person, on: z.string() }),
  z.strictObject({ corrected: Words, why: Words }),
] as const;
const Wish = z.union(wishes, {
  error: 'a value, a list of members, { choice, text }, { person, on }, { corrected, why }, or { weights: { member: number } }',
});
const RowWish = z.record(Name, Wish);
/** Of a table also rows: a list of them, or those of a table with fixed rows by their ids. */
const Wishes = z.record(
  z.string(),
  z.union([...wishes, z.array(RowWish).max(500), z.record(Name, RowWish)], {
    error:
      'a value, a list of members, { choice, text }, { person, on }, { corrected, why }, { weights: { member: number } }, or rows: [{ column: value }]',
  }),
);

/** Codes of refusals that a step may expect, those of a form's issues among them; FORM_INVALID for any form that is not accepted. */
const Refusal = z.string().regex(/^[A-Z][A-Z_]+$/, { error: "a refusal's code, such as 'NOT_HOLDER'" });

/** Whom an adjustment is for: a task, an instance (a union with its households), or everybody. */
const Concern = z.string().regex(/^(all|(c|[uh]\/[A-Za-z0-9-]+)(\/[A-Za-z0-9.:-]+)?)$/, {
  error: "a task, an instance such as 'u/union-01' or 'h/h-001', or 'all'",
});
/** Whom an adjustment is for that is of no task. */
const Whom = z.string().regex(/^(all|[uh]\/[A-Za-z0-9-]+)$/, { error: "'u/union-01' with its households, 'h/h-001', or 'all'" });
const Who = z.string().regex(/^[uh]\/[A-Za-z0-9-]+$/, { error: "'u/union-01' with its households, or 'h/h-001'" });
const Joiner = z.string().regex(/^h\/[A-Za-z0-9-]+$/, { error: "a household of the register's `later`, such as 'h/h-005'" });
const Span = z.string().regex(/^[+-]?\d{1,4}(m|h|d|wd|w)$/, { error: "so much time, such as '3d', '5wd', '-2h'" });

export const Act = chooseOne(
  z.strictObject({
    complete: TaskName.optional(),
    accept: TaskName.optional(),
    return: TaskName.optional(),
    /** Moves deadlines, `by` so much or `to` a time; of one task, or of those of a phase or a template, or of all. */
    extend: Concern.optional(),
    /** Puts a task into other hands: `to` somebody. */
    reassign: TaskName.optional(),
    delegate: TaskName.optional(),
    recall: TaskName.optional(),
    /** A person is away: somebody acts for them, `by`, `from` a time (or now) `until` another. */
    cover: Person.optional(),
    uncover: Person.optional(),
    /** A person has left, and all goes `to` another. */
    handover: Person.optional(),
    /** Nobody has to do it; it is to be done again, perhaps `to` a time; its form is taken back. */
    waive: TaskName.optional(),
    reopen: TaskName.optional(),
    retract: TaskName.optional(),
    /** An instruction becomes a task: of the campaign, a union (alone) or a household, `due` a time, `to` somebody or the post that holds such items. */
    assign: InstanceName.optional(),
    title: z.string().min(1).max(200).optional(),
    words: z.string().min(1).max(2000).optional(),
    due: DayOrMoment.optional(),
    ladder: Id.optional(),
    review: Id.optional(),
    by: z.union([Span, Person]).optional(),
    to: z.union([DayOrMoment, Person]).optional(),
    from: DayOrMoment.optional(),
    until: DayOrMoment.optional(),
    phase: Id.optional(),
    template: Id.optional(),
    /** Puts another version of the definition in the place of the one that runs: its folder, as seen from the scenario's. */
    amend: z.string().min(1).max(200).optional(),
    /** Of `amend`: values for its parameters, and what becomes of deadlines whose rule is another (default `recompute`). */
    set: z.record(Name, z.union([z.string(), z.number(), z.boolean()])).optional(),
    timers: z.enum(TIMER_POLICIES).optional(),
    /** Clocks stand still, and go on. */
    pause: Whom.optional(),
    resume: Whom.optional(),
    /** They take part no longer, and again: a union with its households, or a household. */
    withdraw: Who.optional(),
    readmit: Who.optional(),
    /** A household goes over `to` another union. */
    move: Who.optional(),
    /** A household of the register's `later` joins. */
    admit: Joiner.optional(),
    /** Default: whoever must act now. */
    as: Person.optional(),
    /** Of `complete`: what is answered in some fields; the others are filled in. */
    answers: Wishes.optional(),
    /** Of `complete`: the whole form, handed in as it stands here. */
    form: z.record(z.string(), z.unknown()).optional(),
    /** Of `complete`: why it is late. Said by itself when the deadline is past, unless this is false. */
    late: z.union([z.string().min(1), z.literal(false)]).optional(),
    /** The step passes when this is refused, with this code, and nothing changes. */
    refused: Refusal.optional(),
  }),
  ['complete'],
  ['accept'],
  ['return'],
  ['extend'],
  ['reassign'],
  ['delegate'],
  ['recall'],
  ['cover'],
  ['uncover'],
  ['handover'],
  ['amend'],
  ['pause'],
  ['resume'],
  ['withdraw'],
  ['readmit'],
  ['move'],
  ['admit'],
  ['waive'],
  ['reopen'],
  ['retract'],
  ['assign'],
);
export type Act = z.infer<typeof Act>;

export const Expectation = z.strictObject({
  /** Of these nine an empty list says that no task stands so. */
  open: tasks.optional(),
  returned: tasks.optional(),
  inReview: tasks.optional(),
  done: tasks.optional(),
  missed: tasks.optional(),
  /** Nobody has to do it: somebody decided so. */
  waived: tasks.optional(),
  /** Nobody has to do it any more. */
  dropped: tasks.optional(),
  /** Not done, and past the deadline; in a review with a deadline of its own, past that. */
  overdue: tasks.optional(),
  /** Done, and handed in after the deadline. */
  late: tasks.optional(),
  /** Not come up: neither open nor ever opened. */
  absent: tasks.min(1).optional(),
  /** The last day, or the last minute, at which it is in time. */
  due: z.record(TaskName, DayOrMoment).optional(),
  /** The same of the review it waits for. */
  reviewDue: z.record(TaskName, DayOrMoment).optional(),
  holder: z.record(TaskName, Person).optional(),
  /** Who has it for review. */
  reviewer: z.record(TaskName, Person).optional(),
  facts: z.record(InstanceName, z.record(Name, Value)).optional(),
  /** All rungs that spoke for this task since the step before, in their order: `rung to recipient`, or a list that is empty. */
  rungs: z.record(TaskName, z.array(z.string().max(160))).optional(),
  /** What the rungs that spoke for this task since the step before said, in Chinese; a union is called by its id. */
  says: z.record(TaskName, z.array(z.string().max(600)).max(50)).optional(),
  /** Every bulletin issued since the step before: `weekly to leading-group`, of a circular `notice to all`. */
  bulletins: z.array(z.string().max(160)).max(50).optional(),
  /** What an indicator comes to: over all, or by union, with `all` for all. Ratios to four places. */
  indicators: z
    .record(
      Id,
      z.union([z.number().nullable(), z.record(Id, z.number().nullable())], { error: 'a number, or { all: 5, union-01: 2 }' }),
    )
    .optional(),
  /** How many tasks of this template there are in all instances. */
  count: z.record(Id, z.int().min(0)).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

export const Step = z.strictObject({
  at: Moment,
  do: z.array(Act).min(1).max(500).optional(),
  expect: Expectation.optional(),
});
export type Step = z.infer<typeof Step>;

export const Scenario = z.strictObject({
  'shigeyi-test': z.literal(1),
  title: Title,
  /** A register made up for the scenario. Ids are union-01…, h-001…, those that join `later` after them; the last ones are those lifted earlier. */
  register: z.strictObject({
    unions: z.int().min(1).max(99),
    households: z.int().min(1).max(999),
    earlier: z.int().min(0).max(999).optional(),
    later: z.int().min(0).max(99).optional(),
    seed: z.int().min(0).optional(),
  }),
  /** When the run begins. Default: the day before the campaign, at midnight. */
  started: Moment.optional(),
  /** What people do whom no step mentions: nothing (default), or all their work in time. */
  others: z.enum(['nothing', 'in-time']).optional(),
  /** What people tend to answer, by form. */
  answers: z.record(Id, Wishes).optional(),
  steps: z.array(Step).min(1).max(500),
});
export type Scenario = z.infer<typeof Scenario>;

/** Programs, and what people do in them, for properties: small, but with every rule the core has, and with instants that sit on its edges. (Long, since it is one recipe.) */
import fc from 'fast-check';
import type { Hours } from '../../model/hours.ts';
import type { Offset } from '../../model/offset.ts';
import type { PauseCause, PauseRules } from '../../model/pause.ts';
import type {
  BulletinTimes,
  Anchor,
  Condition,
  DueRule,
  Facts,
  FactValue,
  Gate,
  Instant,
  Joining,
  Ladder,
  Program,
  Outcome,
  ProgramTask,
  Repeats,
  Returns,
  ReviewStep,
  Rung,
  Sample,
} from '../../model/plan.ts';
import { type AdjustmentChoice, arbitraryChoice } from './arbitrary-adjustment.ts';
import { acceptBy, confirmBy, dueOn, dueWithin, endOf, program, rowTask, startOf, STANDARD, task } from './program-builder.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Openings and due dates, with weekends, the make-up Saturday and a holiday among them. */
const OPENINGS = ['2020-10-08', '2020-10-10', '2020-10-13', '2020-10-16', '2020-10-26', '2020-11-02'];
const ENDS = ['2020-10-10', '2020-10-13', '2020-10-25', '2020-10-26', '2020-11-30', '2020-12-31'];
const ROLE_IDS = ['cadre', 'union-officer', 'union-head', 'office'] as const;
const FACTS = ['class', 'poor', 'sum'] as const;
const VALUES: readonly FactValue[] = ['deep', true, null];

const opening = fc.constantFrom(...OPENINGS);
const end = fc.constantFrom(...ENDS);
const role = fc.constantFrom(...ROLE_IDS);
const factValue = fc.constantFrom(...VALUES);
/** The values of conditions, and a date that deadlines are counted from. */
const facts = fc
  .record({
    some: fc.dictionary(fc.constantFrom(...FACTS), factValue, { maxKeys: 2, noNullPrototype: true }),
    day: fc.option(fc.constantFrom('2020-10-12', '2020-10-24', '2020-11-06', '2019-01-01', '2022-05-05'), {
      nil: undefined,
      freq: 2,
    }),
  })
  .map(({ some, day }): Facts => (day === undefined ? some : { ...some, day }));

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    op: fc.constant('is' as const),
    fact: fc.constantFrom(...FACTS),
    in: fc.array(factValue, { minLength: 1, maxLength: 2 }),
  }),
  fc
    .record({ fact: fc.constantFrom(...FACTS), value: factValue })
    .map(({ fact, value }): Condition => ({ op: 'not', of: { op: 'is', fact, in: [value] } })),
);

/** What may become known, change and be unknown again while a story goes on. */
const anchor: fc.Arbitrary<Anchor> = fc.oneof(
  fc.record({ on: fc.constantFrom('opened' as const, 'enrolment' as const) }),
  fc.record({
    on: fc.constantFrom('done' as const, 'returned' as const),
    task: fc.constantFrom('t0', 't1', 't2', 't3', 't4'),
  }),
  fc.record({ on: fc.constant('fact' as const), fact: fc.constant('day') }),
);

const dueOffset: fc.Arbitrary<Offset> = fc.oneof(
  fc.record({ unit: fc.constantFrom('days', 'workingDays', 'weeks'), count: fc.integer({ min: -3, max: 5 }) }),
  dayOffset({ unit: 'workingDays', most: 4 }),
  fc.record({ unit: fc.constantFrom('minutes', 'hours', 'workingHours'), count: fc.integer({ min: -20, max: 60 }) }),
);

const due: fc.Arbitrary<DueRule> = fc.oneof(
  fc.record({ date: end, notice: fc.integer({ min: 1, max: 4 }) }).map(({ date: on, notice }) => dueOn(on, notice)),
  fc.integer({ min: 1, max: 8 }).map(dueWithin),
  fc
    .record({ anchor, offset: dueOffset, date: end, notice: fc.integer({ min: 1, max: 4 }) })
    .map(({ date, notice, ...from }) => ({ kind: 'from' as const, ...from, otherwise: endOf(date), noticeWorkingDays: notice })),
);

/** Time that somebody is given: to review, or to hand it in again. */
const duration: fc.Arbitrary<Offset> = fc.oneof(
  fc.record({ unit: fc.constantFrom('days', 'workingDays'), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ unit: fc.constantFrom('hours', 'workingHours'), count: fc.integer({ min: 1, max: 30 }) }),
);

const review: fc.Arbitrary<ReviewStep> = fc
  .record({
    by: role,
    accepts: fc.boolean(),
    when: fc.option(condition, { nil: undefined }),
    within: fc.option(duration, { nil: undefined, freq: 2 }),
    ladder: fc.constantFrom('standard', 'random'),
  })
  .map(({ by, accepts, when, within, ladder: own }) => ({
    ...(accepts ? acceptBy(by, when) : confirmBy(by, when)),
    ...(within === undefined ? {} : { within, ladder: own }),
  }));

const returns: fc.Arbitrary<Returns> = fc.record(
  { atMost: fc.integer({ min: 1, max: 3 }), within: duration },
  { requiredKeys: [], noNullPrototype: true },
);

/** In working days and weeks at a time of day, in hours and minutes; null is being overdue. */
const offset: fc.Arbitrary<Offset | null> = fc.oneof(
  { weight: 3, arbitrary: dayOffset({ unit: 'workingDays', most: 6 }) },
  { weight: 1, arbitrary: dayOffset({ unit: 'days', most: 9 }) },
  { weight: 1, arbitrary: dayOffset({ unit: 'weeks', most: 1 }) },
  {
    weight: 2,
    arbitrary: fc.record({ unit: fc.constantFrom('minutes', 'hours', 'workingHours'), count: fc.integer({ min: -30, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

function dayOffset({ unit, most }: { unit: Offset['unit']; most: number }): fc.Arbitrary<Offset> {
  return fc.record({
    unit: fc.constant(unit),
    count: fc.integer({ min: -most, max: most }),
    atMinute: fc.constantFrom(0, 9 * 60, 23 * 60 + 59),
  });
}

const repeat: fc.Arbitrary<Rung['repeat']> = fc.option(
  fc.record({
    every: fc.oneof(
      fc.record({ unit: fc.constantFrom('days', 'workingDays', 'weeks'), count: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ unit: fc.constant('workingDays' as const), count: fc.constant(1), atMinute: fc.constant(540) }),
      fc.record({ unit: fc.constantFrom('hours', 'workingHours'), count: fc.integer({ min: 1, max: 40 }) }),
    ),
    times: fc.integer({ min: 1, max: 6 }),
  }),
  { nil: undefined, freq: 2 },
);

const rung: fc.Arbitrary<Omit<Rung, 'id'>> = fc
  .record({
    kind: fc.constantFrom('reminder' as const, 'escalation' as const),
    offset,
    repeat,
    to: fc.oneof(fc.constant('assignee'), role),
  })
  .map(({ repeat: again, ...rest }) => (again === undefined ? rest : { ...rest, repeat: again }));

/** In any order: which speaks first may depend on the deadline, so the core does not rely on the ladder's. */
const ladder: fc.Arbitrary<Ladder> = fc.array(rung, { maxLength: 4, size: 'max' }).map((rungs) => ({
  id: 'random',
  rungs: rungs.map((each, index) => ({ ...each, id: `rung-${index}` })),
}));

/** On a fact that nothing changes: it holds for good, or never. */
const fixedCondition: fc.Arbitrary<Condition> = fc
  .constantFrom<FactValue>(null, 'deep')
  .map((value) => ({ op: 'is', fact: 'kind', in: [value] }));

/** Days that lie within the phase or go beyond its end, and turns that follow each other at once or after a weekend. */
const repeats: fc.Arbitrary<Repeats> = fc.oneof(
  fc
    .record({
      times: fc.integer({ min: 2, max: 3 }),
      unit: fc.constantFrom('days' as const, 'workingDays' as const, 'weeks' as const),
      count: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ times, unit, count }): Repeats => ({ kind: 'inTurn', times, ...(count === 0 ? {} : { apart: { unit, count } }) })),
  fc.record({ first: opening, days: fc.integer({ min: 1, max: 9 }), times: fc.integer({ min: 2, max: 4 }) }).map(
    ({ first, days, times }): Repeats => ({
      kind: 'scheduled',
      every: { unit: 'days', count: days },
      opens: Array.from({ length: times }, (_, index) => startOf(first) + index * days * DAY),
    }),
  ),
);

const joining: fc.Arbitrary<Joining | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant<Joining>({ kind: 'shift' }) },
  { weight: 1, arbitrary: fc.constant<Joining>({ kind: 'skip' }) },
  { weight: 1, arbitrary: due.map((rule): Joining => ({ kind: 'due', due: rule })) },
);

/** Of two tasks in three nothing of the kind; `again` counts round the tasks there are. */
const leaving: fc.Arbitrary<Leaving | undefined> = fc.option(
  fc.record({ when: condition, withdraw: fc.boolean(), again: fc.array(fc.nat(5), { maxLength: 2 }), ofWithdrawn: fc.boolean() }),
  { nil: undefined, freq: 2 },
);

interface Leaving {
  readonly when: Condition;
  readonly withdraw: boolean;
  readonly again: readonly number[];
  readonly ofWithdrawn: boolean;
}

function outcomeOf({ when, withdraw, again }: Leaving, choices: readonly TaskChoices[]): Outcome {
  const asked = again.map((each) => each % choices.length).filter((each) => choices[each]!.repeats === undefined);
  return {
    when,
    set: {},
    ...(withdraw ? { withdraw: true } : {}),
    ...(asked.length === 0 ? {} : { again: [...new Set(asked)].map((each) => `t${each}`) }),
  };
}

interface TaskChoices {
  readonly over: Omit<Partial<ProgramTask>, 'gate'>;
  readonly after: readonly number[];
  readonly gate: Omit<Gate, 'id'> | undefined;
  readonly gated: boolean;
  /** A task before this one, whose doer neither holds nor reviews it. */
  readonly other: number | undefined;
  readonly repeats: Repeats | undefined;
  readonly sample: Sample | undefined;
  readonly joining: Joining | undefined;
  readonly leaving: Leaving | undefined;
}

const taskChoices: fc.Arbitrary<TaskChoices> = fc.record({
  over: fc.record({
    opensAt: opening.map(startOf),
    holder: role.map((id) => ({ role: id })),
    due,
    phase: fc.constantFrom('first', 'second', 'third'),
    atEnd: fc.constantFrom('late' as const, 'close' as const, 'hold' as const),
    endsAt: end.map(endOf),
    reviews: fc.array(review, { maxLength: 2 }),
    returns,
    ladder: fc.constantFrom('standard', 'random', 'silent'),
    outcomes: fc.array(fc.record({ when: condition, set: facts }), { maxLength: 1 }),
    assigns: fc.constantFrom({}, { class: 'cadre' }),
    rows: fc.subarray([
      { table: 'measures', task: 'row-here', to: 'self' as const },
      { table: 'findings', task: 'row-there', to: { column: 'union' } },
      { table: 'found', admits: true as const, to: 'self' as const },
    ]),
  }),
  after: fc.array(fc.nat(5), { maxLength: 2 }),
  gate: fc.option(
    fc.record({
      of: fc.constant('household' as const),
      task: fc.constant('counted'),
      share: fc.constantFrom(0.5, 1),
      latched: fc.boolean(),
      noLaterThan: end.map(startOf),
    }),
    { nil: undefined, freq: 3 },
  ),
  gated: fc.boolean(),
  other: fc.option(fc.nat(5), { nil: undefined }),
  repeats: fc.option(repeats, { nil: undefined, freq: 2 }),
  sample: fc.option(fc.record({ share: fc.constant(0.5), seed: fc.constantFrom('a', 'b', 'c', 'd') }), {
    nil: undefined,
    freq: 3,
  }),
  joining,
  leaving,
});

const WORK: Hours['work'] = [
  { fromMinute: 8 * 60 + 30, toMinute: 12 * 60 },
  { fromMinute: 14 * 60, toMinute: 18 * 60 },
];
const hours: fc.Arbitrary<Hours> = fc.constantFrom<Hours>(
  { work: WORK },
  { work: WORK, quiet: { fromMinute: 21 * 60, toMinute: 7 * 60 + 30 } },
  { work: WORK, quiet: { fromMinute: 12 * 60, toMinute: 14 * 60 }, quietOnDaysOff: true },
);

/** Each at its own instants, some of them before the run begins. */
const bulletins: fc.Arbitrary<readonly BulletinTimes[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('weekly', 'notice'),
    style: fc.constantFrom('bulletin' as const, 'circular' as const),
    to: role,
    at: fc
      .uniqueArray(fc.integer({ min: -10, max: 60 }), { maxLength: 4 })
      .map((days) => days.sort((a, b) => a - b).map((day) => startOf('2020-10-05') + day * DAY + 16 * 60 * MINUTE)),
  }),
  { selector: ({ id }) => id, maxLength: 2 },
);

/** A task may wait for those before it and for tasks that rows make; the plan lists them in any order. */
export const arbitraryProgram: fc.Arbitrary<Program> = fc
  .record({
    choices: fc.array(taskChoices, { minLength: 1, maxLength: 5, size: 'max' }),
    whens: fc.array(fc.option(fc.oneof({ weight: 3, arbitrary: condition }, fixedCondition), { nil: undefined, freq: 3 }), {
      minLength: 5,
      maxLength: 5,
    }),
    random: ladder,
    scope: fc.constantFrom('campaign' as const, 'union' as const, 'household' as const),
    turned: fc.boolean(),
    hours,
    bulletins,
    pauses: fc.constantFrom<PauseRules>(
      {},
      { absolute: 'move' },
      { completions: 'accept' },
      { absolute: 'move', completions: 'accept' },
    ),
  })
  .map(({ choices, whens, random, scope, turned, hours: chosen, bulletins: issues, pauses }) => {
    const planned = choices.map(
      ({ over, after, gate, gated, other, sample, repeats: often, joining: late, leaving: left }, index) => {
        const when = whens[index];
        const before = [...new Set(after.filter((other) => other < index).map((other) => `t${other}`))];
        return task({
          id: `t${index}`,
          ...over,
          ...(other === undefined || other >= index ? {} : { holder: { ...over.holder!, not: `t${other}` } }),
          after: before,
          feeds: [`gate-of-${index}`],
          ...(sample === undefined ? {} : { sample }),
          ...(when === undefined ? {} : { when }),
          ...(when?.op === 'is' && when.fact === 'kind' ? { fixed: true as const } : {}),
          ...(often === undefined ? {} : { repeats: often }),
          ...(late === undefined ? {} : { joining: late }),
          ...(left === undefined ? {} : { outcomes: [...over.outcomes!, outcomeOf(left, choices)] }),
          ...(left?.ofWithdrawn === true ? { ofWithdrawn: true as const } : {}),
          ...(often?.kind === 'scheduled' ? { opensAt: often.opens[0]! } : {}),
          ...(gate === undefined
            ? {}
            : { gate: { id: `g${index}`, ...gate, ...(gated ? {} : { noLaterThan: gate.noLaterThan! }) } }),
        });
      },
    );
    return program({
      scope,
      tasks: [
        ...(turned ? planned.reverse() : planned),
        rowTask({ id: 'row-here', ladder: 'standard' }),
        rowTask({ id: 'row-there', ladder: 'random', atEnd: 'close' }),
      ],
      hours: chosen,
      ...(scope === 'campaign' && issues.length > 0 ? { bulletins: issues } : {}),
      pauses,
      ladders: { standard: STANDARD, random, silent: { id: 'silent', rungs: [] } },
    });
  });

/** From before the campaign to beyond the day table, mostly within the campaign, on the edges of days and of nine o'clock. */
export const arbitraryInstant: fc.Arbitrary<Instant> = fc
  .record({
    day: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }) },
      { weight: 1, arbitrary: fc.integer({ min: 61, max: 300 }) },
    ),
    ms: fc.constantFrom(0, 1, 9 * 60 * MINUTE - 1, 9 * 60 * MINUTE, 9 * 60 * MINUTE + 1, 45_296_789, DAY - 1),
  })
  .map(({ day, ms }) => startOf('2020-10-05') + day * DAY + ms);

/** What somebody tries at an instant. Whom and what it is about is chosen by number from what there is at that time. */
export interface Attempt {
  readonly at: Instant;
  readonly kind: 'complete' | 'accept' | 'return' | 'spawn' | 'gate' | 'adjust';
  readonly adjustment: AdjustmentChoice;
  readonly which: number;
  /** Mostly whoever must act; else somebody else. */
  readonly stranger: boolean;
  readonly facts: Facts;
  readonly rows: readonly {
    readonly table: string;
    readonly row: number;
    readonly due: string;
    readonly union: string;
    readonly holder: string;
  }[];
  readonly lateReason: boolean;
  /** Sends the command before it once more. */
  readonly repeats: boolean;
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  at: arbitraryInstant,
  kind: fc.constantFrom(
    ...(['complete', 'complete', 'complete', 'complete', 'accept', 'accept', 'accept', 'return', 'spawn', 'gate'] as const),
    ...(['adjust', 'adjust', 'adjust'] as const),
  ),
  adjustment: arbitraryChoice,
  which: fc.nat(20),
  stranger: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  facts,
  rows: fc
    .array(
      fc.record({
        table: fc.constantFrom('measures', 'findings', 'found'),
        row: fc.integer({ min: 1, max: 3 }),
        due: fc.constantFrom('2020-10-26', '2020-11-10', '2020-12-31'),
        union: fc.constant('u2'),
        holder: fc.constantFrom('cadre-1', 'head-1'),
      }),
      { maxLength: 3, size: 'max' },
    )
    .map((rows) =>
      rows.filter((row, index) => rows.findIndex(({ table, row: place }) => table === row.table && place === row.row) === index),
    ),
  lateReason: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  repeats: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

export const arbitraryAttempts: fc.Arbitrary<readonly Attempt[]> = fc
  .array(attempt, { minLength: 5, maxLength: 30, size: 'max' })
  .map((attempts) => attempts.sort((a, b) => a.at - b.at));

/** Clocks that are made to stand still and to go on, also when they do so already. */
export interface Pausing {
  readonly at: Instant;
  readonly kind: 'pause' | 'resume';
  readonly cause: PauseCause;
}

/** In most stories there is none. */
export const arbitraryPausing: fc.Arbitrary<readonly Pausing[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<readonly Pausing[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.record({
          from: arbitraryInstant,
          // Of an hour, a day and a half, or some days; some never end.
          ms: fc.constantFrom(HOUR, DAY + DAY / 2, 4 * DAY, 8 * DAY + HOUR, Infinity),
          cause: fc.constantFrom<PauseCause>('self', 'self', 'union', 'run'),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((stretches) =>
        stretches.flatMap(({ from, ms, cause }): Pausing[] => [
          { at: from, kind: 'pause', cause },
          ...(ms === Infinity ? [] : [{ at: from + ms, kind: 'resume', cause } as const]),
        ]),
      ),
  },
);

/** Who fills the posts: some are vacant, and one person may fill several. */
export const arbitraryRoles: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .record({
    cadre: person('cadre-1'),
    'union-officer': person('officer-1'),
    'union-head': person('head-1'),
    office: person('office-1'),
  })
  .map((roles) => Object.fromEntries(Object.entries(roles).filter((entry): entry is [string, string] => entry[1] !== undefined)));

function person(usual: string): fc.Arbitrary<string | undefined> {
  return fc.constantFrom(usual, usual, usual, 'head-1', undefined);
}

/** Programs, and what people do in them, for properties: small, but with every rule the core has, and with instants that sit on its edges. */
import fc from 'fast-check';
import type {
  Condition,
  DueRule,
  FactValue,
  Gate,
  Instant,
  Ladder,
  Program,
  ProgramTask,
  ReviewStep,
  Rung,
} from '../../model/plan.ts';
import { acceptBy, confirmBy, dueOn, dueWithin, endOf, program, rowTask, startOf, STANDARD, task } from './program-builder.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

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
const facts = fc.dictionary(fc.constantFrom(...FACTS), factValue, { maxKeys: 2, noNullPrototype: true });

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

const due: fc.Arbitrary<DueRule> = fc.oneof(
  fc.record({ date: end, notice: fc.integer({ min: 1, max: 4 }) }).map(({ date: on, notice }) => dueOn(on, notice)),
  fc.integer({ min: 1, max: 8 }).map(dueWithin),
);

const review: fc.Arbitrary<ReviewStep> = fc
  .record({ by: role, accepts: fc.boolean(), when: fc.option(condition, { nil: undefined }) })
  .map(({ by, accepts, when }) => (accepts ? acceptBy(by, when) : confirmBy(by, when)));

const rung: fc.Arbitrary<Omit<Rung, 'id'>> = fc.record({
  kind: fc.constantFrom('reminder' as const, 'escalation' as const),
  workingDays: fc.integer({ min: -6, max: 6 }),
  atMinute: fc.constantFrom(0, 9 * 60, 23 * 60 + 59, null),
  to: fc.oneof(fc.constant('assignee'), role),
});

/** Rungs come in the order of their instants, as the compiler sees to; being overdue comes last of its day. */
const placeOf = ({ workingDays, atMinute }: Omit<Rung, 'id'>): number =>
  atMinute === null ? 1440 : workingDays * 1440 + atMinute;
const ladder: fc.Arbitrary<Ladder> = fc.array(rung, { maxLength: 4, size: 'max' }).map((rungs) => ({
  id: 'random',
  rungs: rungs.sort((a, b) => placeOf(a) - placeOf(b)).map((each, index) => ({ ...each, id: `rung-${index}` })),
}));

interface TaskChoices {
  readonly over: Omit<Partial<ProgramTask>, 'gate'>;
  readonly after: readonly number[];
  readonly gate: Omit<Gate, 'id'> | undefined;
  readonly gated: boolean;
}

const taskChoices: fc.Arbitrary<TaskChoices> = fc.record({
  over: fc.record({
    opensAt: opening.map(startOf),
    holder: role.map((id) => ({ role: id })),
    due,
    atEnd: fc.constantFrom('late' as const, 'late' as const, 'close' as const),
    endsAt: end.map(endOf),
    reviews: fc.array(review, { maxLength: 2 }),
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
});

/** A task may wait for those before it and for tasks that rows make; the plan lists them in any order. */
export const arbitraryProgram: fc.Arbitrary<Program> = fc
  .record({
    choices: fc.array(taskChoices, { minLength: 1, maxLength: 5, size: 'max' }),
    whens: fc.array(fc.option(condition, { nil: undefined, freq: 3 }), { minLength: 5, maxLength: 5 }),
    random: ladder,
    scope: fc.constantFrom('campaign' as const, 'union' as const, 'household' as const),
    turned: fc.boolean(),
  })
  .map(({ choices, whens, random, scope, turned }) => {
    const planned = choices.map(({ over, after, gate, gated }, index) => {
      const when = whens[index];
      const before = [...new Set(after.filter((other) => other < index).map((other) => `t${other}`))];
      return task({
        id: `t${index}`,
        ...over,
        after: before,
        feeds: [`gate-of-${index}`],
        ...(when === undefined ? {} : { when }),
        ...(gate === undefined
          ? {}
          : { gate: { id: `g${index}`, ...gate, ...(gated ? {} : { noLaterThan: gate.noLaterThan! }) } }),
      });
    });
    return program({
      scope,
      tasks: [
        ...(turned ? planned.reverse() : planned),
        rowTask({ id: 'row-here', ladder: 'standard' }),
        rowTask({ id: 'row-there', ladder: 'random', atEnd: 'close' }),
      ],
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
  readonly kind: 'complete' | 'accept' | 'return' | 'spawn' | 'gate';
  readonly which: number;
  /** Mostly whoever must act; else somebody else. */
  readonly stranger: boolean;
  readonly facts: Readonly<Record<string, FactValue>>;
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
  kind: fc.constantFrom('complete', 'complete', 'complete', 'complete', 'accept', 'accept', 'accept', 'return', 'spawn', 'gate'),
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

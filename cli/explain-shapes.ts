/** What `explain --json` and `new --json` print. Promised like those of shapes.ts: members are added, never renamed, retyped or taken away. */
import { z } from 'zod';
import type { TaskExplanation } from '../explainer/explain-task.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const instant = (about: string) => z.int().describe(about === '' ? 'instant' : `instant: ${about}`);
const date = (about: string) => z.string().describe(about);

const Title = z.strictObject({ zh: z.string(), en: z.string() });
const named = { id: z.string(), title: Title };
const Named = z.strictObject(named);
const Scope = z.enum(['campaign', 'union', 'household']);

const day = {
  date: date('YYYY-MM-DD'),
  weekday: z.string(),
  working: z.boolean(),
};
const Counted = list(
  z.strictObject({
    ...day,
    count: z.int().nullable().describe('its place in the count; null: not a working day, skipped'),
    skipped: z.enum(['weekend', 'day-off']).nullable().describe('why it does not count'),
  }),
);

const Offset = z.strictObject({
  unit: z.enum(['minutes', 'hours', 'workingHours', 'days', 'workingDays', 'weeks']),
  count: z.int().describe('negative: before'),
  atMinute: z.int().exactOptional().describe('of days and weeks: minutes after midnight'),
});

const Condition = z
  .strictObject({
    words: z.string(),
    facts: list(
      z.strictObject({
        fact: z.string(),
        choices: list(z.string()),
        fromRegister: z.boolean(),
        initial: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        setBy: list(Named).describe('tasks'),
      }),
    ),
  })
  .nullable();

const Post = z.strictObject({
  chain: list(Named).describe('the role, then each that takes its place while the ones before are vacant'),
  filledBy: list(Named).describe('tasks; none: the register fills it'),
  usually: Named.describe('who it comes to when every post is filled'),
  here: z
    .strictObject({
      person: z.string().nullable().describe('id in the register; null: whoever a task names that comes first, or nobody'),
      namedBy: Named.nullable().describe('that task'),
      role: Named.describe('the post by which it is that person'),
      passedOver: list(Named).describe('vacant, or held by somebody who may not be chosen'),
    })
    .exactOptional()
    .describe('with --roster: who that is when it opens'),
});

const Opening = z.strictObject({
  earliestAt: instant(''),
  after: list(z.strictObject({ ...named, isMadeByRows: z.boolean() })).describe('done or waived first'),
  gate: z
    .strictObject({
      of: Scope,
      above: z.boolean().describe('it waits for the one instance above that this one belongs to'),
      task: Named,
      share: z.number(),
      noLaterThan: instant('').nullable(),
      latched: z.boolean(),
    })
    .nullable(),
  when: Condition,
  fixed: z.boolean().describe('the condition is decided at enrolment and never changes'),
  sample: z.number().nullable().describe('only in about this share of the instances'),
  heldBy: list(Named).describe('tasks that hold an earlier phase open'),
  madeBy: list(z.strictObject({ task: Named, form: Named, table: Named, to: z.string() })).describe('rows that make it'),
});

const Rung = z.strictObject({
  rung: z.string(),
  kind: z.enum(['reminder', 'escalation']),
  occurrence: z.int().describe('from 1; more where it is said again'),
  fate: z.enum(['speaks', 'dropped', 'closed', 'beyond']).describe('dropped: before the opening; beyond: past the known days'),
  at: instant('').nullable(),
  sendAt: instant('after the quiet hours, where they hold it back').nullable(),
  day: z.strictObject(day).nullable(),
  workingDays: z.int().nullable().describe("from the deadline's day; null: not counted in working days"),
  offset: Offset.nullable().describe('from the deadline, or from the time before; null: the instant after the deadline'),
  counted: Counted,
  to: Post.nullable().describe('null: whoever must act'),
  daily: z.boolean().describe('leaves in one list a day'),
});

const Effects = z.strictObject({
  answers: list(z.string()).describe('facts'),
  outcomes: list(
    z.strictObject({
      when: Condition,
      sets: list(z.string()),
      withdraws: z.boolean().describe('the household or union leaves the campaign'),
      again: list(Named).describe('tasks that come up once more'),
    }),
  ),
  assigns: list(z.strictObject({ fact: z.string(), role: Named })),
  rows: list(z.strictObject({ table: Named, task: Named.nullable(), to: z.string() })).describe('no task: admits a household'),
  feeds: list(Named).describe('tasks whose gate counts this one'),
  unblocks: list(Named).describe('tasks that wait for this one'),
  decides: list(Named).describe('tasks whose condition reads its facts'),
});

const Certainty = z.enum(['no', 'depends', 'yes']);
const Here = z
  .strictObject({
    instance: z.string(),
    union: z.string().nullable(),
    comesUp: Certainty.describe('depends: on what people answer, or on rows that they write'),
    mayLeave: z.boolean().describe('it may leave the campaign before'),
    reasons: list(
      z.strictObject({
        kind: z.enum(['joined', 'past', 'sample', 'condition', 'before', 'unasked', 'rows']),
        says: Certainty,
        task: Named.nullable(),
      }),
    ),
    facts: list(
      z.strictObject({
        fact: z.string(),
        value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        mayChange: z.boolean(),
      }),
    ).describe('what its condition reads'),
  })
  .nullable()
  .describe('the household or union that was named; null: none was');

export const Explanation = z.strictObject({
  messages: list(z.strictObject({ about: z.string(), message: z.string(), zh: z.string(), en: z.string() })).describe(
    'what those say that the definition has words of its own for, with names that stand for any',
  ),
  task: z.string(),
  title: Title,
  scope: Scope,
  here: Here,
  basis: z.strictObject({ kind: z.enum(['doc', 'practice', 'house']), place: z.string().exactOptional() }),
  phase: z.strictObject({ ...named, startsAt: instant(''), endsAt: instant('') }),
  action: z.strictObject({ ...named, number: z.int() }),
  form: Named,
  opening: Opening,
  repeats: z
    .strictObject({
      kind: z.enum(['in-turn', 'scheduled']),
      times: z.int(),
      occurrence: z.int().describe('which of them is explained'),
      span: z.string().nullable().describe('what lies between them'),
      opens: list(instant('')).describe('of scheduled'),
    })
    .nullable(),
  joining: z
    .strictObject({
      kind: z.enum(['shift', 'skip', 'due']),
      words: z.string(),
      daysLate: z.int().describe('of the enrolment that is explained'),
    })
    .nullable()
    .describe('of whoever is enrolled after it had begun; null: it comes up at once'),
  holder: Post.nullable().describe('null: the person its row names'),
  holderColumn: z.string().nullable(),
  holderNot: Named.nullable().describe('nobody who handed in this task holds it'),
  reviews: list(
    z.strictObject({
      kind: z.enum(['confirm', 'accept']),
      by: Post,
      not: Named.nullable(),
      when: Condition,
      time: z
        .strictObject({
          within: Offset,
          ladder: z.string().describe('that speaks meanwhile'),
          since: instant('as if it came to the reviewer then'),
          deadline: instant(''),
          ...day,
          counted: Counted,
          rungs: list(Rung),
        })
        .nullable()
        .describe('that its reviewer has'),
    }),
  ),
  returns: z.strictObject({ atMost: z.int(), within: Offset.nullable().describe('time to hand it in again') }),
  retract: Offset.nullable().describe('so long after it was accepted whoever handed it in may take it back'),
  openedAt: instant('the opening that is explained'),
  rowDue: date('the day its row is taken to name').nullable(),
  due: z.strictObject({
    deadline: instant(''),
    ...day,
    rule: z.enum(['phase-end', 'next-occurrence', 'date', 'notice', 'working-days', 'row', 'from']),
    fixed: date("the definition's own date").nullable(),
    fixedAt: instant('of that date').nullable(),
    workingDays: z.int().nullable(),
    anchor: z
      .strictObject({
        words: z.string(),
        once: z.string().describe('the words for when it becomes known'),
        offset: Offset,
        at: instant('null while it is unknown').nullable(),
        moves: z.boolean().describe('it may become known or change later'),
      })
      .nullable()
      .describe('what it is counted from'),
    counted: Counted,
  }),
  ladder: z.string(),
  rungs: list(Rung),
  end: z.strictObject({
    atEnd: z.enum(['late', 'close', 'hold']),
    endsAt: instant(''),
    closesAt: instant('when it is missed').nullable(),
  }),
  effects: Effects,
}) satisfies z.ZodType<TaskExplanation>;

export const NewDefinition = z.strictObject({
  folder: z.string(),
  id: z.string(),
  files: list(z.string()),
  starts: date('the first day, YYYY-MM-DD'),
  ends: date('the last day, YYYY-MM-DD'),
});

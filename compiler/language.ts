/**
 * The language of definitions: what each file may hold (longer than most files because the whole language stands in one place). Strict everywhere: a key
 * nobody reads is a mistake.
 */
import { z } from 'zod';
import { type RuleName, TIMER_POLICIES } from '../model/adjustment.ts';
import { DaySpan, Joining, JoiningByDefault, Past, Repeats } from './case-language.ts';
import { ChoiceList, Form, Part } from './form-language.ts';
import { Due, Duration, Hours, isOneOffset, Repeat, TimeOfDay, units, unitsIn } from './time-language.ts';
import { ConditionText, chooseOne, DateText, Id, Name, ParameterName, ParameterValue, Scope, Title, Value } from './words.ts';

export const Role = z.strictObject({ title: Title, scope: Scope, fallback: Id.optional() });
export type Role = z.infer<typeof Role>;

export const Fact = chooseOne(
  z.strictObject({
    scope: Scope,
    choices: z.array(Id).min(1).max(50).optional(),
    type: z.enum(['number', 'boolean', 'date', 'person']).optional(),
    from: z.literal('roster').optional(),
    initial: Value.optional(),
  }),
  ['choices'],
  ['type'],
);
export type Fact = z.infer<typeof Fact>;

export const Rung = chooseOne(
  z.strictObject({
    id: Id,
    /** `assignee`, or a role. */
    remind: Id.optional(),
    escalate: Id.optional(),
    when: z.literal('overdue').optional(),
    ...units,
    at: TimeOfDay.optional(),
    repeat: Repeat.optional(),
    digest: z.literal('daily').optional(),
    /** A message of the definition's own. */
    text: Id.optional(),
  }),
  ['remind'],
  ['escalate'],
)
  .refine(
    ({ when, ...keys }) =>
      when === undefined ? isOneOffset(keys, { needsTime: true }) : unitsIn(keys).length === 0 && keys.at === undefined,
    {
      error: 'exactly one of when, minutes, hours, workingHours, days + at, workingDays + at or weeks + at',
      params: { code: 'CHOOSE_ONE' },
      abort: true,
    },
  )
  .refine(({ digest, text }) => digest === undefined || text === undefined, {
    error: 'no `text` where there is `digest`: a list has words of its own',
  });
export type Rung = z.infer<typeof Rung>;

const Rungs = z.array(Rung).min(1).max(20);

/** Another ladder with some rungs left out, and some put in or put otherwise. */
export const LadderVersion = z.strictObject({
  extends: Id,
  without: z.array(Id).min(1).max(20).optional(),
  rungs: Rungs.optional(),
});
export type LadderVersion = z.infer<typeof LadderVersion>;

export const Ladder = z.union([Rungs, LadderVersion], { error: 'a list of rungs, or { extends: ladder, without: …, rungs: … }' });
export type Ladder = z.infer<typeof Ladder>;

export const Review = chooseOne(
  z.strictObject({
    confirm: Id.optional(),
    accept: Id.optional(),
    /** A task whose doer does not review. */
    not: Id.optional(),
    when: ConditionText.optional(),
    /** The time the reviewer has. */
    within: Duration.optional(),
    /** Default: the one named `review`, or the task's. */
    ladder: Id.optional(),
  }),
  ['confirm'],
  ['accept'],
).refine(({ within, ladder }) => ladder === undefined || within !== undefined, {
  error: '`within` where it has a `ladder` of its own',
  params: { code: 'CHOOSE_ONE' },
  abort: true,
});
export type Review = z.infer<typeof Review>;

export const Returns = z
  .strictObject({
    /** Default 20. */
    atMost: z.number().int().min(1).max(20).optional(),
    /** Time to hand it in again. */
    within: Duration.optional(),
  })
  .refine(({ atMost, within }) => atMost !== undefined || within !== undefined, {
    error: '{ atMost: 3 }, { within: { workingDays: 2 } } or both',
  });
export type Returns = z.infer<typeof Returns>;

/** Taking back what was accepted. */
export const Retract = z.strictObject({ within: Duration });
export type Retract = z.infer<typeof Retract>;

export const Outcome = z
  .strictObject({
    when: ConditionText.optional(),
    set: z.record(Name, Value).optional(),
    /** The instance leaves the campaign. */
    withdraw: z.literal(true).optional(),
    /** These tasks come up once more. */
    again: z.array(Id).min(1).max(20).optional(),
  })
  .refine(({ set, withdraw, again }) => set !== undefined || withdraw !== undefined || again !== undefined, {
    error: 'at least one of set, withdraw or again',
    params: { code: 'CHOOSE_ONE' },
    abort: true,
  });
export type Outcome = z.infer<typeof Outcome>;

export const RowRule = chooseOne(
  z.strictObject({
    table: Name,
    task: Id.optional(),
    admits: z.literal(true).optional(),
    /** Default `self`. */
    to: z.union([z.literal('self'), z.strictObject({ column: Name })], { error: 'self, or { column: … }' }).optional(),
  }),
  ['task'],
  ['admits'],
);
export type RowRule = z.infer<typeof RowRule>;

/** Counts those below, or waits for the one above: `of: union` is a household's own, `of: campaign` everybody's. */
export const Gate = z
  .strictObject({
    all: z.enum(['unions', 'households']).optional(),
    share: z.number().gt(0).max(1).optional(),
    of: z.enum(['unions', 'households', 'union', 'campaign']).optional(),
    task: Id,
    /** Opens when this day begins, whatever the count. */
    noLaterThan: DateText.optional(),
    /** Default true: once open, stays open. */
    latched: z.boolean().optional(),
  })
  .refine(({ all, share, of }) => (all === undefined) !== (of === undefined) && (share !== undefined) === isCounted(of), {
    error: 'exactly one of all, share + of (unions or households), or of alone (union or campaign)',
    params: { code: 'CHOOSE_ONE' },
    abort: true,
  });
const isCounted = (of: string | undefined): boolean => of === 'unions' || of === 'households';
export type Gate = z.infer<typeof Gate>;

export const Sample = z.strictObject({ share: z.number().gt(0).max(1), seed: z.string().min(1).max(60).optional() });
export type Sample = z.infer<typeof Sample>;

export const Task = z.strictObject({
  id: Id,
  title: Title,
  /** A place in the document, `practice` or `house`. */
  basis: z.string().min(1).max(40),
  scope: Scope,
  holder: z.union([Id, z.strictObject({ role: Id, not: Id }), z.strictObject({ row: Name })], {
    error: 'a role, { role: …, not: task } or { row: column }',
  }),
  form: Id,
  after: z.array(Id).min(1).max(20).optional(),
  when: ConditionText.optional(),
  gate: Gate.optional(),
  /** Only in some instances, chosen by their ids. */
  sample: Sample.optional(),
  /** Default `phase-end`. */
  due: Due.optional(),
  repeats: Repeats.optional(),
  /** Default: the main file's, or `catch-up`. */
  joining: Joining.optional(),
  /** Default `late`. */
  atEnd: z.enum(['late', 'close', 'hold']).optional(),
  /** Default `standard`. */
  ladder: Id.optional(),
  reviews: z.array(Review).min(1).max(5).optional(),
  returns: Returns.optional(),
  /** Whoever handed it in may take it back so long after it was accepted. */
  retract: Retract.optional(),
  outcomes: z.array(Outcome).min(1).max(20).optional(),
  /** It comes up also in instances that have left. */
  ofWithdrawn: z.literal(true).optional(),
  /** What becomes of its deadline when an amendment changes the rule. Default: what the amendment says. */
  onAmend: z.enum(TIMER_POLICIES).optional(),
  assigns: z.record(Name, Id).optional(),
  rows: z.array(RowRule).min(1).max(10).optional(),
});
export type Task = z.infer<typeof Task>;

export const Action = z.strictObject({
  id: Id,
  number: z.number().int().min(1).max(999),
  title: Title,
  tasks: z.array(Task).max(100),
});
export type Action = z.infer<typeof Action>;

export const Phase = z.strictObject({
  id: Id,
  title: Title,
  starts: DateText,
  ends: DateText,
  /** Default `refuse`. */
  past: Past.optional(),
  actions: z.array(Action).max(50),
});
export type Phase = z.infer<typeof Phase>;

export const Target = z.strictObject({
  title: Title,
  of: ConditionText,
  counts: z.record(Id, z.strictObject({ title: Title, when: ConditionText })),
  by: z.array(Name).max(10).optional(),
});
export type Target = z.infer<typeof Target>;

/** Of instances (`of`), of one indicator to another (`ratio`), or of tasks. */
export const Indicator = chooseOne(
  z.strictObject({
    title: Title,
    of: z.enum(['unions', 'households']).optional(),
    when: ConditionText.optional(),
    /** Adds this number of theirs up, where they would else be counted. */
    sum: Name.optional(),
    ratio: z.array(Id).length(2).optional(),
    tasks: z
      .strictObject({
        status: z.enum(['done', 'late', 'open', 'overdue', 'missed', 'all']),
        /** Of these only. */
        only: z.array(Id).min(1).max(50).optional(),
      })
      .optional(),
    /** Facts of whom it counts, `union`, and of tasks `phase`. */
    by: z.array(Name).min(1).max(5).optional(),
  }),
  ['of'],
  ['ratio'],
  ['tasks'],
);
export type Indicator = z.infer<typeof Indicator>;

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const DateOrPhase = z.union([DateText, Id], { error: 'a date, or the id of a phase' });

/** Leaves by itself, with counts by union. */
export const Bulletin = z
  .strictObject({
    title: Title,
    /** A role: of the federation, or of a circular the post of every union. */
    to: Id,
    every: DaySpan,
    /** Of weeks: the day of the week. */
    on: z.enum(WEEKDAYS).optional(),
    at: TimeOfDay,
    /** Default: the campaign's first day, or a phase's. */
    from: DateOrPhase.optional(),
    /** Default: the campaign's last day, or a phase's. */
    until: DateOrPhase.optional(),
    shows: z.array(Id).min(1).max(30),
    /** Default `bulletin`. */
    style: z.enum(['bulletin', 'circular']).optional(),
  })
  .refine(({ every, on }) => on === undefined || every.weeks !== undefined, { error: '`on` only where `every` counts weeks' });
export type Bulletin = z.infer<typeof Bulletin>;

/** Of a message, where the definition has words of its own. Called after a purpose, or named by rungs. */
export const Message = z.strictObject({
  zh: z.string().min(1).max(1000),
  en: z.string().min(1).max(1000),
  /** The fields that its texts name. */
  uses: z.array(z.string().max(60)).max(20).optional(),
});
export type Message = z.infer<typeof Message>;

/** What any file of a definition may hold. Lists and maps of several files are joined in the order of `files`. */
const content = {
  roles: z.record(Id, Role).optional(),
  facts: z.record(Name, Fact).optional(),
  ladders: z.record(Id, Ladder).optional(),
  lists: z.record(Id, ChoiceList).optional(),
  parts: z.record(Id, Part).optional(),
  forms: z.record(Id, Form).optional(),
  phases: z.array(Phase).max(50).optional(),
  targets: z.record(Id, Target).optional(),
  indicators: z.record(Id, Indicator).optional(),
  bulletins: z.record(Id, Bulletin).optional(),
  /** Ids are those of purposes too: `toReview`. */
  messages: z.record(Name, Message).optional(),
};
export const ContentFile = z.strictObject(content);
export type ContentFile = z.infer<typeof ContentFile>;

/** Who may adjust a run that goes on, and how often of one task. Of `delegate` and `cover` also the `holder`. */
export const AdjustmentRule = z.strictObject({
  by: z.array(Id).min(1).max(10),
  atMost: z.number().int().min(1).max(50).optional(),
});
export type AdjustmentRule = z.infer<typeof AdjustmentRule>;

/** Who may, whatever the number of times. */
const AuthorityRule = AdjustmentRule.omit({ atMost: true });

export const Adjustments = z.strictObject({
  extend: AdjustmentRule.optional(),
  reassign: AdjustmentRule.optional(),
  delegate: AdjustmentRule.optional(),
  cover: AuthorityRule.optional(),
  amend: AuthorityRule.optional(),
  pause: AuthorityRule.optional(),
  withdraw: AuthorityRule.optional(),
  move: AuthorityRule.optional(),
  waive: AuthorityRule.optional(),
  reopen: AdjustmentRule.optional(),
  admit: AuthorityRule.optional(),
  assign: AuthorityRule.optional(),
} satisfies Record<RuleName, z.ZodType>);
export type Adjustments = z.infer<typeof Adjustments>;

/** What a pause makes of dates, and of work that is done meanwhile. */
export const Pauses = z.strictObject({
  absolute: z.enum(['stay', 'move']).optional(),
  completions: z.enum(['refuse', 'accept']).optional(),
});
export type Pauses = z.infer<typeof Pauses>;

/** By scope: the role that holds what is given to nobody in particular. */
export const AssignedHolders = z.strictObject({
  campaign: Id.optional(),
  union: Id.optional(),
  household: Id.optional(),
});
export type AssignedHolders = z.infer<typeof AssignedHolders>;

/** Instructions from above that become dated tasks, where they shall be otherwise than built in. */
export const Assigned = z
  .strictObject({
    form: Id.optional(),
    ladder: Id.optional(),
    /** A role that accepts what was done. */
    review: Id.optional(),
    holder: AssignedHolders.optional(),
  })
  .refine((keys) => Object.values(keys).some((each) => each !== undefined), {
    error: 'at least one of form, ladder, review or holder',
    params: { code: 'CHOOSE_ONE' },
    abort: true,
  });
export type Assigned = z.infer<typeof Assigned>;

/** The first file, which names the campaign and its other files. */
export const MainFile = z.strictObject({
  shigeyi: z.literal(1),
  /** The folder of the definition that this one is a version of. */
  base: z
    .string()
    .regex(/^\.\.(\/[A-Za-z0-9][A-Za-z0-9-]*){1,3}$/, {
      error: "the folder of a definition beside this one, such as '../ten-ones'",
    })
    .optional(),
  /** What `${name}` stands for. */
  parameters: z.record(ParameterName, ParameterValue).optional(),
  id: Id,
  title: Title,
  /** Of messages and bulletins. Default `zh`. */
  language: z.enum(['zh', 'en']).optional(),
  zone: z.string().max(60),
  calendar: Id,
  /** Working days a task gets when it opens on or after its own last day. */
  notice: z.number().int().min(1).max(20),
  /** Default `catch-up`. */
  joining: JoiningByDefault.optional(),
  hours: Hours.optional(),
  /** Of a kind that is left out, the office may as often as it likes. */
  adjustments: Adjustments.optional(),
  pauses: Pauses.optional(),
  assigned: Assigned.optional(),
  files: z
    .array(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*\.yaml$/, { error: "the name of a file beside this one, such as 'forms.yaml'" }),
    )
    .max(50)
    .optional(),
  ...content,
});
export type MainFile = z.infer<typeof MainFile>;

/** The shapes `--json` prints. They are promised: members are added, never renamed, retyped or taken away. */
import { z } from 'zod';
import type * as api from '../client/api.ts';
import type { Answer as CommandAnswer } from '../model/command.ts';
import type { TaskStatus } from '../model/snapshot.ts';

const instant = (about: string) => z.int().describe(about === '' ? 'instant' : `instant: ${about}`);
const count = (about: string) => z.int().min(0).describe(about);
const personId = (about: string) => z.string().nullable().describe(about);

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const Title = z.strictObject({ zh: z.string(), en: z.string() });
const STATUSES = [
  'waiting',
  'open',
  'returned',
  'inReview',
  'done',
  'missed',
  'waived',
  'dropped',
] as const satisfies readonly TaskStatus[];
const Status = z.enum(STATUSES);

export const RunSummary = z.strictObject({
  run: z.string(),
  campaign: z.string().describe("the definition's id"),
  title: Title,
  status: z.enum(['starting', 'running', 'closed']),
  clock: z.enum(['real', 'scaled', 'stepped']),
  now: instant('campaign time now, or when it closed'),
  startsAt: instant('first instant of the first phase'),
  endsAt: instant('last instant of the last phase'),
  phase: z.string().nullable().describe('id of the phase under way'),
  instances: z.strictObject({ planned: count('not opened yet'), open: count(''), closed: count('') }),
  paused: count('of the open ones'),
  tasks: z.strictObject(Object.fromEntries(STATUSES.map((status) => [status, count('')])) as Record<TaskStatus, z.ZodInt>),
  overdue: count('tasks not handed in by their deadline'),
  overdueReviews: count("tasks not reviewed by the review's own deadline"),
}) satisfies z.ZodType<api.RunSummary>;

export const TaskView = z.strictObject({
  task: z.string().describe('as `complete` and `review` take it'),
  title: Title,
  rowTitle: z
    .string()
    .nullable()
    .describe('the words of the row that made it, where its table names them, or the title of an assigned item'),
  union: z.string().nullable(),
  status: Status,
  openedAt: instant('campaign time'),
  deadline: instant('campaign time'),
  reviewDeadline: instant('of a review with a deadline of its own, while it goes on').nullable(),
  overdue: z.boolean().describe("past the holder's deadline, or the review's own"),
  overdueReview: z.boolean().describe('what is overdue is the review'),
  paused: z.boolean().describe('its clock stands still'),
  late: z.boolean().describe('handed in after its deadline'),
  holder: personId('who must do it'),
  reviewer: personId('who reviews it, while it is in review'),
  owner: personId('who had it delegated to its holder, and remains answerable'),
  standsFor: personId('whose place the holder takes while they are away'),
  returns: count('times it was returned'),
  form: z.string(),
  submission: z.string().nullable(),
}) satisfies z.ZodType<api.TaskView>;

export const Answer = z.strictObject({
  command: z.string().describe('asked again with this id, the answer is the same and nothing changes'),
  digest: z.string(),
  task: z.string().exactOptional(),
  status: z.string().exactOptional(),
  late: z.boolean().exactOptional(),
  at: instant('campaign time at which it was accepted'),
}) satisfies z.ZodType<CommandAnswer>;

const UnionReport = z.strictObject({
  union: z.string().nullable().describe("null: the federation's own"),
  name: z.string(),
  households: count(''),
  onTime: count('tasks done by their deadline'),
  late: count('tasks done after it'),
  missed: count('tasks that ended undone with their phase'),
  open: count('tasks not finished'),
  overdue: count('of these, not handed in by the deadline'),
  overdueReviews: count("of these, not reviewed by the review's own deadline"),
  returned: count('times that work was returned'),
  reminders: count('reminders sent'),
  escalations: z.record(z.string(), z.int()).describe('sent, by rung'),
});

const TargetCount = z.strictObject({
  target: z.string(),
  union: z.string(),
  by: z.record(z.string(), z.string()).describe('the facts it is counted by'),
  of: count('households the target is about'),
  counts: z.record(z.string(), z.int()),
  neither: count('of these, none of the counts holds'),
});

export const IndicatorCounts = list(
  z.strictObject({
    indicator: z.string(),
    title: Title,
    kind: z.enum(['count', 'sum', 'ratio', 'tasks']),
    value: z.number().nullable().describe('over all; null: a ratio of nothing'),
    unions: z.record(z.string(), z.number().nullable()),
    groups: list(z.strictObject({ by: z.record(z.string(), z.string()), value: z.number().nullable() })).describe(
      'by what it is also told apart by',
    ),
  }),
);

export const RunReport = z.strictObject({
  run: z.string(),
  unions: list(UnionReport),
  targets: list(TargetCount),
  indicators: IndicatorCounts,
}) satisfies z.ZodType<api.RunReport>;

const Discrepancy = z.strictObject({
  kind: z.enum(['instance', 'gate', 'outbox', 'audit']),
  place: z.string(),
  expected: z.string(),
  found: z.string(),
  repaired: z.boolean(),
});

export const Verification = z.strictObject({
  run: z.string(),
  instances: count('compared'),
  clean: z.boolean().describe('nothing differs, or everything that did was repaired'),
  discrepancies: list(Discrepancy),
}) satisfies z.ZodType<api.Verification>;

export const DefinitionIssue = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  code: z.string().describe('see docs/issue-codes.md'),
  severity: z.enum(['error', 'warning']),
  message: z.string().describe('in the language asked for'),
  hint: z.string(),
  related: list(z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1), note: z.string() })).describe(
    'other places that it is about',
  ),
});

export const Check = z.strictObject({
  ok: z.boolean().describe('no definition has an error'),
  definitions: list(
    z.strictObject({
      path: z.string(),
      ok: z.boolean(),
      plan: z
        .strictObject({
          hash: z.string(),
          campaign: z.string(),
          title: Title,
          startsAt: instant(''),
          endsAt: instant(''),
          phases: count(''),
          actions: count(''),
          tasks: count(''),
          forms: count(''),
        })
        .nullable()
        .describe('null when there are errors'),
      issues: list(DefinitionIssue),
    }),
  ),
});

export const RosterProblem = z.strictObject({
  sheet: z.string(),
  line: z.int().describe('counts from 1 and includes the heading'),
  column: z.string().exactOptional(),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});

export const Start = z.strictObject({
  run: z.string().nullable().describe('null after a dry run'),
  plan: z.string().describe("the plan's hash"),
  clock: z.enum(['real', 'scaled', 'stepped']),
  startsAt: instant(''),
  endsAt: instant(''),
  instances: count('planned: the campaign, its unions and its households'),
  skippedRows: list(RosterProblem).describe('of the register, with --skip-bad-rows'),
  past: list(
    z.strictObject({
      phase: z.string(),
      over: z.boolean().describe('it has ended'),
      becomes: z.enum(['catch-up', 'skip']).describe('its tasks come up at once, or not at all'),
    }),
  ).describe('phases that began before the run'),
});

export const FormTemplate = z.strictObject({
  run: z.string(),
  task: z.string(),
  form: z.string(),
  title: Title,
  rowTitle: z.string().nullable().describe('the words of the row that made the task, or the title of an assigned item'),
  words: z
    .strictObject({ title: z.string(), words: z.string(), from: z.string().exactOptional().describe('who gives it') })
    .nullable()
    .describe('of an assigned item: what is to be done'),
  fields: list(z.unknown()).describe('as the plan has them: id, title, type, choices'),
  rules: list(z.strictObject({ must: z.unknown(), say: Title, at: z.string() })).describe('what answers must keep to together'),
  returned: z
    .strictObject({ by: z.string(), at: z.int(), reason: z.string().nullable().describe('null once it can be read no more') })
    .nullable()
    .describe('of a task that came back from its reviewer'),
  answers: z
    .record(z.string(), z.unknown())
    .describe('to be filled in, and handed to `complete --form`; of a returned task those that were handed in before'),
});

export const Parts = z.strictObject({
  temporal: z.strictObject({ address: z.string(), namespace: z.string(), taskQueue: z.string() }),
  database: z.string().describe('host, port and name; no password'),
  worker: z.int().describe('its process id'),
});

export type Parts = z.infer<typeof Parts>;

export const Demo = z.strictObject({
  run: z.string(),
  clean: z.boolean().describe('the books balance'),
  acts: z.strictObject({
    completed: count(''),
    accepted: count(''),
    returned: count(''),
    left: count('duties that nobody ever did'),
  }),
  refusals: z.record(z.string(), z.int()).describe('by code'),
  retries: count('times that a part did not answer and was asked again'),
  seconds: z.number().describe('how long the campaign took'),
  behindMs: count('campaign time by which the people were behind their intentions, at most'),
  report: RunReport,
  verification: Verification,
});
export type Demo = z.infer<typeof Demo>;

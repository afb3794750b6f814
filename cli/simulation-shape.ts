/**
 * What `simulate --json` prints. Promised like every other shape: members are added, never renamed, retyped or taken away. It is a summary: its length
 * goes with people, with unions and phases, and with days, and not with what happened.
 */
import { z } from 'zod';
import type { Findings, PersonLoad } from '../simulator/findings.ts';

const count = (about = '') => z.int().min(0).describe(about);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const byName = z.record(z.string(), z.int());

const Peak = z
  .strictObject({
    date: z.string().describe("day in the plan's zone"),
    count: count(),
    tasks: list(z.strictObject({ task: z.string(), count: count() })).describe('the most frequent first'),
  })
  .nullable();

export const Simulation = z.strictObject({
  plan: z.string().describe("the plan's hash"),
  seed: z.int(),
  instances: count('the campaign, its unions and its households, with those admitted on the way'),
  acts: count('forms handed in and reviews given'),
  lines: list(
    z.strictObject({
      phase: z.string(),
      union: z.string().nullable().describe("null: the federation's own"),
      tasks: count('that came up'),
      onTime: count('done by their deadline'),
      late: count('done after it'),
      missed: count('ended undone with their phase'),
      unfinished: count('never finished, and nothing ended them'),
      returned: count('times that work was returned'),
      reminders: count('sent'),
      escalations: byName.describe('sent, by rung'),
    }),
  ),
  people: list(
    z.strictObject({
      person: z.string(),
      role: z.string(),
      union: z.string(),
      acts: count('forms handed in and reviews given'),
      due: count('deadlines that fell on this person as the holder'),
      messages: count('received'),
      peak: Peak.describe('the day with most acts'),
      duePeak: Peak.describe('the day with most deadlines'),
    }),
  ).describe('the heaviest day first'),
  days: list(z.strictObject({ date: z.string(), acts: count(), due: count(), messages: count() })),
  shut: list(z.strictObject({ task: z.string(), instances: count() })).describe(
    'tasks behind gates that were shut to the end, and in how many instances',
  ),
  targets: list(z.strictObject({ target: z.string(), of: count(), counts: byName })),
  indicators: list(
    z.strictObject({
      indicator: z.string(),
      value: z.number().nullable().describe('over all, at the end; null: a ratio of nothing'),
      unions: z.record(z.string(), z.number().nullable()),
      groups: list(z.strictObject({ by: z.record(z.string(), z.string()), value: z.number().nullable() })),
    }),
  ),
  refusals: byName.describe('acts that were refused, by code'),
  unfillable: list(z.strictObject({ form: z.string(), times: count(), reason: z.string() })).describe(
    'forms nobody could fill in',
  ),
  endedAt: z.int().describe('instant: nothing was left to happen'),
}) satisfies z.ZodType<Omit<Findings, 'people'> & { plan: string; seed: number; people: readonly Omit<PersonLoad, 'load'>[] }>;
export type Simulation = z.infer<typeof Simulation>;

/** Without what only a picture needs. */
export function summaryOf(findings: Findings, of: { readonly plan: string; readonly seed: number }): Simulation {
  const people = findings.people.map(({ load: _, ...person }) => person);
  return { ...of, ...findings, people };
}

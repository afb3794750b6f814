/** What a bulk says of each item with `--json`, a line each, and at its end. The lines are what `--retry` reads. */
import { z } from 'zod';
import { AdjustmentAnswer, Face } from '../adjustment.ts';

export const BULK_STATES = ['previewed', 'done', 'refused', 'unanswered', 'pending', 'left'] as const;

export const BulkLine = z.strictObject({
  run: z.string(),
  kind: z.string().describe('the command'),
  line: z.int().describe('of the file, or its place among those chosen'),
  item: z.record(z.string(), z.string()).describe('by column, with what the options say where the file says nothing'),
  command: z.string().nullable().describe('command id: the same is not done twice; null of a preview without --id'),
  state: z.enum(BULK_STATES).describe('unanswered: perhaps done; pending: goes on by itself; left: its turn did not come'),
  code: z.string().nullable().describe('of whatever is not done'),
  message: z.string().nullable(),
  touched: z.int().describe('tasks that look otherwise to people'),
  tasks: z
    .array(z.strictObject({ task: z.string(), before: Face, after: Face }))
    .readonly()
    .describe('of a preview'),
  posts: z
    .array(
      z.strictObject({ instance: z.string(), role: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    )
    .readonly()
    .describe('of a preview'),
  stands: z
    .array(z.string())
    .readonly()
    .describe('of a preview: tasks that followed from it and stay, because somebody has worked on them'),
});
export type BulkLine = z.infer<typeof BulkLine>;

const count = z.int().min(0);

/** The last line. */
export const BulkEnd = z.strictObject({
  end: z.strictObject({
    applied: z.boolean(),
    hash: z.string().nullable().describe('what --apply takes; null when it was applied'),
    id: z.string().nullable().describe('what --id takes, to go on with what is not done'),
    items: count,
    touched: count.describe('tasks'),
    states: z.strictObject(Object.fromEntries(BULK_STATES.map((state) => [state, count])) as Record<BulkState, typeof count>),
  }),
});
export type BulkEnd = z.infer<typeof BulkEnd>;
type BulkState = (typeof BULK_STATES)[number];

/** Of a command that takes one or many. */
export const OneOrManyAnswer = z.union([AdjustmentAnswer, BulkLine, BulkEnd]);
export type OneOrManyAnswer = z.infer<typeof OneOrManyAnswer>;

export function endOf(
  lines: readonly BulkLine[],
  { applied, hash, id }: Pick<BulkEnd['end'], 'applied' | 'hash' | 'id'>,
): BulkEnd {
  const states = Object.fromEntries(BULK_STATES.map((state) => [state, lines.filter((line) => line.state === state).length]));
  const counts = lines.filter(({ state }) => state === (applied ? 'done' : 'previewed'));
  const touched = counts.reduce((sum, line) => sum + line.touched, 0);
  return { end: { applied, hash, id, items: lines.length, touched, states: states as Record<BulkState, number> } };
}

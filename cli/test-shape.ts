/** What `test --json` prints. Promised like every other shape: members are added, never renamed, retyped or taken away. */
import { z } from 'zod';
import { COVERED_KINDS } from '../scenarios/coverage.ts';

/** What scenarios are played on. */
export const ENGINES = ['virtual', 'temporal'] as const;

const count = () => z.int().min(0);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const Tests = z.strictObject({
  ok: z.boolean().describe('every scenario passes, and enough is covered'),
  plan: z.string().describe("the plan's hash"),
  engine: z.enum(ENGINES).describe('what the scenarios were played on; of `temporal`, the virtual clock beside it'),
  scenarios: list(
    z.strictObject({
      file: z.string(),
      title: z.strictObject({ zh: z.string(), en: z.string() }).nullable().describe('null when the file could not be read'),
      ok: z.boolean(),
      steps: count(),
      failures: list(
        z.strictObject({
          file: z.string(),
          line: z.int().min(1),
          column: z.int().min(1),
          message: z.string(),
          about: z.string().optional().describe('where two things can be compared: of what'),
          expected: list(z.string()).optional().describe('there with `about`; empty is nothing'),
          found: list(z.string()).optional().describe('there with `about`'),
        }),
      ),
      ms: count(),
    }),
  ),
  coverage: z.strictObject({
    share: z.number().describe('0 to 1'),
    threshold: z.number().describe('0 to 1'),
    lines: list(
      z.strictObject({
        kind: z.enum(COVERED_KINDS),
        covered: count(),
        of: count(),
        missing: list(z.string()).describe('what no scenario has gone through'),
      }),
    ),
  }),
});
export type Tests = z.infer<typeof Tests>;

/** The shapes that the audit's commands print with `--json`. */
import { z } from 'zod';
import type * as api from '../client/api.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const count = (about: string) => z.int().min(0).describe(about);

export const AuditPage = z.strictObject({
  run: z.string(),
  rows: z
    .array(
      z.strictObject({
        instance: z.string().describe('c, u/<union> or h/<household>'),
        seq: z.int().describe("its place in the instance's trail"),
        at: z.int().describe('instant: campaign time'),
        kind: z.string(),
        task: z.string().nullable(),
        command: z.string().nullable().describe('null: time did it'),
        actor: z.string(),
        detail: z.record(z.string(), value).nullable().describe('a reason is the id of its words'),
        words: z.string().nullable().describe('of the reason, with --words; null otherwise'),
        changed: z
          .record(z.string(), z.tuple([value, value]).readonly())
          .nullable()
          .describe('of the task: from and to, by member'),
        void: z.boolean().describe('superseded: it did not happen'),
      }),
    )
    .readonly(),
  complete: z.boolean().describe('false: there are more, and these are the newest'),
}) satisfies z.ZodType<api.AuditPage>;

export const AuditExport = z.strictObject({
  run: z.string(),
  household: z.string().nullable().describe('null: the whole run'),
  file: z.string(),
  instances: count(''),
  rows: count(''),
  anchor: z
    .strictObject({ number: z.int(), hash: z.string() })
    .describe('over every row that was written before; worth keeping elsewhere'),
}) satisfies z.ZodType<api.AuditExport>;

export const AuditVerification = z.strictObject({
  run: z.string(),
  intact: z.boolean(),
  instances: count('whose trails were made again'),
  rows: count(''),
  anchors: count(''),
  lastAnchor: z.string().nullable().describe('its hash, to be compared with one kept elsewhere'),
  findings: z
    .array(
      z.strictObject({
        kind: z.enum(['changed', 'missing', 'inserted', 'reordered']),
        instance: z.string().nullable(),
        seq: z.int().nullable(),
        anchor: z.int().nullable(),
        message: z.string(),
      }),
    )
    .readonly()
    .describe('the first of each instance, by place; a hundred at most'),
}) satisfies z.ZodType<api.AuditVerification>;

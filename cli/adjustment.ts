/** What all commands share that adjust a run: seen first, done on a hash, and followed to the last instance. */
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { AdjustmentPreview } from '../client/preview-adjustment.ts';
import type { AdjustmentRequest } from '../client/adjust.ts';
import type { AdjustmentScope, TasksOf } from '../model/adjustment.ts';
import type { Offset } from '../model/offset.ts';
import { parseOffset } from '../model/offset-text.ts';
import { drawBar } from './bar.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode, misuse } from './failure.ts';
import type { Client } from './host.ts';
import { interruption } from './interruption.ts';
import { createLive, silentLive } from './screen.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

/** For whom, in all commands that adjust. */
export const SCOPE_OPTIONS = {
  union: { value: 'id', about: 'For a union and its households.' },
  household: { value: 'id', about: 'For one household.' },
  all: { about: 'For everybody in the run, also who joins later.' },
} as const;

export const ADJUST_OPTIONS = {
  reason: { value: 'words', about: 'Why, for those concerned.', required: true },
  as: { value: 'person', about: 'Who does it; the first of the office if left out.' },
  apply: { value: 'hash', about: "Do it: the hash that the preview printed, or 'now' to do it unseen." },
  id: { value: 'id', about: 'Command id; made up if left out. The same id does nothing twice.' },
} as const;

export const Face = z
  .strictObject({
    status: z.string(),
    deadline: z.int(),
    holder: z.string().nullable(),
    reviewer: z.string().nullable(),
    owner: z.string().exactOptional().describe('for whom the holder does it'),
    standsFor: z.string().exactOptional().describe('whose place whoever must act takes'),
    rungs: z.array(z.strictObject({ rung: z.string(), at: z.int() })).readonly(),
    paused: z.literal(true).exactOptional(),
  })
  .nullable();

/** What `--json` prints. */
export const AdjustmentAnswer = z.strictObject({
  applied: z.boolean(),
  hash: z.string().nullable().describe('what --apply takes; null when it was applied unseen'),
  revision: z.int().nullable().describe('its number in the run, of an adjustment for many'),
  instances: z.int().describe('that it was for'),
  tasks: z.int().describe('that look otherwise to people'),
  assigned: z.string().nullable().describe('the task that an instruction became'),
  items: z
    .array(
      z.strictObject({
        instance: z.string(),
        state: z.enum(['previewed', 'done', 'refused', 'pending']),
        code: z.string().nullable().describe('of a refusal'),
        message: z.string().nullable(),
        tasks: z.array(z.strictObject({ task: z.string(), before: Face, after: Face })).readonly(),
        posts: z
          .array(z.strictObject({ role: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
          .readonly()
          .describe('of the instance, that somebody else has'),
        stands: z
          .array(z.string())
          .readonly()
          .describe('tasks that followed from it and stay, because somebody has worked on them'),
      }),
    )
    .readonly(),
});
export type AdjustmentAnswer = z.infer<typeof AdjustmentAnswer>;

interface ScopeGiven {
  readonly union: string | undefined;
  readonly household: string | undefined;
  readonly all: true | undefined;
}

/** @throws misuse unless exactly one is given. */
export function scopeOf({ union, household, all }: ScopeGiven): AdjustmentScope {
  const given = [union, household, all].filter((each) => each !== undefined).length;
  if (given !== 1) throw misuse('it is not clear for whom', 'give one of --union ID, --household ID and --all');
  if (union !== undefined) return { union };
  return household === undefined ? { all: true } : { instance: `h/${household}` };
}

/** As `scopeOf`; everybody, when nobody is named. */
export function scopeOrAll(given: Omit<ScopeGiven, 'all'>): AdjustmentScope {
  return given.union === undefined && given.household === undefined ? { all: true } : scopeOf({ ...given, all: undefined });
}

/** `3d`, `5wd`, `-2h`. */
export function readOffset(text: string): Offset {
  const offset = parseOffset(text);
  if (offset !== undefined) return offset;
  throw new InvalidArgumentError('Use days (3d), working days (5wd), weeks (2w), hours (12h) or minutes (30m), and not none.');
}

/** Shows what would happen, or makes it happen and waits until every instance has taken it. */
export async function runAdjustment(
  client: Client,
  { request, apply, context }: { request: AdjustmentRequest; apply: string | undefined; context: Context<AdjustmentAnswer> },
): Promise<{ readonly exit: ExitCode; readonly answer: AdjustmentAnswer }> {
  if (apply === undefined) {
    const seen = await client.previewAdjustment(request);
    return { exit: seen.items.some((item) => 'refusal' in item) ? EXIT.refused : EXIT.done, answer: previewed(seen) };
  }
  const expected = apply === 'now' ? {} : { expect: apply };
  const done = await client.adjust({ ...request, ...expected });
  const hash = apply === 'now' ? null : apply;
  if ('answer' in done) {
    const { answer } = done;
    const instance = 'instance' in request.for ? request.for.instance : CAMPAIGN_INSTANCE;
    const item = { instance, state: 'done', code: null, message: null, tasks: [], posts: [], stands: [] } as const;
    return {
      exit: EXIT.done,
      answer: {
        ...{ applied: true, hash, revision: null, instances: 1, tasks: answer.adjusted ?? 0, items: [item] },
        assigned: answer.task === undefined ? null : `${instance}/${answer.task}`,
      },
    };
  }
  return await followRevision(client, { run: request.run, revision: done.revision.revision, hash, context });
}

function previewed({ hash, instances, tasks, items }: AdjustmentPreview): AdjustmentAnswer {
  return {
    applied: false,
    hash,
    revision: null,
    instances,
    tasks,
    assigned: null,
    items: items.map((item) =>
      'refusal' in item
        ? {
            instance: item.instance,
            state: 'refused',
            code: item.refusal.code,
            message: item.refusal.message,
            tasks: [],
            posts: [],
            stands: [],
          }
        : {
            instance: item.instance,
            state: 'previewed',
            code: null,
            message: null,
            tasks: item.differences.map(({ task, before, after }) => ({ task, before, after })),
            posts: item.posts,
            stands: item.stands,
          },
    ),
  };
}

const LOOK_AGAIN_MS = 200;

/** The worker goes through the items; here they are only counted. Interrupted, it goes on without us. */
export async function followRevision(
  client: Client,
  { run, revision, hash, context }: { run: string; revision: number; hash: string | null; context: Context<AdjustmentAnswer> },
): Promise<{ readonly exit: ExitCode; readonly answer: AdjustmentAnswer }> {
  const { host, signal, json } = context;
  const live = json ? silentLive : createLive(host.screen, host.now);
  for (;;) {
    const { pending, done, refused } = await client.revisionProgress(run, revision);
    const all = pending + done + refused;
    const share = all === 0 ? 1 : (done + refused) / all;
    const counted = `revision ${revision}: ${done + refused} of ${all}`;
    live.show({ lines: [`${drawBar(share)}  ${counted}`], plain: counted });
    if (pending === 0) break;
    if (signal.aborted)
      throw interruption(`revision ${revision} goes on without this command; the same --id shows how far it is`);
    await host.sleep(LOOK_AGAIN_MS);
  }
  live.clear();
  const items = await client.revisionItems(run, revision);
  const answer: AdjustmentAnswer = {
    applied: true,
    hash,
    revision,
    instances: items.length,
    tasks: items.reduce((sum, { adjusted }) => sum + (adjusted ?? 0), 0),
    assigned: null,
    items: items
      .filter(({ state, adjusted }) => state !== 'done' || (adjusted ?? 0) > 0)
      .map(({ instance, state, code, message }) => ({ instance, state, code, message, tasks: [], posts: [], stands: [] })),
  };
  return { exit: items.some(({ state }) => state === 'refused') ? EXIT.refused : EXIT.done, answer };
}

/** A task as `tasks` lists it: the instance it is of, and its key there. */
export function taskParts(task: string): { readonly instance: string; readonly key: string } {
  const cut = task.lastIndexOf('/');
  return { instance: task.slice(0, Math.max(0, cut)), key: task.slice(cut + 1) };
}

/** Which tasks: one that is named, those of a phase or a template, or all. */
export function tasksOf({ task, phase, template }: Readonly<Record<'task' | 'phase' | 'template', string | undefined>>): TasksOf {
  const given = [task, phase, template].filter((each) => each !== undefined).length;
  if (given > 1) throw misuse('it is not clear which tasks', 'give one of a task, --phase ID and --template ID');
  if (task !== undefined) return { task };
  if (phase !== undefined) return { phase };
  return template === undefined ? { all: true } : { template };
}

/** What `roster` and `admit` share: the difference first, then exactly that, with what became of each item. */
import { z } from 'zod';
import type { RegisterResult } from '../client/apply-register.ts';
import type { RegisterDifference, RegisterEntry, RegisterRequest } from '../client/register.ts';
import { drawBar } from './bar.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode, misuse } from './failure.ts';
import { formatRegister } from './format-register.ts';
import { type Client, type Host, withClient } from './host.ts';
import { formatDay } from './instants.ts';
import { interruption } from './interruption.ts';
import { readLaterRegister } from './register.ts';
import { createLive, silentLive } from './screen.ts';

export const REGISTER_OPTIONS = {
  reason: { value: 'words', about: 'Why, for the audit and for those concerned. With --apply it must be given.' },
  as: { value: 'person', about: 'Who does it; the first of the office if left out.' },
  apply: { value: 'hash', about: "Do it: the hash that was printed with the differences, or 'now' to do it unseen." },
} as const;

/** What `--json` prints. */
export const RegisterAnswer = z.strictObject({
  run: z.string(),
  applied: z.boolean(),
  hash: z.string().nullable().describe('what --apply takes; null when it was applied unseen'),
  away: z.int().describe('households of the file that have left the run, and stay away until they are readmitted'),
  counts: z.record(z.string(), z.int()).describe('by kind'),
  items: z
    .array(
      z.strictObject({
        kind: z.string().describe('such as `household-new`, `post-taken`, `union-gone`'),
        id: z.string().describe('of the household, union or person'),
        union: z.string().nullable(),
        from: z.string().nullable().describe('a union, a post, a person or a value, before'),
        to: z.string().nullable().describe('the same, as the file has it'),
        fields: z.array(z.string()).readonly().describe('what is other, by name'),
        state: z
          .enum(['previewed', 'done', 'pending', 'left', 'refused', 'open'])
          .describe('`pending`: instances take it one after another; `left`: a person decides; `open`: not come to'),
        code: z.string().nullable().describe('why it is left, or was refused'),
        message: z.string().nullable(),
        remedy: z.string().nullable(),
        revision: z.int().nullable().describe('of what many instances take'),
      }),
    )
    .readonly(),
});
export type RegisterAnswer = z.infer<typeof RegisterAnswer>;

interface Asked {
  readonly run: string;
  readonly file: string;
  readonly onlyNew: boolean;
  readonly withdrawGone: boolean;
  readonly reason: string | undefined;
  readonly as: string | undefined;
  readonly apply: string | undefined;
}

export async function askForRegister(asked: Asked, context: Context<RegisterAnswer>): Promise<ExitCode> {
  const { run, apply, reason } = asked;
  if (apply !== undefined && reason === undefined)
    throw misuse('a change of the register says why', 'give the reason with --reason');
  return await withClient(context.host, async (client) => {
    const request = await requestOf(client, { asked, host: context.host });
    const answer =
      apply === undefined
        ? compared(run, await client.compareRegister(request))
        : await applied(client, { request: { ...request, reason: reason! }, apply, context });
    // It is looked at without a reason, and not done without one.
    const again = `${context.typed}${reason === undefined ? ' --reason "…"' : ''}`;
    context.answer(answer, () => formatRegister(answer, { again }));
    return answer.items.some(({ state }) => state === 'refused') ? EXIT.refused : EXIT.done;
  });
}

async function requestOf(client: Client, { asked, host }: { asked: Asked; host: Host }): Promise<RegisterRequest> {
  const { run, file, onlyNew, withdrawGone, as: person } = asked;
  const { plan, now } = await client.runningPlan(run);
  const known = onlyNew ? { known: await client.unionsOf(run) } : {};
  const roster = await readLaterRegister(host, { file, asOf: formatDay(now, plan.zone), ...known });
  return { run, roster, onlyNew, withdrawGone, ...(person && { person }) };
}

type Item = RegisterAnswer['items'][number];

function compared(run: string, { hash, entries, away }: RegisterDifference): RegisterAnswer {
  return answerOf({ run, applied: false, hash, away, items: entries.map(previewed) });
}

function previewed(entry: RegisterEntry): Item {
  if (entry.does === null) {
    const { does: _nothing, ...item } = entry;
    return { ...item, state: 'left', revision: null };
  }
  const { does: _step, ...item } = entry;
  return { ...item, state: 'previewed', code: null, message: null, remedy: null, revision: null };
}

function answerOf(answer: Omit<RegisterAnswer, 'counts'>): RegisterAnswer {
  const counts: Record<string, number> = {};
  for (const { kind } of answer.items) counts[kind] = (counts[kind] ?? 0) + 1;
  return { ...answer, counts };
}

interface Applying {
  readonly request: RegisterRequest & { readonly reason: string };
  readonly apply: string;
  readonly context: Context<RegisterAnswer>;
}

/** Interrupted, it ends after the item under way; begun again, it goes on with the rest. */
async function applied(client: Client, { request, apply, context }: Applying): Promise<RegisterAnswer> {
  const { host, json, signal } = context;
  const live = json ? silentLive : createLive(host.screen, host.now);
  const onResult = (_result: RegisterResult, { done, of }: { readonly done: number; readonly of: number }): void => {
    const counted = `register of ${request.run}: ${done} of ${of}`;
    live.show({ lines: [`${drawBar(done / of)}  ${counted}`], plain: counted });
  };
  try {
    const expected = apply === 'now' ? {} : { expect: apply };
    const { results } = await client.applyRegister({ ...request, ...expected, onResult, signal });
    if (results.some(({ state }) => state === 'open'))
      throw interruption('what is done is done; the same command without --apply shows what is left');
    return answerOf({ run: request.run, applied: true, hash: apply === 'now' ? null : apply, away: 0, items: results });
  } finally {
    live.clear();
  }
}

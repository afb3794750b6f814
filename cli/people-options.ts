/** What commands share that put one task, or a person's work, into other hands. */
import type { AdjustmentRequest } from '../client/adjust.ts';
import type { Adjustment } from '../model/adjustment.ts';
import { type AdjustmentAnswer, runAdjustment } from './adjustment.ts';
import type { Context } from './command.ts';
import type { ExitCode } from './failure.ts';
import { formatAdjustment } from './format-adjustment.ts';
import { type Client, withClient } from './host.ts';

/** Left out where many are meant. */
export const ONE_TASK = { task: { kind: 'optional', about: 'One task, as `tasks` lists it; without it, say which.' } } as const;

export interface Given {
  readonly reason: string;
  readonly as: string | undefined;
  readonly apply: string | undefined;
  readonly id: string | undefined;
}

interface Asked {
  readonly run: string;
  readonly for: AdjustmentRequest['for'];
  readonly given: Given;
  /** May ask the run for instants. */
  adjustment(client: Client): Promise<Adjustment> | Adjustment;
  /** Who does it where it is not said; the office if left out. */
  person?(client: Client): Promise<string | undefined>;
}

/** Shows what it would do, or does it. */
export async function askFor(
  { run, for: scope, given, adjustment, ...asked }: Asked,
  context: Context<AdjustmentAnswer>,
): Promise<ExitCode> {
  const { reason, as, apply, id } = given;
  return await withClient(context.host, async (client) => {
    const person = as ?? (await asked.person?.(client));
    const wanted = await adjustment(client);
    const request = {
      ...{ run, reason, for: scope, adjustment: wanted },
      ...((wanted.kind === 'pause' || wanted.kind === 'resume') && { mustChange: true as const }),
      ...(person && { person }),
      ...(id && { id }),
    };
    const { exit, answer } = await runAdjustment(client, { request, apply, context });
    context.answer(answer, () => formatAdjustment(answer, { again: context.typed }));
    return exit;
  });
}

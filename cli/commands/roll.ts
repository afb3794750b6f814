import { z } from 'zod';
import type { Context } from '../command.ts';
import { defineCommand } from '../command.ts';
import { CliError, EXIT } from '../failure.ts';
import { type Client, withClient } from '../host.ts';
import { interruption } from '../interruption.ts';
import { createWalk } from '../walk.ts';
import { counted } from '../counted.ts';

const OPERATOR = 'operator';
const LOOK_AGAIN_MS = 250;
/** A worker rolls dozens a second; without a sign for so long there is none. */
const PATIENCE_MS = 60_000;

const Roll = z.strictObject({
  run: z.string(),
  revision: z.int().describe('its number in the run'),
  resumed: z.boolean().describe('the last roll had not come to everybody, and went on'),
  rolled: z.int().describe('instances that have begun a new history'),
  refused: z.array(z.strictObject({ instance: z.string(), code: z.string(), message: z.string() })).readonly(),
  rules: z.record(z.string(), z.int()).describe('open instances by the version of the rules they go by'),
});
type Roll = z.infer<typeof Roll>;

export const rollCommand = defineCommand({
  name: 'roll',
  summary: 'Has every open instance of a run begin a new history, with the rules of the workers that run now.',
  about:
    'After new workers were deployed; see docs/operating.md. The worker does it, whether or not anybody looks; interrupted, the same command goes on with the same roll. Nothing changes for people.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    again: { about: 'Begin a new roll, though the last has not come to everybody.' },
    as: { value: 'person', about: 'Who rolls it.' },
    id: { value: 'id', about: 'Command id: the same id is the same roll.' },
  },
  answer: Roll,
  examples: ['roll linwei-2020', 'roll linwei-2020 --again --json'],
  async run({ arguments: { run }, options: { again, as: author = OPERATOR, id } }, context) {
    return await withClient(context.host, async (client) => {
      const { revision, resumed } = await client.roll(run, { author, ...(again && { again }), ...(id && { command: id }) });
      await follow(client, { run, revision, context });
      const items = await client.revisionItems(run, revision);
      const refused = items.flatMap(({ instance, state, code, message }) =>
        state === 'refused' ? [{ instance, code: code ?? '', message: message ?? '' }] : [],
      );
      const rolled = items.length - refused.length;
      const answer = { run, revision, resumed, rolled, refused, rules: { ...(await client.rules(run)) } };
      context.answer(answer, () => formatRoll(answer));
      return refused.length === 0 ? EXIT.done : EXIT.refused;
    });
  },
});

async function follow(
  client: Client,
  { run, revision, context }: { run: string; revision: number; context: Context<Roll> },
): Promise<void> {
  const { host, signal } = context;
  let movedAt = host.now();
  let settled = -1;
  await createWalk(context, 'rolled').during(async (onProgress) => {
    for (;;) {
      const { pending, done, refused } = await client.revisionProgress(run, revision);
      onProgress({ instances: done + refused, of: pending + done + refused });
      if (pending === 0) return;
      if (done + refused > settled) [settled, movedAt] = [done + refused, host.now()];
      if (signal.aborted) throw interruption(`roll ${revision} goes on without this command; give it again to see how far it is`);
      if (host.now() - movedAt > PATIENCE_MS) throw stalled({ run, revision, pending });
      await host.sleep(LOOK_AGAIN_MS);
    }
  });
}

const stalled = ({ run, revision, pending }: { run: string; revision: number; pending: number }): CliError =>
  new CliError({
    exit: EXIT.unreachable,
    code: 'ROLL_STALLED',
    message: `roll ${revision} of run '${run}' does not get on: ${counted(pending, 'instance')} left`,
    remedy: `they are rolled by themselves once a worker runs; see with: npx shigeyi roll ${run}`,
  });

function formatRoll({ run, revision, resumed, rolled, refused, rules }: Roll): string {
  const versions = Object.entries(rules).map(([version, instances]) => `version ${version}: ${counted(instances, 'instance')}`);
  return [
    ...refused.map(({ instance, code, message }) => `${instance}: ${message} [${code}]`),
    `${resumed ? 'Went on with roll' : 'Roll'} ${revision} of ${run}: ${counted(rolled, 'instance')} ${rolled === 1 ? 'has' : 'have'} begun a new history${refused.length === 0 ? '' : `, ${refused.length} refused`}.`,
    ...(versions.length === 0 ? [] : [`Rules: ${versions.join(', ')}.`]),
  ].join('\n');
}

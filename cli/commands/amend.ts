import { succeed, type Succession } from '../../compiler/succeed.ts';
import { TIMER_POLICIES } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, AdjustmentAnswer, runAdjustment } from '../adjustment.ts';
import { defineCommand, readWord, SET_OPTION } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { CliError, EXIT } from '../failure.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';

const readTimers = readWord(...TIMER_POLICIES);

export const amendCommand = defineCommand({
  name: 'amend',
  summary: 'Puts another version of the definition in the place of the one that a run goes by, while it goes on.',
  about:
    'Without --apply it only shows what would change, instance by instance; `diff` shows what changes in the plan. What is done stays done; open work follows the new rules; a task that the new version does not have ends as dropped if it is open, and can still be read.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    path: { kind: 'required', about: "The new version: a definition's folder, or its definition.yaml." },
  },
  options: {
    starts: {
      value: 'date',
      about: 'The first day that the new version is compiled for, if it was given when the run was started.',
    },
    set: SET_OPTION,
    timers: {
      value: 'policy',
      about:
        'Of open work whose rule is another: recompute its deadline (the default), keep-remaining to leave it, or restart it from now. A task may say so itself (onAmend).',
      read: readTimers,
    },
    ...ADJUST_OPTIONS,
  },
  answer: AdjustmentAnswer,
  examples: [
    'amend winter-visits-2026 definitions/winter-visits-2026-snow --reason "roads are closed until the 20th"',
    'amend winter-visits-2026 definitions/winter-visits-2026-snow --timers restart --reason "as decided on the 14th" --apply now',
  ],
  async run({ arguments: { run, path }, options }, context) {
    const { starts, set, timers = 'recompute', reason, as: person, apply, id } = options;
    const version = compileOrRefuse(context.host, { path, starts, set });
    return await withClient(context.host, async (client) => {
      const { now, ...running } = await client.runningPlan(run);
      const { adjustment, compiled } = orRefuse(succeed(running, version, { now, timers }), { run, path });
      const request = {
        ...({ run, reason, for: { all: true }, adjustment, next: compiled } as const),
        ...(person && { person }),
        ...(id && { id }),
      };
      const { exit, answer } = await runAdjustment(client, { request, apply, context });
      context.answer(answer, () => formatAdjustment(answer, { again: context.typed }));
      return exit;
    });
  },
});

function orRefuse(
  succession: Succession,
  { run, path }: { run: string; path: string },
): Exclude<Succession, { readonly issues: unknown }> {
  if (!('issues' in succession)) return succession;
  const [first, ...others] = succession.issues;
  const more = others.length === 0 ? '' : `; and ${others.length} more: ${others.map(({ message }) => message).join('; ')}`;
  throw new CliError({
    exit: EXIT.refused,
    code: first!.code,
    message: `'${path}' cannot take the place of what '${run}' goes by: ${first!.message}${more}`,
    remedy: first!.hint,
  });
}

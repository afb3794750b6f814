import { pauseCauseOf } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, AdjustmentAnswer, runAdjustment, SCOPE_OPTIONS, scopeOrAll } from '../adjustment.ts';
import { type CommandSpec, defineCommand } from '../command.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';

interface Words {
  readonly summary: string;
  readonly about: string;
  readonly examples: readonly string[];
}

/** Both take the same and answer the same. */
const define = (kind: 'pause' | 'resume', words: Words): CommandSpec =>
  defineCommand({
    name: kind,
    ...words,
    arguments: { run: { kind: 'required', about: 'The run.' } },
    options: { union: SCOPE_OPTIONS.union, household: SCOPE_OPTIONS.household, ...ADJUST_OPTIONS },
    answer: AdjustmentAnswer,
    async run({ arguments: { run }, options }, context) {
      const { union, household, reason, as: person, apply, id } = options;
      const scope = scopeOrAll({ union, household });
      return await withClient(context.host, async (client) => {
        const request = {
          ...{ run, reason, for: scope, adjustment: { kind, cause: pauseCauseOf(scope) } as const },
          ...(person && { person }),
          ...(id && { id }),
        };
        const { exit, answer } = await runAdjustment(client, { request, apply, context });
        context.answer(answer, () => formatAdjustment(answer, { again: `${kind} ${run} …` }));
        return exit;
      });
    },
  });

export const pauseCommand = define('pause', {
  summary: 'Lets the clocks stand still: of a household, of a union and its households, or of the whole run.',
  about:
    'Without --apply it only shows what would change. Meanwhile nothing comes up, nobody is reminded and nothing becomes overdue. The run is paused if nobody is named, for whoever joins later too.',
  examples: [
    'pause linwei-2020 --union union-03 --reason "flooded roads" --apply now',
    'pause linwei-2020 --household h-001 --reason "in hospital until December"',
  ],
});

export const resumeCommand = define('resume', {
  summary: 'Lets clocks go on that stand still, with what was left of each deadline.',
  about:
    "Without --apply it only shows what would change. Whatever is paused for another reason too, such as with its union, goes on once that is over. Dates stay where they are unless the definition says otherwise (`pauses`). Deadlines are shown as if it went on now, and are no part of the preview's hash, because they move on until it does.",
  examples: ['resume linwei-2020 --union union-03 --reason "the roads are open again"'],
});

import { leavingCauseOf } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, AdjustmentAnswer, runAdjustment, SCOPE_OPTIONS, scopeOf } from '../adjustment.ts';
import { type CommandSpec, defineCommand } from '../command.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';

interface Words {
  readonly summary: string;
  readonly about: string;
  readonly examples: readonly string[];
}

/** Both take the same and answer the same. */
const define = (kind: 'withdraw' | 'readmit', words: Words): CommandSpec =>
  defineCommand({
    name: kind,
    ...words,
    arguments: { run: { kind: 'required', about: 'The run.' } },
    options: { union: SCOPE_OPTIONS.union, household: SCOPE_OPTIONS.household, ...ADJUST_OPTIONS },
    answer: AdjustmentAnswer,
    async run({ arguments: { run }, options }, context) {
      const { union, household, reason, as: person, apply, id } = options;
      const scope = scopeOf({ union, household, all: undefined });
      return await withClient(context.host, async (client) => {
        const request = {
          ...{ run, reason, for: scope, adjustment: { kind, cause: leavingCauseOf(scope) } as const },
          ...(person && { person }),
          ...(id && { id }),
        };
        const { exit, answer } = await runAdjustment(client, { request, apply, context });
        context.answer(answer, () => formatAdjustment(answer, { again: `${kind} ${run} …` }));
        return exit;
      });
    },
  });

export const withdrawCommand = define('withdraw', {
  summary: 'Takes a household, or a union with its households, out of a run that goes on.',
  about:
    'Without --apply it only shows what would change. What is unfinished there ends as dropped, nothing more comes up but what the definition keeps for those who have left, and no gate waits for them.',
  examples: [
    'withdraw linwei-2020 --household h-001 --reason "moved to another district"',
    'withdraw linwei-2020 --union union-03 --reason "merged with another union" --apply now',
  ],
});

export const readmitCommand = define('readmit', {
  summary: 'Lets a household, or a union with its households, take part again that was withdrawn.',
  about:
    'Without --apply it only shows what would change. What was dropped when they left comes up once more, with a deadline of its own. Of a union, whoever left by themselves stays away.',
  examples: ['readmit linwei-2020 --household h-001 --reason "they have not moved after all"'],
});

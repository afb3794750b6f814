import { ADJUST_OPTIONS, AdjustmentAnswer, placeOf } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askFor, RUN_AND_TASK } from '../people-options.ts';

export const retractCommand = defineCommand({
  name: 'retract',
  summary: 'Takes a form back that was handed in.',
  about:
    'For whoever handed it in, or answers for it: while it is in review, or so long after it was accepted as the definition says and nobody has gone on from it. Without --apply it only shows what would change.',
  arguments: RUN_AND_TASK,
  options: { ...ADJUST_OPTIONS, as: { value: 'person', about: 'Who takes it back; whoever handed it in if left out.' } },
  answer: AdjustmentAnswer,
  examples: ['retract linwei-2020 h/h-001/visit --reason "two families were mixed up"'],
  run({ arguments: { run, task }, options: given }, context) {
    const { instance, key } = placeOf(task);
    return askFor(
      {
        ...{ run, given, for: { instance }, again: `retract ${run} ${task} …` },
        async adjustment(client) {
          const { submission } = await client.handedIn(run, task);
          return { kind: 'retract', task: key, submission: submission ?? '' };
        },
        person: async (client) => (await client.handedIn(run, task)).submittedBy ?? undefined,
      },
      context,
    );
  },
});

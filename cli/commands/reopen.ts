import { ADJUST_OPTIONS, AdjustmentAnswer, placeOf } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askFor, RUN_AND_TASK } from '../people-options.ts';

export const reopenCommand = defineCommand({
  name: 'reopen',
  summary: 'Has a task done again that is done, missed or waived.',
  about:
    'What it had set is taken back where nobody has set it since. What came up because of it waits again, and what its rows made is dropped, as far as nobody has worked on it; what stands is listed. Without --apply it only shows what would change.',
  arguments: RUN_AND_TASK,
  options: {
    to: {
      value: 'time',
      about: "Its deadline: a day ('YYYY-MM-DD', to its end) or a minute. If left out, the one it had, or a new one by its rule.",
    },
    ...ADJUST_OPTIONS,
  },
  answer: AdjustmentAnswer,
  examples: ['reopen linwei-2020 h/h-001/determination --to 2020-11-06 --reason "the wrong household was judged"'],
  run({ arguments: { run, task }, options: { to, ...given } }, context) {
    const { instance, key } = placeOf(task);
    return askFor(
      {
        ...{ run, given, for: { instance }, again: `reopen ${run} ${task} …` },
        adjustment: async (client) => ({
          ...{ kind: 'reopen', task: key },
          ...(to !== undefined && { deadline: await client.instantAt(run, to) }),
        }),
      },
      context,
    );
  },
});

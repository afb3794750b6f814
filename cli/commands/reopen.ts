import { ofTasks } from '../bulk/kinds.ts';
import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ONE_TASK } from '../people-options.ts';

export const reopenCommand = defineOneOrMany({
  summary: 'Has a task done again that is done, missed or waived; or many.',
  about:
    'What it had set is taken back where nobody has set it since. What came up because of it waits again, and what its rows made is dropped, as far as nobody has worked on it; what stands is listed. Without --apply it only shows what would change. Chosen are those that are done, unless --status says otherwise.',
  argument: ONE_TASK,
  options: {
    to: {
      value: 'time',
      about: "Its deadline: a day ('YYYY-MM-DD', to its end) or a minute. If left out, the one it had, or a new one by its rule.",
    },
  },
  kind: ofTasks({
    ...{ command: 'reopen', columns: ['to'], usual: 'done' },
    adjustmentOf: async (task, { to = '' }, { instantAt }) => ({
      ...{ kind: 'reopen', task },
      ...(to !== '' && { deadline: await instantAt(to) }),
    }),
  }),
  examples: ['reopen linwei-2020 h/h-001/determination --to 2020-11-06 --reason "the wrong household was judged"'],
});

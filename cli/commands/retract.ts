import { type RowTools, ofTasks, taskIn } from '../bulk/kinds.ts';
import { defineOneOrMany } from '../bulk/one-or-many.ts';
import type { Cells } from '../bulk/rows.ts';
import { ONE_TASK } from '../people-options.ts';

const handedIn = async (cells: Cells, { run, client, command }: RowTools) => {
  const { instance, key } = taskIn(cells);
  // Asked again, it is about what it took back then.
  return await client.handedIn(run, `${instance}/${key}`, command);
};

export const retractCommand = defineOneOrMany({
  summary: 'Takes a form back that was handed in, or many.',
  about:
    'For whoever handed it in, or answers for it: while it is in review, or so long after it was accepted as the definition says and nobody has gone on from it. Whoever handed it in takes it back if --as is left out. Without --apply it only shows what would change.',
  argument: ONE_TASK,
  options: {},
  kind: ofTasks({
    command: 'retract',
    async adjustmentOf(task, cells, tools) {
      const { submission } = await handedIn(cells, tools);
      return { kind: 'retract', task, submission: submission ?? '' };
    },
    personOf: async (cells, tools) => (await handedIn(cells, tools)).submittedBy ?? undefined,
  }),
  examples: ['retract linwei-2020 h/h-001/visit --reason "two families were mixed up"'],
});

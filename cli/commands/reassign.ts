import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ofTasks } from '../bulk/kinds.ts';
import { ONE_TASK } from '../people-options.ts';

export const reassignCommand = defineOneOrMany({
  summary: 'Gives a task to somebody else, or many; in review, its review.',
  about: 'Its deadline stays. Whoever has it now is told, and whoever had it. Without --apply it only shows what would change.',
  argument: ONE_TASK,
  options: { to: { value: 'person', about: 'Who has it from now on.' } },
  kind: ofTasks({
    ...{ command: 'reassign', columns: ['to'], needs: ['to'] },
    adjustmentOf: (task, { to = '' }) => ({ kind: 'reassign', task, to }),
  }),
  examples: [
    'reassign linwei-2020 h/h-001/visit --to union-01-cadre-2 --reason "the pairing was changed"',
    'reassign linwei-2020 --tasks pairings.csv --reason "the pairings were changed" --results pairings.jsonl',
    'reassign linwei-2020 --holder union-01-cadre-1 --phase visits --to union-01-cadre-2 --reason "ill" --apply now',
  ],
});

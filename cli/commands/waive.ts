import { ofTasks } from '../bulk/kinds.ts';
import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ONE_TASK } from '../people-options.ts';

export const waiveCommand = defineOneOrMany({
  summary: 'Lets nobody have to do a task, or many: under way, or still to come up.',
  about:
    'What comes after it may go on, and gates take it for settled. Whoever has it is told. Without --apply it only shows what would change.',
  argument: ONE_TASK,
  options: {},
  kind: ofTasks({ command: 'waive', adjustmentOf: (task) => ({ kind: 'waive', task }) }),
  examples: ['waive linwei-2020 h/h-001/visit --reason "the family is in hospital; we saw them there"'],
});

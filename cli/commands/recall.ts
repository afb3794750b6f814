import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ofTasks } from '../bulk/kinds.ts';
import { ONE_TASK } from '../people-options.ts';

export const recallCommand = defineOneOrMany({
  summary: 'Ends a delegation, or many: the task is with whoever had it delegated again.',
  about: 'Whoever does it may hand it back in the same way. Without --apply it only shows what would change.',
  argument: ONE_TASK,
  options: {},
  kind: ofTasks({ command: 'recall', adjustmentOf: (task) => ({ kind: 'recall', task }) }),
  examples: ['recall linwei-2020 u/union-01/sweep --as union-01-officer-1 --reason "I am back"'],
});

import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askForTask, RUN_AND_TASK } from '../people-options.ts';

export const recallCommand = defineCommand({
  name: 'recall',
  summary: 'Ends a delegation: the task is with whoever had it delegated again.',
  about: 'Whoever does it may hand it back in the same way. Without --apply it only shows what would change.',
  arguments: RUN_AND_TASK,
  options: ADJUST_OPTIONS,
  answer: AdjustmentAnswer,
  examples: ['recall linwei-2020 u/union-01/sweep --as union-01-officer-1 --reason "I am back"'],
  run: ({ arguments: { run, task }, options }, context) =>
    askForTask(
      { run, task, given: options, again: `recall ${run} ${task} …`, adjustment: (key) => ({ kind: 'recall', task: key }) },
      context,
    ),
});

import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askForTask, RUN_AND_TASK } from '../people-options.ts';

export const waiveCommand = defineCommand({
  name: 'waive',
  summary: 'Lets nobody have to do a task: under way, or still to come up.',
  about:
    'What comes after it may go on, and gates take it for settled. Whoever has it is told. Without --apply it only shows what would change.',
  arguments: RUN_AND_TASK,
  options: ADJUST_OPTIONS,
  answer: AdjustmentAnswer,
  examples: ['waive linwei-2020 h/h-001/visit --reason "the family is in hospital; we saw them there"'],
  run: ({ arguments: { run, task }, options }, context) =>
    askForTask(
      { run, task, given: options, again: `waive ${run} ${task} …`, adjustment: (key) => ({ kind: 'waive', task: key }) },
      context,
    ),
});

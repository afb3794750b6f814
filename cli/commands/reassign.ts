import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askForTask, RUN_AND_TASK } from '../people-options.ts';

export const reassignCommand = defineCommand({
  name: 'reassign',
  summary: 'Gives a task to somebody else; in review, its review.',
  about: 'Its deadline stays. Whoever has it now is told, and whoever had it. Without --apply it only shows what would change.',
  arguments: RUN_AND_TASK,
  options: { to: { value: 'person', about: 'Who has it from now on.', required: true }, ...ADJUST_OPTIONS },
  answer: AdjustmentAnswer,
  examples: ['reassign linwei-2020 h/h-001/visit --to union-01-cadre-2 --reason "the pairing was changed"'],
  run: ({ arguments: { run, task }, options: { to, ...given } }, context) =>
    askForTask(
      { run, task, given, again: `reassign ${run} ${task} …`, adjustment: (key) => ({ kind: 'reassign', task: key, to }) },
      context,
    ),
});

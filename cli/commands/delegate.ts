import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askForTask, RUN_AND_TASK } from '../people-options.ts';

export const delegateCommand = defineCommand({
  name: 'delegate',
  summary: 'Lets somebody do a task for its holder, who remains answerable.',
  about:
    'Either of them may hand it in, and neither reviews it. When it is overdue, the audit names both. `recall` takes it back. Without --apply it only shows what would change.',
  arguments: RUN_AND_TASK,
  options: { to: { value: 'person', about: 'Who does it.', required: true }, ...ADJUST_OPTIONS },
  answer: AdjustmentAnswer,
  examples: ['delegate linwei-2020 u/union-01/sweep --to union-01-officer-2 --as union-01-officer-1 --reason "I am at a course"'],
  run: ({ arguments: { run, task }, options: { to, ...given } }, context) =>
    askForTask(
      { run, task, given, again: `delegate ${run} ${task} …`, adjustment: (key) => ({ kind: 'delegate', task: key, to }) },
      context,
    ),
});

import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ofTasks } from '../bulk/kinds.ts';
import { ONE_TASK } from '../people-options.ts';

export const delegateCommand = defineOneOrMany({
  summary: 'Lets somebody do a task, or many, for its holder, who remains answerable.',
  about:
    'Either of them may hand it in, and neither reviews it. When it is overdue, the audit names both. `recall` takes it back. Without --apply it only shows what would change.',
  argument: ONE_TASK,
  options: { to: { value: 'person', about: 'Who does it.' } },
  kind: ofTasks({
    ...{ command: 'delegate', columns: ['to'], needs: ['to'] },
    adjustmentOf: (task, { to = '' }) => ({ kind: 'delegate', task, to }),
  }),
  examples: ['delegate linwei-2020 u/union-01/sweep --to union-01-officer-2 --as union-01-officer-1 --reason "I am at a course"'],
});

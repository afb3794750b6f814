import { z } from 'zod';
import type { TaskView as View } from '../../client/api.ts';
import { readStatus } from '../bulk/options.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { formatInstant } from '../instants.ts';
import { TaskView } from '../shapes.ts';
import { formatTable } from '../table.ts';

const USUAL_LIMIT = 200;

export const tasksCommand = defineCommand({
  name: 'tasks',
  summary: 'Lists the tasks of a run.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    union: { value: 'id', about: 'Only those of this union and its households.' },
    household: { value: 'id', about: 'Only those of this household.' },
    holder: { value: 'person', about: 'Only those this person holds.' },
    phase: { value: 'id', about: 'Only those of this phase.' },
    template: { value: 'id', about: 'Only those of this template.' },
    open: { about: 'Only those somebody can act on now.' },
    status: {
      value: 'word',
      about: 'Only those that are open (as --open), overdue, done, missed or waived.',
      read: readStatus,
    },
    limit: { value: 'number', about: `So many at most (${USUAL_LIMIT}).`, read: wholeNumber({ min: 1, max: 10_000 }) },
  },
  answer: z.strictObject({
    run: z.string(),
    tasks: z.array(TaskView).readonly(),
    complete: z.boolean().describe('false: there may be more than --limit'),
  }),
  examples: ['tasks linwei-2020 --open', 'tasks linwei-2020 --union union-01 --limit 1000 --json'],
  async run(
    { arguments: { run }, options: { union, household, holder, phase, template, open, status, limit = USUAL_LIMIT } },
    { host, answer },
  ) {
    await withClient(host, async (client) => {
      const filter = {
        ...(union && { union }),
        ...(household && { household }),
        ...(holder && { holder }),
        ...(phase && { phase }),
        ...(template && { template }),
        ...(open && { open }),
        ...(status && { status }),
        limit,
      };
      const tasks = await client.tasks(run, filter);
      const complete = tasks.length < limit;
      answer({ run, tasks, complete }, () => formatTasks(tasks, { complete, limit }));
    });
    return EXIT.done;
  },
});

function formatTasks(tasks: readonly View[], { complete, limit }: { complete: boolean; limit: number }): string {
  if (tasks.length === 0) return 'There are no such tasks.';
  const table = formatTable(tasks, [
    { title: 'task', value: ({ task }) => task },
    { title: 'title', value: ({ title, rowTitle }) => (rowTitle === null ? title.zh : `${title.zh}：${rowTitle}`), widest: 40 },
    { title: 'union', value: ({ union }) => union ?? '' },
    { title: 'status', value: ({ status }) => status },
    {
      title: 'waits for',
      value: (task) => (task.status === 'inReview' ? task.reviewer : isUnfinished(task.status) ? handsOf(task) : null) ?? '',
    },
    { title: 'deadline', value: ({ deadline, reviewDeadline }) => formatInstant(reviewDeadline ?? deadline) },
    {
      title: '',
      value: ({ paused, overdue, overdueReview, late }) =>
        paused ? 'paused' : overdueReview ? 'review overdue' : overdue ? 'overdue' : late ? 'late' : '',
    },
  ]);
  return complete ? table : `${table}\nThe first ${limit} only; there may be more: narrow the list, or give --limit.`;
}

/** Who acts, and for whom. */
const handsOf = ({ holder, owner, standsFor }: View): string | null =>
  holder === null || (owner ?? standsFor) === null ? holder : `${holder} (for ${owner ?? standsFor})`;

const isUnfinished = (status: View['status']): boolean => status === 'open' || status === 'returned' || status === 'inReview';

import { z } from 'zod';
import type { RunSummary as Summary } from '../../client/api.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { formatDay, formatInstant } from '../instants.ts';
import { RunSummary } from '../shapes.ts';
import { formatPairs, formatTable } from '../table.ts';

export const statusCommand = defineCommand({
  name: 'status',
  summary: 'Shows how a run stands, or lists all runs.',
  arguments: { run: { kind: 'optional', about: 'The run; without it, all runs, the newest first.' } },
  options: {},
  answer: z.union([RunSummary, z.strictObject({ runs: z.array(RunSummary).readonly() })]).describe('of one run, or of all'),
  examples: ['status', 'status linwei-2020'],
  async run({ arguments: { run } }, { host, answer }) {
    await withClient(host, async (client) => {
      if (run === undefined) {
        const runs = await client.runs();
        answer({ runs }, () => formatRuns(runs));
      } else {
        const summary = await client.status(run);
        answer(summary, () => formatRun(summary));
      }
    });
    return EXIT.done;
  },
});

function formatRuns(runs: readonly Summary[]): string {
  if (runs.length === 0) return 'There are no runs yet. Start one with: npx shigeyi start definitions/linwei-2020 --roster FILE';
  return formatTable(runs, [
    { title: 'run', value: ({ run }) => run },
    { title: 'campaign', value: ({ title }) => title.zh, widest: 36 },
    { title: 'status', value: ({ status }) => status },
    { title: 'clock', value: ({ clock }) => clock },
    { title: 'now', value: ({ now }) => formatInstant(now) },
    { title: 'phase', value: ({ phase }) => phase ?? '' },
    { title: 'open', value: unfinished, align: 'right' },
    { title: 'overdue', value: ({ overdue }) => overdue, align: 'right' },
    { title: 'done', value: ({ tasks }) => tasks.done, align: 'right' },
  ]);
}

export const unfinished = ({ tasks }: Summary): number => tasks.open + tasks.returned + tasks.inReview;

function formatRun(summary: Summary): string {
  const { run, title, status, clock, now, startsAt, endsAt, phase, instances, paused, tasks, overdue, overdueReviews } = summary;
  return formatPairs([
    ['run', run],
    ['campaign', `${title.zh} (${title.en})`],
    ['dates', `${formatDay(startsAt)} to ${formatDay(endsAt)}`],
    ['status', `${status}, ${clock} clock`],
    ['now', `${formatInstant(now)}${phase === null ? '' : `, phase ${phase}`}`],
    [
      'instances',
      `${instances.open} open${paused === 0 ? '' : ` (${paused} of them paused)`}, ${instances.closed} closed, ${instances.planned} still to be opened`,
    ],
    [
      'tasks',
      `${tasks.open} open, ${tasks.returned} returned, ${tasks.inReview} in review; ${overdue} of these overdue${overdueReviews === 0 ? '' : `, and ${overdueReviews} reviews`}`,
    ],
    ['', `${tasks.done} done, ${tasks.missed} missed, ${tasks.waived} waived, ${tasks.dropped} dropped`],
  ]);
}

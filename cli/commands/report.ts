import type { RunReport as Report, TargetCount, UnionReport } from '../../client/api.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { formatIndicators } from '../format-indicators.ts';
import { withClient } from '../host.ts';
import { RunReport } from '../shapes.ts';
import { type Column, formatTable } from '../table.ts';

export const reportCommand = defineCommand({
  name: 'report',
  summary:
    'Counts a run by union: tasks on time, late and missed, messages sent, what the campaign is held to and what it is watched by.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {},
  answer: RunReport,
  examples: ['report linwei-2020'],
  async run({ arguments: { run } }, { host, answer }) {
    await withClient(host, async (client) => {
      const report = await client.report(run);
      answer(report, () => formatReport(report));
    });
    return EXIT.done;
  },
});

export function formatReport({ unions, targets, indicators }: Report): string {
  const names = [...new Set(targets.map(({ target }) => target))];
  const tables = names.map((name) =>
    formatTarget(
      name,
      targets.filter(({ target }) => target === name),
    ),
  );
  return [formatUnions(unions), ...tables, ...formatIndicators(indicators)].join('\n\n');
}

const number = <Row>(title: string, value: (row: Row) => number): Column<Row> => ({ title, value, align: 'right' });

function formatUnions(unions: readonly UnionReport[]): string {
  const rungs = [...new Set(unions.flatMap(({ escalations }) => Object.keys(escalations)))];
  const columns: Column<UnionReport>[] = [
    { title: '工会 union', value: ({ union, name }) => (union === null || union === '' ? name : `${union} ${name}`), widest: 40 },
    number('households', ({ households }) => households),
    number('on time', ({ onTime }) => onTime),
    number('late', ({ late }) => late),
    number('missed', ({ missed }) => missed),
    number('unfinished', ({ open }) => open),
    number('overdue now', ({ overdue }) => overdue),
    // Only campaigns whose reviews have deadlines have such a thing.
    ...(unions.some(({ overdueReviews }) => overdueReviews > 0)
      ? [number<UnionReport>('reviews overdue', ({ overdueReviews }) => overdueReviews)]
      : []),
    number('returned', ({ returned }) => returned),
    number('reminders', ({ reminders }) => reminders),
    ...rungs.map((rung) => number<UnionReport>(rung, ({ escalations }) => escalations[rung] ?? 0)),
  ];
  return formatTable(unions, columns, { closing: totalOf(unions, rungs) });
}

function totalOf(unions: readonly UnionReport[], rungs: readonly string[]): UnionReport {
  const sum = (of: (union: UnionReport) => number): number => unions.reduce((total, union) => total + of(union), 0);
  return {
    union: '',
    name: '合计 total',
    households: sum(({ households }) => households),
    onTime: sum(({ onTime }) => onTime),
    late: sum(({ late }) => late),
    missed: sum(({ missed }) => missed),
    open: sum(({ open }) => open),
    overdue: sum(({ overdue }) => overdue),
    overdueReviews: sum(({ overdueReviews }) => overdueReviews),
    returned: sum(({ returned }) => returned),
    reminders: sum(({ reminders }) => reminders),
    escalations: Object.fromEntries(rungs.map((rung) => [rung, sum(({ escalations }) => escalations[rung] ?? 0)])),
  };
}

function formatTarget(target: string, rows: readonly TargetCount[]): string {
  const facts = [...new Set(rows.flatMap(({ by }) => Object.keys(by)))];
  const counts = [...new Set(rows.flatMap((row) => Object.keys(row.counts)))];
  const closing: TargetCount = {
    target,
    union: '合计 total',
    by: {},
    of: rows.reduce((total, { of }) => total + of, 0),
    counts: Object.fromEntries(counts.map((count) => [count, rows.reduce((total, row) => total + (row.counts[count] ?? 0), 0)])),
    neither: rows.reduce((total, { neither }) => total + neither, 0),
  };
  const table = formatTable(
    rows,
    [
      { title: '工会 union', value: ({ union }) => union },
      ...facts.map((fact): Column<TargetCount> => ({ title: fact, value: ({ by }) => by[fact] ?? '' })),
      number('of', ({ of }) => of),
      ...counts.map((count) => number<TargetCount>(count, (row) => row.counts[count] ?? 0)),
      // A definition may count the rest itself; then nothing is left.
      ...(closing.neither > 0 ? [number<TargetCount>('none of these', ({ neither }) => neither)] : []),
    ],
    { closing },
  );
  return `目标 target: ${target}\n${table}`;
}

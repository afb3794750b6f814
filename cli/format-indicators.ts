/** Indicators for people to read: each over all, then union by union, then by whatever else they are told apart by. */
import type { IndicatorCount } from '../client/api.ts';
import { type Column, formatTable } from './table.ts';

/** Nothing where the definition has none. */
export function formatIndicators(indicators: readonly IndicatorCount[]): readonly string[] {
  if (indicators.length === 0) return [];
  const unions = [...new Set(indicators.flatMap((each) => Object.keys(each.unions)))];
  const grouped = indicators.filter(({ groups }) => groups.length > 0);
  return [
    formatTable(indicators, [
      { title: '指标 indicator', value: ({ indicator, title }) => `${indicator} ${title.zh}`, widest: 60 },
      { title: '合计 total', value: (each) => tell(each, each.value), align: 'right' },
    ]),
    formatTable(unions, [
      { title: '工会 union', value: (union) => union },
      ...indicators.map(
        (each): Column<string> => ({
          title: each.indicator,
          value: (union) => tell(each, each.unions[union] ?? null),
          align: 'right',
        }),
      ),
    ]),
    ...grouped.map(formatGroups),
  ];
}

function formatGroups(indicator: IndicatorCount): string {
  const names = [...new Set(indicator.groups.flatMap(({ by }) => Object.keys(by)))];
  return formatTable(indicator.groups, [
    ...names.map((name): Column<IndicatorCount['groups'][number]> => ({ title: name, value: ({ by }) => by[name] ?? '' })),
    { title: indicator.indicator, value: ({ value }) => tell(indicator, value), align: 'right' },
  ]);
}

/** Ratios as percentages; a ratio of nothing as nothing. */
function tell({ kind }: Pick<IndicatorCount, 'kind'>, value: number | null): string {
  if (value === null) return '–';
  return kind === 'ratio' ? `${Math.round(value * 1000) / 10} %` : String(value);
}

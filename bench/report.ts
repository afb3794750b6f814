/** The figures as a table, and whether the targets are met. */
import type { RoundFigures } from './round.ts';
import { type Pair, type Ratios, ratiosOf, type Spread, spreadOf } from './statistics.ts';

interface Measure {
  readonly name: string;
  readonly figure: (round: RoundFigures) => number | undefined;
  readonly digits: number;
  /** Of the median of the ratios, engine to reference. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
}

const MEASURES: readonly Measure[] = [
  { name: 'households/s', figure: (round) => round.householdsPerSecond, digits: 2, target: { atLeast: 0.95 } },
  { name: '  enrol, s', figure: ({ seconds }) => seconds.enrol, digits: 1 },
  { name: '  work, s', figure: ({ seconds }) => seconds.work, digits: 1 },
  { name: '  close, s', figure: ({ seconds }) => seconds.close, digits: 1 },
  { name: 'Update p50, ms', figure: ({ updateMs }) => updateMs.p50, digits: 0 },
  { name: 'Update p99, ms', figure: ({ updateMs }) => updateMs.p99, digits: 0 },
  { name: 'CPU per household, ms: worker', figure: ({ cpuMs }) => cpuMs.worker, digits: 1 },
  { name: '  client', figure: ({ cpuMs }) => cpuMs.client, digits: 1 },
  { name: '  Temporal server', figure: ({ cpuMs }) => cpuMs.temporal, digits: 1 },
  { name: '  Postgres', figure: ({ cpuMs }) => cpuMs.postgres, digits: 1 },
  { name: 'worker RSS, MB', figure: ({ rssMb }) => rssMb, digits: 0 },
  { name: 'history events', figure: ({ history }) => history.events, digits: 0, target: { atMost: 1 } },
  { name: 'history bytes', figure: ({ history }) => history.bytes, digits: 0, target: { atMost: 1.5 } },
];

export interface MeasureReport {
  readonly name: string;
  readonly engine: Spread;
  readonly reference: Spread;
  readonly ratio: Ratios;
  readonly target?: string;
  readonly met?: boolean;
}

/** One for each measure that this machine could take. */
export function reportOf(pairs: readonly Pair<RoundFigures>[]): readonly MeasureReport[] {
  return MEASURES.filter(({ figure }) =>
    pairs.every(({ engine, reference }) => figure(engine) !== undefined && figure(reference) !== undefined),
  ).map(({ name, figure, target }) => {
    const taken = (round: RoundFigures): number => figure(round)!;
    const ratio = ratiosOf(pairs, taken);
    const spreads = {
      engine: spreadOf(pairs.map(({ engine }) => taken(engine))),
      reference: spreadOf(pairs.map(({ reference }) => taken(reference))),
    };
    return { name: name.trim(), ...spreads, ratio, ...(target && judge(target, ratio)) };
  });
}

function judge(target: NonNullable<Measure['target']>, { median }: Ratios): { target: string; met: boolean } {
  return 'atLeast' in target
    ? { target: `at least ${target.atLeast}`, met: median >= target.atLeast }
    : { target: `at most ${target.atMost}`, met: median <= target.atMost };
}

/** Median and, in brackets, the least and the most over the pairs. */
export function formatReport(report: readonly MeasureReport[]): string {
  const rows = report.map(({ name, engine, reference, ratio, target, met }, index) => {
    const { name: indented, digits } = MEASURES.find((measure) => measure.name.trim() === name) ?? MEASURES[index]!;
    const verdict = target === undefined ? '' : `${met === true ? 'met' : 'MISSED'}: ${target}`;
    return [indented, formatSpread(engine, digits), formatSpread(reference, digits), formatSpread(ratio, 3), verdict];
  });
  const table = [['', 'engine', 'by hand', 'engine / by hand', 'target'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatSpread({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

/** Both histories of a pair side by side, for whoever looks for the event or the bytes that make the difference. */
export function formatHistories({ engine, reference }: Pair<RoundFigures>): string {
  const [mine, theirs] = [engine.history.list, reference.history.list];
  const lines = Array.from({ length: Math.max(mine.length, theirs.length) }, (_, index) => {
    const format = (event: { type: string; bytes: number } | undefined): string =>
      event === undefined ? '' : `${event.type} ${event.bytes}`;
    return `${String(index + 1).padStart(3)}  ${format(mine[index]).padEnd(46)}${format(theirs[index])}`;
  });
  return ['     engine                                        by hand', ...lines].join('\n');
}

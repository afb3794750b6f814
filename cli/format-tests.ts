/** Scenarios and what came of them, for people to read: each failure under its own line of the file. */
import type { SourceFile } from '../compiler/yaml-source.ts';
import type { CoveredKind } from '../scenarios/coverage.ts';
import { counted } from './counted.ts';
import { formatTable } from './table.ts';
import type { Tests } from './test-shape.ts';

const WORDS: Readonly<Record<CoveredKind, string>> = {
  task: 'tasks finished',
  'not-taken': 'conditions that held a task back',
  sample: 'samples that passed somebody over',
  review: 'review steps taken',
  outcome: 'outcomes applied',
  rows: 'rows that became something',
  rung: 'rungs that spoke',
};
const SHOWN = 6;

export function formatTests({ scenarios, coverage }: Tests, files: readonly SourceFile[]): string {
  const texts = new Map(files.map(({ path, text }) => [path, text.split('\n')]));
  const passed = scenarios.filter(({ ok }) => ok).length;
  const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;
  return [
    ...scenarios.map(({ ok, file, title, steps, ms, failures }) =>
      [
        `${ok ? '✓' : '✗'} ${file}${title === null ? '' : `  ${title.zh}`}  ${counted(steps, 'step')}, ${ms} ms`,
        ...failures.map(({ line, column, message }) => {
          const frame = texts.get(file)?.[line - 1]?.trim();
          return `  ${file}:${line}:${column} ${message}${frame === undefined ? '' : `\n    ${line} | ${frame}`}`;
        }),
      ].join('\n'),
    ),
    '',
    formatTable(coverage.lines, [
      { title: 'covered', value: ({ kind }) => WORDS[kind] },
      { title: '', value: ({ covered, of }) => `${covered} of ${of}`, align: 'right' },
      {
        title: 'not yet',
        value: ({ missing }) =>
          `${missing.slice(0, SHOWN).join(', ')}${missing.length > SHOWN ? `, and ${missing.length - SHOWN} more` : ''}`,
      },
    ]),
    '',
    `${passed} of ${counted(scenarios.length, 'scenario')} passed; ${percent(coverage.share)} covered${
      coverage.share < coverage.threshold ? `, and ${percent(coverage.threshold)} was asked for` : ''
    }.`,
  ].join('\n');
}

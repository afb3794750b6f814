/** Scenarios and what came of them, for people to read: each failure under its own line of the file. */
import type { SourceFile } from '../compiler/yaml-source.ts';
import type { CoveredKind } from '../scenarios/coverage.ts';
import { counted } from './counted.ts';
import { formatPairs, formatTable } from './table.ts';
import type { Tests } from './test-shape.ts';

const WORDS: Readonly<Record<CoveredKind, string>> = {
  task: 'tasks finished',
  'not-taken': 'conditions that held a task back',
  sample: 'samples that passed somebody over',
  review: 'review steps taken',
  outcome: 'outcomes applied',
  rows: 'rows that became something',
  rung: 'rungs that spoke',
  bulletin: 'bulletins issued',
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
        ...failures.map((failure) => formatFailure(failure, texts.get(file))),
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

type Failure = Tests['scenarios'][number]['failures'][number];

/** The sentence, or what is compared with both sides of it; under it the line of the file. */
function formatFailure(
  { file, line, column, message, about, expected, found }: Failure,
  text: readonly string[] | undefined,
): string {
  const frame = text?.[line - 1]?.trim();
  const head = `  ${file}:${line}:${column} ${about ?? message}`;
  return [
    head,
    ...(frame === undefined ? [] : [`    ${line} | ${frame}`]),
    ...(expected === undefined || found === undefined ? [] : [formatSides(expected, found)]),
  ].join('\n');
}

const NOTHING = 'nothing';

/** Single values stand under each other, lists beside each other, with a mark where they part. */
function formatSides(expected: readonly string[], found: readonly string[]): string {
  if (expected.length < 2 && found.length < 2)
    return indented(
      formatPairs([
        ['expected', expected[0] ?? NOTHING],
        ['found', found[0] ?? NOTHING],
      ]),
    );
  const rows = Array.from({ length: Math.max(expected.length, found.length) }, (_, at) => [expected[at], found[at]] as const);
  return indented(
    formatTable(rows, [
      { title: '', value: ([one, other]) => (one === other ? ' ' : '≠') },
      { title: 'expected', value: ([one]) => one ?? '', widest: WIDEST },
      { title: 'found', value: ([, other]) => other ?? '', widest: WIDEST },
    ]),
  );
}

/** Two of them stand beside each other on a wide screen. */
const WIDEST = 60;

const indented = (text: string): string => text.replaceAll(/^/gm, '      ');

/** What both sides are given to do: the campaign of bench/definition, begun yesterday, and households with the same posts, facts and command ids. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { compileDefinition } from '../compiler/compile.ts';
import type { Compiled } from '../compiler/emit.ts';
import { readDefinition } from '../compiler/read-definition.ts';
import { findRungAt } from '../engine/schedule.ts';
import { dateOfEpochDay } from '../model/day-table.ts';
import type { Side } from './statistics.ts';

export interface Scenario {
  readonly compiled: Compiled;
  /** In the order in which they come up. */
  readonly tasks: readonly { readonly id: string; readonly facts: Readonly<Record<string, string>> }[];
  readonly deadline: number;
  /** The ladder's instants, which are the same for every task. */
  readonly rungs: readonly number[];
}

export interface Household {
  readonly run: string;
  readonly instance: string;
  readonly union: string;
}

export const POSTS = {
  'leading-group': 'leading-group',
  office: 'office-1',
  'union-head': 'union-01-head',
  'union-officer': 'union-01-officer-1',
} as const;

export const ROSTER_FACTS = { enrolment: 'on-file', fileLevel: 'national', class: 'deep' } as const;

const DAY_MS = 86_400_000;

/** The first phase began yesterday wherever we are, so the first task is open; the last deadline is months away, so no timer fires. */
export function createScenario(now: number): Scenario {
  const { files } = readDefinition(fileURLToPath(new URL('./definition', import.meta.url)));
  const compiled = compileDefinition({
    files,
    calendars: [calendarAround(now)],
    starts: dateOfEpochDay(Math.floor(now / DAY_MS) - 1),
  });
  if (!('plan' in compiled)) throw new Error(compiled.issues.map(({ code, message }) => `${code}: ${message}`).join('; '));
  const { household: program } = compiled.programs;
  const [first] = program.tasks;
  if (first === undefined || first.due.kind !== 'at') throw new Error('the tasks of the benchmark are due at fixed instants');
  const deadline = first.due.at;
  const rungs = program.ladders[first.ladder]!.rungs.map((rung) => findRungAt(program, rung, { deadline })!);
  const tasks = program.tasks.map(({ id }) => ({ id, facts: id === 'determination' ? { outcome: 'assist' } : {} }));
  return { compiled, tasks, deadline, rungs };
}

/** Every weekday is worked: holidays move deadlines, and no deadline is reached here. */
function calendarAround(now: number): { path: string; text: string } {
  const thisYear = new Date(now).getUTCFullYear();
  const years = [-1, 0, 1, 2].map((step) => thisYear + step);
  const text = [
    'calendar: bench',
    "version: '1'",
    `validThrough: ${years.at(-1)}-12-31`,
    'source: every weekday',
    'weekend: [saturday, sunday]',
    'years:',
    ...years.map((year) => `  ${year}: { off: [], work: [] }`),
  ];
  return { path: 'bench.yaml', text: text.join('\n') };
}

/** Ids are made from the round, so that the same round is the same work. Both sides' runs have names of one length. */
export function householdsOf({ side, round, count }: { side: Side; round: string; count: number }): readonly Household[] {
  const run = `bench-${side === 'engine' ? 'e' : 'r'}-${round}`;
  return Array.from({ length: count }, (_, index) => ({
    run,
    instance: `h/h-${String(index + 1).padStart(5, '0')}`,
    union: 'union-01',
  }));
}

/** Shaped as the ids that clients make. */
export function commandIdOf({ run, instance }: Household, what: string): string {
  const hex = createHash('sha256').update(`${run}|${instance}|${what}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

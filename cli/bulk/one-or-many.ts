/** Commands that may be asked of one task or person, or of many. A new one says what it is called, its columns and what it asks. */
import type { AdjustmentScope } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, taskParts } from '../adjustment.ts';
import { type ArgumentSpec, type CommandSpec, type Context, defineCommand, flagOf, type OptionSpec } from '../command.ts';
import { type ExitCode, misuse } from '../failure.ts';
import { askFor } from '../people-options.ts';
import { createTools } from './items.ts';
import type { BulkKind } from './kinds.ts';
import {
  type BulkSource,
  CHOICE_OPTIONS,
  givenIn,
  HOUSEHOLD_LIST_OPTIONS,
  INSTANCE_LIST_OPTIONS,
  PEOPLE_LIST_OPTIONS,
  REASON_OF_MANY,
  sourceOf,
  TASK_LIST_OPTIONS,
  type Typed,
  textOf,
} from './options.ts';
import { runBulk } from './run-bulk.ts';
import { OneOrManyAnswer } from './shapes.ts';

export interface OneOrMany {
  readonly summary: string;
  readonly about: string;
  readonly examples: readonly string[];
  readonly kind: BulkKind;
  /** One option for each of the kind's columns; where one is named by an option too, that as well. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Names one; absent where an option does. */
  readonly argument?: Readonly<Record<string, ArgumentSpec>>;
}

const LISTS: Readonly<Record<BulkKind['list'], Readonly<Record<string, OptionSpec>>>> = {
  tasks: { ...TASK_LIST_OPTIONS, ...CHOICE_OPTIONS },
  people: PEOPLE_LIST_OPTIONS,
  instances: INSTANCE_LIST_OPTIONS,
  households: HOUSEHOLD_LIST_OPTIONS,
};

export function defineOneOrMany({ kind, options, argument = {}, ...words }: OneOrMany): CommandSpec {
  return defineCommand({
    name: kind.command,
    ...words,
    arguments: { run: { kind: 'required', about: 'The run.' }, ...argument },
    options: { ...options, ...ADJUST_OPTIONS, ...REASON_OF_MANY, ...LISTS[kind.list] },
    answer: OneOrManyAnswer,
    async run({ arguments: given, options: chosen }, context) {
      const typed: Typed = { ...chosen, ...given };
      const one = textOf(typed, kind.place.at(-1)!);
      const source = sourceOf(typed, { kind });
      if (one === undefined) return await askMany({ kind, run: given.run, source, typed }, context);
      if (source !== undefined) throw misuse(`one is meant, and others too`, 'name one alone, or leave it out');
      return await askOne({ kind, run: given.run, one, typed }, context);
    },
  });
}

interface Asked {
  readonly kind: BulkKind;
  readonly run: string;
  readonly typed: Typed;
}

interface OneAsked extends Asked {
  readonly one: string;
}

async function askOne({ kind, run, one, typed }: OneAsked, context: Context<OneOrManyAnswer>): Promise<ExitCode> {
  refuseMissing(typed, [...kind.needs, 'reason']);
  refuseResults(typed);
  const { reason = '', as: _as, ...given } = givenIn(typed, kind);
  const cells = { ...given, [kind.place.at(-1)!]: one };
  const scope: AdjustmentScope = kind.list === 'tasks' ? { instance: taskParts(one).instance } : kind.scopeOf(cells);
  const options = { reason, as: textOf(typed, 'as'), apply: textOf(typed, 'apply'), id: textOf(typed, 'id') };
  return await askFor(
    {
      ...{ run, given: options, for: scope },
      adjustment: (client) => kind.adjustmentOf(cells, createTools(client, run, options.id)),
      person: async (client) => await kind.personOf?.(cells, createTools(client, run, options.id)),
    },
    context,
  );
}

/** @throws misuse when it is not said of whom, or what of all of those that are chosen. */
export async function askMany(
  { kind, run, source, typed }: Asked & { readonly source: BulkSource | undefined },
  context: Context<OneOrManyAnswer>,
): Promise<ExitCode> {
  if (source === undefined) {
    const choice = kind.list === 'tasks' ? ', or choose tasks, such as with --union ID or --status overdue' : '';
    throw misuse('it is not clear of whom or what', `name one, give --${kind.list} FILE${choice}`);
  }
  if (source.kind === 'choice') refuseMissing(typed, [...kind.needs, 'reason']);
  return await runBulk(
    {
      ...{ kind, run, source, given: givenIn(typed, kind) },
      ...{ apply: textOf(typed, 'apply'), id: textOf(typed, 'id'), results: textOf(typed, 'results') },
    },
    context,
  );
}

/** One has its answer on the screen. @throws misuse */
export function refuseResults(typed: Typed): void {
  if (typed['results'] !== undefined) throw misuse('results are written of many', 'leave out --results, or name many');
}

function refuseMissing(typed: Typed, names: readonly string[]): void {
  const missing = names.find((name) => textOf(typed, name) === undefined);
  if (missing !== undefined) throw misuse(`it is not said: ${flagOf(missing)}`, `give ${flagOf(missing)}`);
}

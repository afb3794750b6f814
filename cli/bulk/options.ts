/** The options by which a command is asked of many, and what was typed of them. */
import { CHOSEN_STATUSES, type TaskChoice } from '../../client/api.ts';
import { readWord } from '../command.ts';
import { ADJUST_OPTIONS } from '../adjustment.ts';
import { misuse } from '../failure.ts';
import type { BulkKind } from './kinds.ts';
import type { Cells } from './rows.ts';

export const readStatus = readWord(...CHOSEN_STATUSES);

/** Which tasks, in the words of `tasks`. */
export const CHOICE_OPTIONS = {
  union: { value: 'id', about: 'Of this union and its households.' },
  household: { value: 'id', about: 'Of this household.' },
  phase: { value: 'id', about: 'Of the tasks of this phase.' },
  template: { value: 'id', about: 'Of the tasks of this template.' },
  holder: { value: 'person', about: 'Of those this person must act on.' },
  status: {
    value: 'word',
    about: 'Of those somebody can act on now (open, the usual choice), or that are overdue, done, missed or waived.',
    read: readStatus,
  },
} as const;

const FILE_OPTIONS = {
  retry: {
    value: 'file',
    about: 'Those again that were not done, of a result that --json or --results wrote; - reads standard input.',
  },
  results: { value: 'file', about: 'With --apply: a new file, for the result of each on a line of JSON.' },
} as const;

export const TASK_LIST_OPTIONS = {
  tasks: {
    value: 'file',
    about:
      'Many: a CSV file with the columns instance and task, and any of the options as columns of their own; - reads standard input.',
  },
  ...FILE_OPTIONS,
} as const;

export const PEOPLE_LIST_OPTIONS = {
  people: {
    value: 'file',
    about:
      'Many: a CSV file with a line for each person, and any of the options as columns of their own; - reads standard input.',
  },
  ...FILE_OPTIONS,
} as const;

export const HOUSEHOLD_LIST_OPTIONS = {
  households: {
    value: 'file',
    about:
      'Many: a CSV file with a line for each household, and any of the options as columns of their own; - reads standard input.',
  },
  ...FILE_OPTIONS,
} as const;

export const INSTANCE_LIST_OPTIONS = {
  instances: {
    value: 'file',
    about:
      "Many: a CSV file with the column instance ('h/HOUSEHOLD'; 'u/UNION' with its households), and reason and as if they differ; - reads standard input.",
  },
  ...FILE_OPTIONS,
} as const;

/** A reason is wanted of each, but those that are tried again have theirs. */
export const REASON_OF_MANY = {
  reason: {
    ...ADJUST_OPTIONS.reason,
    about: 'Why, for those concerned; of many, for those whose line does not say. Always wanted.',
    required: false,
  },
} as const;

/** What was typed, by option. Flags and values that were read to something else than text are none of a bulk's. */
export type Typed = Readonly<Record<string, unknown>>;

export const textOf = (typed: Typed, name: string): string | undefined => {
  const value = typed[name];
  return typeof value === 'string' ? value : undefined;
};

/** Where the items come from. */
export type BulkSource =
  | { readonly kind: 'list'; readonly file: string }
  | { readonly kind: 'retry'; readonly file: string }
  | { readonly kind: 'choice'; readonly choice: TaskChoice };

const CHOOSING = Object.keys(CHOICE_OPTIONS) as readonly (keyof typeof CHOICE_OPTIONS)[];

/**
 * Undefined when nothing says so. `choosing`: the options by which tasks are chosen here, where the others have a meaning of their own besides.
 * @throws misuse when several do.
 */
export function sourceOf(
  typed: Typed,
  { kind, choosing = CHOOSING }: { kind: BulkKind; choosing?: readonly (keyof typeof CHOICE_OPTIONS)[] },
): BulkSource | undefined {
  const list = textOf(typed, kind.list);
  const retry = textOf(typed, 'retry');
  const file = list ?? retry;
  const isChoice = kind.list === 'tasks' && choosing.some((name) => typed[name] !== undefined);
  if (file === undefined) return isChoice ? { kind: 'choice', choice: choiceOf(typed, kind) } : undefined;
  const other = [...(list !== undefined ? ['retry'] : []), ...CHOOSING, 'all'];
  refuseBeside(typed, { names: other, message: `it is not clear of which: a file says so, and` });
  if (list !== undefined) return { kind: 'list', file };
  const said = [...kind.columns, 'reason', 'as'];
  refuseBeside(typed, { names: said, message: 'of those that are tried again the file says it all, and here is' });
  return { kind: 'retry', file };
}

function refuseBeside(typed: Typed, { names, message }: { names: readonly string[]; message: string }): void {
  const flag = names.find((name) => typed[name] !== undefined);
  if (flag !== undefined) throw misuse(`${message} --${flag}`, `leave out --${flag}`);
}

function choiceOf(typed: Typed, { usual }: BulkKind): TaskChoice {
  const texts = CHOOSING.flatMap((name) => (textOf(typed, name) === undefined ? [] : [[name, typed[name]]]));
  return { status: usual, ...(Object.fromEntries(texts) as TaskChoice) };
}

/** By column: what the options say. */
export function givenIn(typed: Typed, { columns }: Pick<BulkKind, 'columns'>): Cells {
  return Object.fromEntries(
    [...columns, 'reason', 'as'].flatMap((name) => (textOf(typed, name) === undefined ? [] : [[name, textOf(typed, name)!]])),
  );
}

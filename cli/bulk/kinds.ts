/** What a kind of adjustment needs to be asked of many: its columns, whom a row is for, and what it asks of them. */
import type { Adjustment, AdjustmentKind, AdjustmentScope } from '../../model/adjustment.ts';
import type { Instant } from '../../model/plan.ts';
import type { TaskChoice } from '../../client/api.ts';
import type { ItemWords } from '../../client/assigned-words.ts';
import { parseTaskId } from '../../client/workflow-ids.ts';
import { taskParts } from '../adjustment.ts';
import type { Client } from '../host.ts';
import type { Cells } from './rows.ts';
import { CAMPAIGN_INSTANCE } from '../../model/scope.ts';

/** A row that cannot be used. */
export class RowFault extends Error {
  readonly column: string;
  readonly hint: string;
  constructor({ column, message, hint }: { readonly column: string; readonly message: string; readonly hint: string }) {
    super(message);
    this.name = 'RowFault';
    this.column = column;
    this.hint = hint;
  }
}

/** What may be asked of the run while rows are read. */
export interface RowTools {
  readonly run: string;
  readonly client: Client;
  /** Id under which it may have been asked before. */
  readonly command?: string | undefined;
  /** Each text once, however many rows have it. */
  instantAt(text: string, edge?: 'start' | 'end'): Promise<Instant>;
}

export interface BulkKind {
  readonly kind: AdjustmentKind;
  /** The word of the command. */
  readonly command: string;
  /** What a list is a list of: the name of its option. */
  readonly list: 'tasks' | 'people' | 'instances' | 'households';
  /** Those that say whom a row is for. */
  readonly place: readonly string[];
  /** The others, but for `reason` and `as`, which all have. Each is an option as well, which says it for rows that do not. */
  readonly columns: readonly string[];
  /** Of the columns, those that must be said. */
  readonly needs: readonly string[];
  /** A column by which several of one place are told apart: without one, a place that comes twice is a mistake. */
  readonly apart?: string;
  /** What is chosen where no status is said. */
  readonly usual: NonNullable<TaskChoice['status']>;
  /** @throws RowFault */
  scopeOf(cells: Cells): AdjustmentScope;
  /** @throws RowFault, Invalid */
  adjustmentOf(cells: Cells, tools: RowTools): Adjustment | Promise<Adjustment>;
  /** What is to be done, in words: of those that say that instead of a reason. */
  wordsOf?(cells: Cells): ItemWords;
  /** Who does it where it is not said; the office if left out. @throws Invalid, Refused */
  personOf?(cells: Cells, tools: RowTools): Promise<string | undefined>;
}

/** Of one task each: the instance and its key there, or both in `task` as lists of tasks show them. */
export function taskIn(cells: Cells): { readonly instance: string; readonly key: string } {
  const { instance = '', task = '' } = cells;
  const place = parseTaskId(instance === '' ? task : `${instance}/${task}`);
  if (place !== undefined) return place;
  throw new RowFault({
    column: instance !== '' && parseTaskId(`${instance}/-`) === undefined ? 'instance' : 'task',
    message: task === '' ? 'there is no task' : 'this is no task',
    hint: "give instance and task ('h/h-001', 'visit'), or the task as `tasks` lists it ('h/h-001/visit')",
  });
}

/** Of an instance each. */
export function instanceIn({ instance = '' }: Cells): string {
  if (parseTaskId(`${instance}/-`) !== undefined) return instance;
  throw new RowFault({
    column: 'instance',
    message: instance === '' ? 'there is no instance' : 'this is no instance',
    hint: "give 'h/HOUSEHOLD', 'u/UNION' or 'c'",
  });
}

interface OfTasks extends Partial<Pick<BulkKind, 'columns' | 'needs' | 'usual' | 'personOf'>> {
  readonly command: AdjustmentKind;
  /** `key`: of the task in its instance. */
  adjustmentOf(key: string, cells: Cells, tools: RowTools): Adjustment | Promise<Adjustment>;
}

/** A kind that is about one task each. */
export function ofTasks({ command, adjustmentOf, ...kind }: OfTasks): BulkKind {
  return {
    ...{ kind: command, command, list: 'tasks', place: ['instance', 'task'], columns: [], needs: [], usual: 'open' },
    ...kind,
    scopeOf: (cells) => ({ instance: taskIn(cells).instance }),
    adjustmentOf: (cells, tools) => adjustmentOf(taskParts(cells['task'] ?? '').key, cells, tools),
  };
}

/** A kind that is about an instance each: of a union with its households, of the campaign with everybody. */
export function ofInstances(command: AdjustmentKind, adjustmentOf: (scope: AdjustmentScope) => Adjustment): BulkKind {
  const scopeOf = (cells: Cells): AdjustmentScope => {
    const instance = instanceIn(cells);
    if (instance === CAMPAIGN_INSTANCE) return { all: true };
    return instance.startsWith('u/') ? { union: instance.slice(2) } : { instance };
  };
  return {
    ...{ kind: command, command, list: 'instances', place: ['instance'], columns: [], needs: [], usual: 'open' },
    scopeOf,
    adjustmentOf: (cells) => adjustmentOf(scopeOf(cells)),
  };
}

/** A kind that is about a household each. */
export function ofHouseholds(
  kind: Omit<BulkKind, 'kind' | 'list' | 'place' | 'usual' | 'scopeOf'> & { readonly command: AdjustmentKind },
): BulkKind {
  return {
    ...{ ...kind, kind: kind.command, list: 'households', place: ['household'], usual: 'open' },
    scopeOf({ household = '' }) {
      if (/^[^/]+$/.test(household)) return { instance: `h/${household}` };
      throw new RowFault({
        column: 'household',
        message: 'this is no household',
        hint: "name it by its id in the register, as 'h-001'",
      });
    },
  };
}

/** A kind that is about one person each, wherever they have work. */
export function ofPeople({
  person,
  ...kind
}: Omit<BulkKind, 'list' | 'place' | 'usual' | 'scopeOf'> & {
  /** The column that names them. */
  readonly person: string;
}): BulkKind {
  return {
    ...{ ...kind, list: 'people', place: [person], usual: 'open' },
    scopeOf(cells) {
      if ((cells[person] ?? '') !== '') return { all: true };
      throw new RowFault({ column: person, message: 'nobody is named', hint: 'name a person by their id in the register' });
    },
  };
}

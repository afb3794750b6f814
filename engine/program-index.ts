/**
 * What is looked up in a program again and again, by id. A program never changes, so this is a memory of a pure function; it is made when a program is
 * first asked about, and goes with it.
 */
import { ASSIGNED, assignedTemplate } from '../model/assigned.ts';
import type { Program, ProgramTask, Role } from '../model/plan.ts';

export interface ProgramIndex {
  /** That of assigned items among them. */
  readonly tasks: ReadonlyMap<string, ProgramTask>;
  readonly roles: ReadonlyMap<string, Omit<Role, 'title'>>;
  /** Of each task made by rows: the tasks whose forms have those rows. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** Tasks that hold their phase open. */
  readonly holds: readonly ProgramTask[];
  /** The place of each phase among all of them. */
  readonly phases: ReadonlyMap<string, number>;
  /** Some deadline follows from something that may become known later. */
  readonly isAnchored: boolean;
}

const indexes = new WeakMap<Program, ProgramIndex>();
/** One step asks the same program a hundred times. */
let last: { readonly program: Program; readonly index: ProgramIndex } | undefined;

export function indexOf(program: Program): ProgramIndex {
  if (last?.program === program) return last.index;
  const index = indexes.get(program) ?? keepIndex(program);
  last = { program, index };
  return index;
}

function keepIndex(program: Program): ProgramIndex {
  const index = makeIndex(program);
  indexes.set(program, index);
  return index;
}

function makeIndex(program: Program): ProgramIndex {
  const { tasks, roles, phases } = program;
  const sources = new Map<string, string[]>();
  for (const { id, rows } of tasks) {
    for (const made of new Set(rows.flatMap(({ task }) => task ?? []))) {
      const known = sources.get(made);
      if (known === undefined) sources.set(made, [id]);
      else known.push(id);
    }
  }
  return {
    tasks: new Map([[ASSIGNED, assignedTemplate(program, program.scope)], ...tasks.map((task) => [task.id, task] as const)]),
    roles: new Map(roles.map((role) => [role.id, role])),
    sources,
    holds: tasks.filter(({ atEnd }) => atEnd === 'hold'),
    phases: new Map(phases.map(({ id }, place) => [id, place])),
    isAnchored: tasks.some(({ due, joining }) => due.kind === 'from' || (joining?.kind === 'due' && joining.due.kind === 'from')),
  };
}

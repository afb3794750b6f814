/** Tasks that come up more than once: which occurrence is the next, whose time it has, and whether all of them are behind. */
import { itemTemplate } from '../model/assigned.ts';
import { keyOf } from '../model/task-key.ts';
import type { Program, ProgramTask } from '../model/plan.ts';
import { isTaken } from '../model/sample.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { isSatisfied } from './lifecycles.ts';
import { indexOf } from './program-index.ts';

/** What is asked about occurrences. A draft has it, and so has a snapshot. */
export type Occurring = Pick<Snapshot, 'tasks' | 'again'>;

/** How many there shall be of a template: as the definition repeats it, and once more for each time that it was asked for again. */
export function wantedOf({ again }: Partial<Occurring>, { id, repeats }: Pick<ProgramTask, 'id' | 'repeats'>): number {
  const planned = repeats === undefined ? 1 : repeats.kind === 'scheduled' ? repeats.opens.length : repeats.times;
  return planned + (again?.[id] ?? 0);
}

/** Most tasks do, and are asked about all the time. */
export function comesUpOnce({ again }: Partial<Occurring>, { id, repeats }: Pick<ProgramTask, 'id' | 'repeats'>): boolean {
  return repeats === undefined && again?.[id] === undefined;
}

/** The occurrences that have come up or were dropped, from the first; there is no gap between them. */
export function occurrencesOf({ tasks }: Pick<Occurring, 'tasks'>, template: string): readonly TaskState[] {
  const found: TaskState[] = [];
  for (;;) {
    const task = tasks[keyOf({ template, occurrence: found.length + 1 })];
    if (task === undefined) return found;
    found.push(task);
  }
}

/** What others mean by the task's name: its newest occurrence, or undefined while none has come up. */
export function findNewest(at: Pick<Occurring, 'tasks'>, template: string): TaskState | undefined {
  return occurrencesOf(at, template).at(-1);
}

/** What `occurrenceOf` made: a memory of a pure function. */
const views = new WeakMap<ProgramTask, Map<number, ProgramTask>>();

/** A template as one of its occurrences has it: on a schedule each has a time of its own, up to the next one's. */
export function occurrenceOf<Template extends ProgramTask>(template: Template, occurrence: number): Template {
  const { repeats } = template;
  const opensAt = repeats?.kind === 'scheduled' ? repeats.opens[occurrence - 1] : undefined;
  if (repeats?.kind !== 'scheduled' || opensAt === undefined) return template;
  const known = views.get(template) ?? new Map<number, ProgramTask>();
  views.set(template, known);
  const before = known.get(occurrence);
  if (before !== undefined) return before as Template;
  const next = repeats.opens[occurrence];
  const endsAt = next === undefined ? template.endsAt : next - 1;
  const view = { ...template, opensAt, endsAt, due: dueBy(template.due, endsAt) };
  known.set(occurrence, view);
  return view;
}

/** A deadline that is not counted from anything is the end of the occurrence's own time. */
function dueBy(due: ProgramTask['due'], endsAt: number): ProgramTask['due'] {
  if (due.kind === 'at') return { ...due, at: endsAt };
  return due.kind === 'from' ? { ...due, otherwise: endsAt } : due;
}

/** Whether there are as many as there shall be. */
export function hasAll(at: Occurring, template: Pick<ProgramTask, 'id' | 'repeats'>): boolean {
  if (comesUpOnce(at, template)) return at.tasks[template.id] !== undefined;
  return occurrencesOf(at, template.id).length >= wantedOf(at, template);
}

/** The occurrences that a template is judged by: all that the definition wants, or, where it was asked for again, the newest alone. */
export function countingOf(at: Occurring, template: Pick<ProgramTask, 'id' | 'repeats'>): readonly TaskState[] {
  const { id, repeats } = template;
  if (repeats !== undefined) return occurrencesOf(at, id);
  const newest = comesUpOnce(at, template) ? at.tasks[id] : findNewest(at, id);
  return newest === undefined ? [] : [newest];
}

/** Whether the task's sample does not take this instance: nobody does it here, and nothing waits for it. */
export function isPassedOver({ instance }: { readonly instance: string }, { id, sample }: ProgramTask): boolean {
  return sample !== undefined && !isTaken(sample, { instance, task: id });
}

/** Whether everything of a template is behind us. For a template made by rows: its sources are, and so is every task they made. */
export function isBehind(at: Occurring & { readonly program: Program; readonly instance: string }, id: string): boolean {
  const template = getTemplate(at.program, id);
  if (isPassedOver(at, template)) return true;
  if (template.origin === 'plan' && comesUpOnce(at, template)) {
    const only = at.tasks[id];
    return only !== undefined && isSatisfied(only.status);
  }
  if (template.origin === 'plan')
    return hasAll(at, template) && countingOf(at, template).every(({ status }) => isSatisfied(status));
  const sources = indexOf(at.program).sources.get(id) ?? [];
  if (!sources.every((source) => isBehind(at, source))) return false;
  for (const key in at.tasks) {
    const task = at.tasks[key]!;
    if (task.template === id && !isSatisfied(task.status)) return false;
  }
  return true;
}

export function getTemplate(program: Program, id: string): ProgramTask {
  const template = indexOf(program).tasks.get(id);
  if (template === undefined) throw new Error(`program of ${program.campaign} (${program.scope}) has no task '${id}'`);
  return template;
}

/** The template of a task as its own occurrence has it, or an assigned item. */
export function templateOf(
  program: Program,
  { template: id, occurrence = 1, item }: Pick<TaskState, 'template' | 'occurrence' | 'item'>,
): ProgramTask {
  const template = getTemplate(program, id);
  return item === undefined ? occurrenceOf(template, occurrence) : itemTemplate(program, template, item);
}

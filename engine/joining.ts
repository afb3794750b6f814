/** What becomes of the tasks whose time had begun before an instance was enrolled. */
import { clampedDay } from '../model/day-table.ts';
import { clampedOffset } from '../model/offset.ts';
import type { DueRule, Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** When an instance began, and the phases that its run began without. */
export type Joined = Pick<Snapshot, 'enrolledAt' | 'skippedPhases'>;

/** By so many days an instance is too late for a task's own beginning. On its first day nobody is. */
export function daysLate(
  { days }: Pick<Program, 'days'>,
  { opensAt }: Pick<ProgramTask, 'opensAt'>,
  { enrolledAt }: Joined,
): number {
  if (enrolledAt === undefined || enrolledAt <= opensAt) return 0;
  return Math.max(0, clampedDay(days, enrolledAt) - clampedDay(days, opensAt));
}

/** Why a task does not come up for an instance that began late; undefined where it does. */
export function findSkip(program: Program, template: ProgramTask, joined: Joined): 'past' | 'joined' | undefined {
  if (joined.skippedPhases?.includes(template.phase) === true) return 'past';
  return template.joining?.kind === 'skip' && daysLate(program, template, joined) > 0 ? 'joined' : undefined;
}

/** A template as it is due for an instance that may have begun late. */
export function joinedTemplate<Template extends ProgramTask>(program: Program, template: Template, joined: Joined): Template {
  const { joining } = template;
  if (joining === undefined || joining.kind === 'skip') return template;
  const late = daysLate(program, template, joined);
  if (late === 0) return template;
  return { ...template, due: joining.kind === 'due' ? joining.due : shifted(program, template.due, late) };
}

/** Fixed days move; what is counted from the opening, from another task or from a row is as late as that is. */
function shifted(program: Program, due: DueRule, days: number): DueRule {
  const later = (at: number): number =>
    clampedOffset(program, { from: at, offset: { unit: 'days', count: days }, timeless: 'same-time' });
  if (due.kind === 'at') return { ...due, at: later(due.at) };
  return due.kind === 'from' ? { ...due, otherwise: later(due.otherwise) } : due;
}

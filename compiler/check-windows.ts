/** Tasks whose whole time lies in days of rest. */
import { clampedDay } from '../model/day-table.ts';
import type { Checking } from './checking.ts';
import type { Dating } from './dates.ts';
import { emitDue, emitHours } from './emit-time.ts';
import type { PlacedTask } from './gather.ts';
import { SAY } from './messages.ts';

export function checkWindows(checking: Checking, dating: Dating): void {
  for (const placed of checking.definition.tasks) checkWindow(checking, placed, dating);
}

/** Of a deadline that is fixed. A phase without a working day has been told of already. */
function checkWindow({ definition, places, report }: Checking, { task, phase }: PlacedTask, dating: Dating): void {
  if (task.due === undefined || task.due === 'phase-end') return;
  const [startsAt, endsAt] = [dating.startOf(phase.starts), dating.endOf(phase.ends)];
  const { head } = definition;
  const due = emitDue(task, { dating, hours: emitHours(head.hours), startsAt, endsAt, notice: head.notice! });
  if (due.kind !== 'at') return;
  const { table } = dating;
  const hasWorkingDay = (until: number): boolean =>
    table.working.slice(clampedDay(table, startsAt), clampedDay(table, until) + 1).includes('1');
  if (!hasWorkingDay(endsAt) || hasWorkingDay(due.at)) return;
  report('NO_WORKING_DAY', places.of(task, 'due'), SAY.NO_WORKING_DAY.task({ task: task.id, phase: phase.id }));
}

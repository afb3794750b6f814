/** Hours, and what deadlines are counted from: everything named is there, can be known in time, and gives a deadline within the campaign. */
import type { DateText } from '../model/plan.ts';
import { waitsFor } from './check-cycles.ts';
import { type Checking, checkName } from './checking.ts';
import type { Dating } from './dates.ts';
import { emitDue, emitHours, emitSpan } from './emit-time.ts';
import type { PlacedTask } from './gather.ts';
import type { Place } from './issue.ts';
import type { Rung, Task } from './language.ts';
import { type Anchor, type DueFrom, findDueFrom, isDayUnit, type OffsetKeys, type UnitKey, unitsIn } from './time-language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

export function checkHours({ definition, places, report }: Checking): void {
  const { hours } = definition.head;
  const spans = (hours?.work ?? []).map(emitSpan);
  spans.forEach(({ fromMinute, toMinute }, index) => {
    const before = spans[index - 1];
    if (fromMinute < toMinute && (before === undefined || before.toMinute <= fromMinute)) return;
    report(
      'HOURS_OUT_OF_ORDER',
      places.of(hours!.work!, index),
      SAY.HOURS_OUT_OF_ORDER.work({ span: hours!.work![index]!, isForward: fromMinute < toMinute }),
    );
  });
  if (hours?.quiet !== undefined) {
    const { fromMinute, toMinute } = emitSpan(hours.quiet);
    if (fromMinute === toMinute || toMinute - fromMinute >= 24 * 60)
      report('HOURS_OUT_OF_ORDER', places.of(hours, 'quiet'), SAY.HOURS_OUT_OF_ORDER.quiet({ span: hours.quiet }));
  }
}

/** Wherever an offset stands, `workingHours` needs the hours that are worked. */
export function checkOffset({ definition, places, report }: Checking, keys: OffsetKeys): void {
  if (keys.workingHours === undefined || definition.head.hours?.work !== undefined) return;
  report('WORKING_HOURS_UNKNOWN', places.of(keys, 'workingHours'), SAY.WORKING_HOURS_UNKNOWN.main);
}

export function checkRungTimes(checking: Checking, rung: Rung): void {
  checkOffset(checking, rung);
  if (rung.repeat !== undefined) checkOffset(checking, rung.repeat.every);
}

/** What a deadline is counted from. Facts read are added to `read`. */
export function checkDueFrom(checking: Checking, placed: PlacedTask, read: Set<string>): void {
  const { task } = placed;
  checkCount(checking, task);
  const due = findDueFrom(task.due);
  if (due === undefined) return;
  checkOffset(checking, due);
  const [unit] = unitsIn(due);
  if (isForward(due.from) && unit !== undefined && due[unit]! < leastOf(unit)) {
    checking.report('DUE_BEFORE_OPENING', checking.places.of(due, unit), SAY.DUE_BEFORE_OPENING.opening({ task: task.id }));
  }
  if (typeof due.from !== 'object') return;
  if ('fact' in due.from) checkFactAnchor(checking, { placed, due, read });
  else checkTaskAnchor(checking, { placed, due });
}

/** What nobody reviews is never returned. */
export function checkReturns(checking: Checking, task: Task): void {
  const { returns, reviews, retract } = task;
  if (retract !== undefined) checkOffset(checking, retract.within);
  if (returns === undefined) return;
  if (returns.within !== undefined) checkOffset(checking, returns.within);
  if (reviews === undefined) reportNothingToReturn(checking, { id: task.id, place: checking.places.of(task, 'returns') });
}

function reportNothingToReturn({ report }: Checking, { id, place }: { id: string; place: Place }): void {
  report('NOTHING_TO_RETURN', place, SAY.NOTHING_TO_RETURN.main({ task: id }));
}

/** Working days alone are counted from the opening, and there is no deadline before the day after it. */
function checkCount({ places, report }: Checking, { id, due }: Task): void {
  if (typeof due !== 'object' || due.from !== undefined || due.workingDays === undefined || due.workingDays >= 1) return;
  report('OUT_OF_RANGE', places.of(due, 'workingDays'), SAY.OUT_OF_RANGE.workingDays({ task: id, count: due.workingDays }));
}

/** The day itself has an end; an instant has none, and would leave no time at all. */
const leastOf = (unit: UnitKey): number => (isDayUnit(unit) ? 0 : 1);

/** Nothing opens before these. */
const isForward = (from: Anchor): boolean => from === 'opened' || from === 'phase-start';

interface Anchored {
  readonly placed: PlacedTask;
  readonly due: DueFrom;
}

function checkFactAnchor(checking: Checking, { placed: { task }, due, read }: Anchored & { read: Set<string> }): void {
  const { definition, places, report } = checking;
  const container = due.from as { readonly fact: string };
  const name = container.fact;
  checkName(checking, { kind: 'facts', name, container, key: 'fact' });
  const fact = definition.facts.get(name);
  if (fact === undefined) return;
  read.add(name);
  if (fact.scope !== task.scope) {
    report(
      'SCOPE_MISMATCH',
      places.of(container, 'fact'),
      SAY.SCOPE_MISMATCH.factAnchor({ fact: name, factScope: fact.scope, task: task.id, scope: task.scope }),
    );
  }
  if (fact.type !== 'date') {
    report('FACT_TYPE_MISMATCH', places.of(container, 'fact'), SAY.FACT_TYPE_MISMATCH.noDate({ fact: name, task: task.id }));
  }
}

function checkTaskAnchor(checking: Checking, { placed, due }: Anchored): void {
  const { definition, places, report } = checking;
  const { task, phaseIndex } = placed;
  const container = due.from as { readonly done: string } | { readonly returned: string };
  const key = 'done' in container ? 'done' : 'returned';
  const name = 'done' in container ? container.done : container.returned;
  checkName(checking, { kind: 'tasks', name, container, key });
  const other = definition.tasks.find((each) => each.task.id === name);
  if (other === undefined) return;
  const place = places.of(container, key);
  if (key === 'returned' && other.task.reviews === undefined) reportNothingToReturn(checking, { id: name, place });
  if (key === 'returned' && name === task.id) return;
  if (other.task.scope !== task.scope) {
    report(
      'SCOPE_MISMATCH',
      place,
      SAY.SCOPE_MISMATCH.taskAnchor({ task: task.id, scope: task.scope, other: name, otherScope: other.task.scope }),
    );
  } else if (definition.tasks.some((source) => source.task.rows?.some((rule) => rule.task === name))) {
    report('ROW_TASK_RULE', place, SAY.ROW_TASK_RULE.anchor({ other: name, task: task.id }));
  } else if (name === task.id || waitsFor(definition, { task: name, other: task.id })) {
    report('ANCHOR_TOO_LATE', place, SAY.ANCHOR_TOO_LATE.main({ other: name, isDone: key === 'done', task: task.id }));
  } else if (other.phaseIndex > phaseIndex) {
    report('LATER_PHASE', place, SAY.LATER_PHASE.anchor({ other: name, phase: other.phase.id, task: task.id }), [
      { ...places.of(other.task, 'id'), note: NOTES.defined },
    ]);
  }
}

/** Deadlines that are fixed instants lie between their phase's start and the campaign's end; those of days are compared before there are instants. */
export function checkFixedDues(checking: Checking, dating: Dating): void {
  const { definition, places, report } = checking;
  const { head, phases } = definition;
  const campaignEndsAt = dating.endOf(phases.at(-1)!.ends);
  for (const { task, phase } of definition.tasks) {
    const due = findDueFrom(task.due);
    if (due === undefined || typeof due.from !== 'string') continue;
    if (due.workingHours !== undefined && head.hours?.work === undefined) continue;
    const [startsAt, endsAt] = [dating.startOf(phase.starts), dating.endOf(phase.ends)];
    const rule = emitDue(task, { dating, hours: emitHours(head.hours), startsAt, endsAt, notice: head.notice ?? 1 });
    if (rule.kind !== 'at') continue;
    const [unit] = unitsIn(due);
    const place = places.of(due, unit!);
    if (rule.at < startsAt && !isForward(due.from)) {
      report('DUE_BEFORE_OPENING', place, SAY.DUE_BEFORE_OPENING.phase({ task: task.id, phase: phase.id, starts: phase.starts }));
    } else if (rule.at > campaignEndsAt) {
      reportAfterEnd(checking, { task: task.id, place, ends: phases.at(-1)!.ends });
    } else if (task.atEnd === 'close' && rule.at > endsAt) {
      report('CLOSES_BEFORE_DUE', places.of(task, 'atEnd'), SAY.CLOSES_BEFORE_DUE.counted({ task: task.id, closes: phase.ends }));
    }
  }
}

function reportAfterEnd({ report }: Checking, { task, place, ends }: { task: string; place: Place; ends: DateText }): void {
  report('DATE_OUTSIDE_CAMPAIGN', place, SAY.DATE_OUTSIDE_CAMPAIGN.afterEnd({ task, ends }));
}

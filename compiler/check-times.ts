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

export function checkHours({ definition, places, report }: Checking): void {
  const { hours } = definition.head;
  const spans = (hours?.work ?? []).map(emitSpan);
  spans.forEach(({ fromMinute, toMinute }, index) => {
    const before = spans[index - 1];
    if (fromMinute < toMinute && (before === undefined || before.toMinute <= fromMinute)) return;
    report('HOURS_OUT_OF_ORDER', places.of(hours!.work!, index), {
      message: `the working hours '${hours!.work![index]!}' ${fromMinute < toMinute ? 'begin before those listed first have ended' : 'end before they begin'}`,
      hint: 'list spans of one day in their order, apart from each other',
    });
  });
  if (hours?.quiet !== undefined) {
    const { fromMinute, toMinute } = emitSpan(hours.quiet);
    if (fromMinute === toMinute || toMinute - fromMinute >= 24 * 60)
      report('HOURS_OUT_OF_ORDER', places.of(hours, 'quiet'), {
        message: `the quiet hours '${hours.quiet}' leave no time to write to anybody`,
        hint: 'let them end before they begin anew',
      });
  }
}

/** Wherever an offset stands, `workingHours` needs the hours that are worked. */
export function checkOffset({ definition, places, report }: Checking, keys: OffsetKeys): void {
  if (keys.workingHours === undefined || definition.head.hours?.work !== undefined) return;
  report('WORKING_HOURS_UNKNOWN', places.of(keys, 'workingHours'), {
    message: 'working hours are counted, and the definition does not say which hours are worked',
    hint: "add to the main file: hours: { work: ['08:30-12:00', '14:00-18:00'] }",
  });
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
    checking.report('DUE_BEFORE_OPENING', checking.places.of(due, unit), {
      message: `task '${task.id}' would be due before it can open`,
      hint: 'count forwards from there',
    });
  }
  if (typeof due.from !== 'object') return;
  if ('fact' in due.from) checkFactAnchor(checking, { placed, due, read });
  else checkTaskAnchor(checking, { placed, due });
}

/** What nobody reviews is never returned. */
export function checkReturns(checking: Checking, task: Task): void {
  const { returns, reviews } = task;
  if (returns === undefined) return;
  if (returns.within !== undefined) checkOffset(checking, returns.within);
  if (reviews === undefined) reportNothingToReturn(checking, { id: task.id, place: checking.places.of(task, 'returns') });
}

function reportNothingToReturn({ report }: Checking, { id, place }: { id: string; place: Place }): void {
  report('NOTHING_TO_RETURN', place, {
    message: `nobody reviews task '${id}', so it is never returned`,
    hint: 'add `reviews` to that task, or take this out',
  });
}

/** Working days alone are counted from the opening, and there is no deadline before the day after it. */
function checkCount({ places, report }: Checking, { id, due }: Task): void {
  if (typeof due !== 'object' || due.from !== undefined || due.workingDays === undefined || due.workingDays >= 1) return;
  report('OUT_OF_RANGE', places.of(due, 'workingDays'), {
    message: `task '${id}' is due ${due.workingDays} working days after it opens`,
    hint: 'at least 1',
  });
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
    report('SCOPE_MISMATCH', places.of(container, 'fact'), {
      message: `fact '${name}' belongs to the ${fact.scope}, and task '${task.id}' to the ${task.scope}`,
      hint: `use a fact of scope ${task.scope}`,
    });
  }
  if (fact.type !== 'date') {
    report('FACT_TYPE_MISMATCH', places.of(container, 'fact'), {
      message: `fact '${name}' is no date, and the deadline of task '${task.id}' is counted from it`,
      hint: 'use a fact with `type: date`',
    });
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
    report('SCOPE_MISMATCH', place, {
      message: `the deadline of task '${task.id}' of the ${task.scope} cannot follow '${name}' of the ${other.task.scope}`,
      hint: 'count from a task of the same scope',
    });
  } else if (definition.tasks.some((source) => source.task.rows?.some((rule) => rule.task === name))) {
    report('ROW_TASK_RULE', place, {
      message: `'${name}' is made by rows, as often as there are some, and the deadline of task '${task.id}' is counted from it`,
      hint: 'count from the task whose rows make it',
    });
  } else if (name === task.id || waitsFor(definition, { task: name, other: task.id })) {
    report('ANCHOR_TOO_LATE', place, {
      message: `'${name}' is ${key === 'done' ? 'done' : 'returned'} only once task '${task.id}' itself is done`,
      hint: 'count from something that comes before it',
    });
  } else if (other.phaseIndex > phaseIndex) {
    report('LATER_PHASE', place, {
      message: `'${name}' belongs to the later phase '${other.phase.id}', and task '${task.id}' is due before that`,
      hint: 'count from a task of the same phase or an earlier one',
    });
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
      report('DUE_BEFORE_OPENING', place, {
        message: `task '${task.id}' would be due before its phase '${phase.id}' starts on ${phase.starts}`,
        hint: 'count less far back',
      });
    } else if (rule.at > campaignEndsAt) {
      reportAfterEnd(checking, { task: task.id, place, ends: phases.at(-1)!.ends });
    } else if (task.atEnd === 'close' && rule.at > endsAt) {
      report('CLOSES_BEFORE_DUE', places.of(task, 'atEnd'), {
        message: `task '${task.id}' is closed on ${phase.ends} and due after that`,
        hint: 'take `atEnd: close` out, or count less far',
      });
    }
  }
}

function reportAfterEnd({ report }: Checking, { task, place, ends }: { task: string; place: Place; ends: DateText }): void {
  report('DATE_OUTSIDE_CAMPAIGN', place, {
    message: `task '${task}' would be due after the campaign has ended on ${ends}`,
    hint: 'count less far',
  });
}

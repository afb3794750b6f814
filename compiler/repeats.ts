/** Tasks that come up several times: on which days of their phase, and whether there is room for as many. */
import { findWorkingDay, startOfDay } from '../model/day-table.ts';
import type { DayTable, Instant, Repeats } from '../model/plan.ts';
import { MOST_OCCURRENCES, type DaySpan } from './case-language.ts';
import type { Checking } from './checking.ts';
import type { Dating } from './dates.ts';
import { given } from './given.ts';
import type { PlacedTask } from './gather.ts';
import type { Phase, Task } from './language.ts';
import { SAY } from './messages.ts';

const UNITS = ['days', 'workingDays', 'weeks'] as const;

export function emitSpan(span: DaySpan): { readonly unit: (typeof UNITS)[number]; readonly count: number } {
  const unit = UNITS.find((each) => span[each] !== undefined)!;
  return { unit, count: span[unit]! };
}

export function emitRepeats({ repeats }: Pick<Task, 'repeats'>, phase: Phase, dating: Dating): Repeats | undefined {
  if (repeats === undefined) return undefined;
  if (!('every' in repeats)) {
    const { times, apart } = repeats;
    return { kind: 'inTurn', times, ...given({ apart: apart && emitSpan(apart) }) };
  }
  const { every, times } = repeats;
  return { kind: 'scheduled', every: emitSpan(every), opens: openingsIn(phase, { every, dating }).slice(0, times) };
}

/** The first instants of the days on which an occurrence comes up, as far as the phase goes. */
function openingsIn({ starts, ends }: Phase, { every, dating }: { every: DaySpan; dating: Dating }): readonly Instant[] {
  const { table } = dating;
  const [first, last] = [dating.startOf(starts), dating.endOf(ends)];
  const opens: Instant[] = [];
  for (let place = 0; ; place += 1) {
    const at = dayIn(table, { first, span: every, times: place });
    if (at === undefined || at > last) return opens;
    opens.push(at);
  }
}

/** The day that lies `times` spans after the one that begins at `first`; undefined beyond the table. */
function dayIn(table: DayTable, { first, span, times }: { first: Instant; span: DaySpan; times: number }): Instant | undefined {
  const from = table.starts.indexOf(first);
  const { unit, count } = emitSpan(span);
  const day =
    unit === 'workingDays' ? findWorkingDay(table, from, count * times) : from + count * times * (unit === 'weeks' ? 7 : 1);
  return day === undefined || day >= table.working.length ? undefined : startOfDay(table, day);
}

export function checkRepeats(checking: Checking, dating: Dating): void {
  for (const placed of checking.definition.tasks) {
    const { repeats } = placed.task;
    if (repeats === undefined) continue;
    if ('every' in repeats) checkSchedule(checking, { placed, repeats, dating });
    else checkTurns(checking, { placed, repeats, dating });
  }
}

function checkSchedule(
  checking: Checking,
  {
    placed: { task, phase },
    repeats,
    dating,
  }: { placed: PlacedTask; repeats: Extract<NonNullable<Task['repeats']>, { every: unknown }>; dating: Dating },
): void {
  const { places, report } = checking;
  const room = openingsIn(phase, { every: repeats.every, dating }).length;
  const wanted = repeats.times ?? Math.max(2, room);
  if (wanted > room) {
    report(
      'REPEATS_DO_NOT_FIT',
      places.of(repeats, repeats.times === undefined ? 'every' : 'times'),
      SAY.REPEATS_DO_NOT_FIT.schedule({ phase: phase.id, room, task: task.id, wanted }),
    );
  } else if (wanted > MOST_OCCURRENCES) {
    report(
      'OUT_OF_RANGE',
      places.of(repeats, 'every'),
      SAY.OUT_OF_RANGE.repeats({ task: task.id, wanted, most: MOST_OCCURRENCES }),
    );
  }
  if (isFixed(task.due)) report('REPEATS_DUE', places.of(task, 'due'), SAY.REPEATS_DUE.main({ task: task.id }));
}

/** The same instant for all of them. */
function isFixed(due: Task['due']): boolean {
  if (typeof due !== 'object') return false;
  return 'date' in due || ('from' in due && (due.from === 'phase-start' || due.from === 'phase-end'));
}

/** At the soonest each is settled on the day it comes up. */
function checkTurns(
  { places, report }: Checking,
  {
    placed: { task, phase },
    repeats,
    dating,
  }: { placed: PlacedTask; repeats: Exclude<NonNullable<Task['repeats']>, { every: unknown }>; dating: Dating },
): void {
  const { times, apart } = repeats;
  if (apart === undefined) return;
  const last = dayIn(dating.table, { first: dating.startOf(phase.starts), span: apart, times: times - 1 });
  if (last !== undefined && last <= dating.endOf(phase.ends)) return;
  report(
    'REPEATS_DO_NOT_FIT',
    places.of(repeats, 'apart'),
    SAY.REPEATS_DO_NOT_FIT.turns({ times, task: task.id, phase: phase.id, ends: phase.ends }),
  );
}

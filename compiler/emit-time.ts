/** Times of a definition as the plan has them. */
import type { Hours, Span } from '../model/hours.ts';
import type { Offset } from '../model/offset.ts';
import { clampedOffset } from '../model/offset.ts';
import type { Anchor, DueRule, Instant, Returns, Rung, TaskTemplate } from '../model/plan.ts';
import type { Dating } from './dates.ts';
import { given } from './given.ts';
import type { MainFile, Rung as RungText, Task } from './language.ts';
import { type Anchor as AnchorText, type DueFrom, findDueDate, findDueFrom, type OffsetKeys, unitsIn } from './time-language.ts';

export function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * 60 + minutes;
}

/** Of keys of which exactly one is a unit. */
export function emitOffset(keys: OffsetKeys): Offset {
  const [unit] = unitsIn(keys);
  return { unit: unit!, count: keys[unit!]!, ...given({ atMinute: keys.at === undefined ? undefined : minuteOf(keys.at) }) };
}

export function emitSpan(text: string): Span {
  const [from, to] = text.split('-') as [string, string];
  return { fromMinute: minuteOf(from), toMinute: minuteOf(to) };
}

export function emitHours(hours: MainFile['hours']): Hours | undefined {
  if (hours === undefined) return undefined;
  const { work, quiet, quietOnDaysOff } = hours;
  return given({
    work: work?.map(emitSpan),
    quiet: quiet === undefined ? undefined : emitSpan(quiet),
    quietOnDaysOff: quietOnDaysOff === true ? (true as const) : undefined,
  });
}

/** How often a rung says it again where that is not said: about as long as anybody would. */
const TIMES = 20;

export function emitRung(rung: RungText): Rung {
  const { id, remind, escalate, when, repeat, digest } = rung;
  return {
    id,
    kind: remind === undefined ? 'escalation' : 'reminder',
    offset: when === undefined ? emitOffset(rung) : null,
    to: remind ?? escalate!,
    ...given({
      repeat: repeat === undefined ? undefined : { every: emitOffset(repeat.every), times: repeat.times ?? TIMES },
      digest,
      text: rung.text,
    }),
  };
}

export function emitReturns(returns: Task['returns']): Returns | undefined {
  if (returns === undefined) return undefined;
  const { atMost, within } = returns;
  return given({ atMost, within: within && emitOffset(within) });
}

export function emitRetract(retract: Task['retract']): TaskTemplate['retract'] {
  return retract && { within: emitOffset(retract.within) };
}

/** What a task's deadline is reckoned with. */
export interface PhaseTimes {
  readonly dating: Dating;
  readonly hours: Hours | undefined;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly notice: number;
}

export function emitDue({ due }: Pick<Task, 'due'>, phase: PhaseTimes): DueRule {
  const { dating, endsAt, notice: noticeWorkingDays } = phase;
  if (due === 'row') return { kind: 'row' };
  if (due === undefined || due === 'phase-end') return { kind: 'at', at: endsAt, noticeWorkingDays };
  const from = findDueFrom(due);
  if (from !== undefined) return emitDueFrom(from, phase);
  const fixed = findDueDate(due);
  if (fixed === undefined) return { kind: 'afterOpening', workingDays: due.workingDays! };
  const { date, at } = fixed;
  return { kind: 'at', at: at === undefined ? dating.endOf(date) : dating.timeOf(date, minuteOf(at)), noticeWorkingDays };
}

function emitDueFrom(due: DueFrom, { dating, hours, startsAt, endsAt, notice: noticeWorkingDays }: PhaseTimes): DueRule {
  const offset = emitOffset(due);
  const { from } = due;
  if (from !== 'phase-start' && from !== 'phase-end')
    return { kind: 'from', anchor: emitAnchor(from), offset, otherwise: endsAt, noticeWorkingDays };
  const frame = { days: dating.table, ...given({ hours }) };
  const anchoredAt = from === 'phase-start' ? startsAt : endsAt;
  const at = clampedOffset(frame, { from: anchoredAt, offset, timeless: 'end-of-day' });
  return { kind: 'at', at, noticeWorkingDays, from: { anchor: from, offset } };
}

function emitAnchor(from: Exclude<AnchorText, 'phase-start' | 'phase-end'>): Anchor {
  if (typeof from === 'string') return { on: from };
  if ('fact' in from) return { on: 'fact', fact: from.fact };
  return 'done' in from ? { on: 'done', task: from.done } : { on: 'returned', task: from.returned };
}

/** How often a task comes up, and when each time. */
import { wantedOf } from '../engine/occurrences.ts';
import type { DaySpan, Instant, TaskTemplate } from '../model/plan.ts';
import { amountWords } from './explain-offset.ts';

export interface RepeatsExplanation {
  /** `in-turn`: one after another is settled; `scheduled`: on days of their own. */
  readonly kind: 'in-turn' | 'scheduled';
  readonly times: number;
  /** Which of them is explained, from 1. */
  readonly occurrence: number;
  /** What lies between them at least, or exactly; null: nothing need to. */
  readonly span: string | null;
  /** When each comes up; empty for what comes up in turn. */
  readonly opens: readonly Instant[];
}

export function explainRepeats(task: TaskTemplate, occurrence: number): RepeatsExplanation | null {
  const { repeats } = task;
  if (repeats === undefined) return null;
  const times = wantedOf({}, task);
  if (repeats.kind === 'scheduled') {
    return { kind: 'scheduled', times, occurrence, span: everyInWords(repeats.every), opens: repeats.opens };
  }
  return { kind: 'in-turn', times, occurrence, span: repeats.apart === undefined ? null : amountWords(repeats.apart), opens: [] };
}

/** Behind `every`: `week`, `2 weeks`. */
const everyInWords = (span: DaySpan): string => amountWords(span).replace(/^1 /, '');

/** `4 times, every week`, for comparisons and pictures. */
export function repeatsInWords(repeats: NonNullable<TaskTemplate['repeats']>, dayOf: (at: Instant) => string): string {
  if (repeats.kind === 'scheduled')
    return `${repeats.opens.length} times, every ${everyInWords(repeats.every)}: ${repeats.opens.map(dayOf).join(', ')}`;
  const apart = repeats.apart === undefined ? '' : `, at least ${amountWords(repeats.apart)} apart`;
  return `${repeats.times} times, one after another${apart}`;
}

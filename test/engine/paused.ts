/** Programs that pause, and instances that stand still for a while, for tests of pauses. */
import { expect } from 'vitest';
import type { Adjustment, AdjustmentRule } from '../../model/adjustment.ts';
import type { Hours } from '../../model/hours.ts';
import type { PauseCause, PauseRules } from '../../model/pause.ts';
import type { DueRule, Program, ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { endOf, task, program } from './program-builder.ts';

export const HOURS: Hours = { work: [{ fromMinute: 8 * 60, toMinute: 18 * 60 }] };

interface Rules {
  readonly pauses?: PauseRules;
  readonly rule?: AdjustmentRule;
}

export function build(tasks: readonly ProgramTask[], { pauses, rule }: Rules = {}): Program {
  return {
    ...program({ tasks, hours: HOURS }),
    ...(pauses === undefined ? {} : { pauses }),
    ...(rule === undefined ? {} : { adjustments: { pause: rule } }),
  };
}

export const visit = (over: Partial<ProgramTask> = {}): ProgramTask => task({ id: 'visit', ladder: 'standard', ...over });
export const from = (anchor: 'opened' | 'enrolment', offset: Extract<DueRule, { kind: 'from' }>['offset']): DueRule => ({
  ...{ kind: 'from', anchor: { on: anchor }, offset },
  otherwise: endOf('2020-10-25'),
  noticeWorkingDays: 3,
});

export const adjust = (
  played: Played,
  adjustment: Adjustment,
  more: { authority?: string; revision?: number } = {},
): ReturnType<Played['send']> =>
  played.send(
    { kind: 'adjust', adjustment, authority: 'office', reason: 'r1', ...more },
    { by: { person: 'office-1', via: 'cli' } },
  );
export const pause = (played: Played, cause: PauseCause = 'self', more: object = {}) =>
  adjust(played, { kind: 'pause', cause }, more);
export const resume = (played: Played, cause: PauseCause = 'self', more: object = {}) =>
  adjust(played, { kind: 'resume', cause }, more);

/** Paused from Monday, 19 October, ten o'clock, to the Thursday of that week, three o'clock. */
export function pausedAWhile(of: Program, until = '2020-10-22 15:00'): Played {
  const played = new Played(of).at('2020-10-19 10:00');
  expect(pause(played)).toBe('taken');
  played.at(until);
  return played;
}

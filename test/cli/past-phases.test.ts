/** What `start` says of phases that began before the run. */
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../model/plan.ts';
import type { CliError } from '../../cli/failure.ts';
import { describePast, refusePastDates } from '../../cli/past-phases.ts';
import { findPastPhases } from '../../model/past-phases.ts';
import { beijing, endOf, startOf } from '../engine/program-builder.ts';
import { tell } from './fake-host.ts';

const phase = (id: string, [starts, ends]: readonly [string, string], past?: Phase['past']): Phase => ({
  id,
  title: { zh: id, en: id },
  startsAt: startOf(starts),
  endsAt: endOf(ends),
  ...(past === undefined ? {} : { past }),
});
const planOf = (...phases: readonly Phase[]) => ({ phases, endsAt: phases.at(-1)!.endsAt, zone: 'Asia/Shanghai' });
const plan = (first?: Phase['past'], second?: Phase['past']) =>
  planOf(phase('prepare', ['2020-10-13', '2020-10-20'], first), phase('visit', ['2020-10-21', '2020-10-30'], second));
const refusal = (of: ReturnType<typeof plan>, at: string): unknown => {
  try {
    return refusePastDates(of, beijing(at));
  } catch (error) {
    return (error as CliError).failure;
  }
};

describe('a start after the first day', () => {
  it('is refused where the definition says nothing, with the ways out', () =>
    expect(refusal(plan(), '2020-10-14 00:00')).toMatchObject({
      code: 'DATES_PAST',
      message: "the first day of phase 'prepare', 2020-10-13, is past",
      remedy: expect.stringContaining('--rehearse'),
    }));
  it('is taken on the first day itself', () => expect(refusal(plan(), '2020-10-13 23:59')).toBeUndefined());
  it('is taken where every phase that has begun says what becomes of it', () => {
    expect(refusal(plan('skip'), '2020-10-21 09:00')).toBeUndefined();
    expect(refusal(plan('skip'), '2020-10-22 09:00')).toMatchObject({ message: expect.stringContaining("'visit'") });
  });
  it('is refused once the campaign is over', () =>
    expect(refusal(plan('skip', 'catch-up'), '2020-10-31 00:00')).toMatchObject({
      message: expect.stringContaining('last day'),
    }));
});

describe('what becomes of the phases that have begun', () => {
  it('is what each says, but what still goes on is not passed over', () =>
    expect(findPastPhases(plan('skip', 'skip'), beijing('2020-10-25 09:00'))).toEqual([
      { phase: 'prepare', over: true, becomes: 'skip' },
      { phase: 'visit', over: false, becomes: 'catch-up' },
    ]));
  it('is told in a line for each', () => {
    const late = plan('skip', 'catch-up');
    expect(describePast(late as never, findPastPhases(late, beijing('2020-10-25 09:00')))).toEqual([
      'Phase prepare prepare ended on 2020-10-20: its tasks do not come up.',
      'Phase visit visit began on 2020-10-21: its tasks come up at once.',
    ]);
  });
});

it('start names the phases that are past, in text and in JSON', async () => {
  const machine = { host: { now: () => Date.UTC(2026, 5, 16, 1) } };
  const words = 'start definitions/safety-month-2026 --roster register.xlsx --dry-run';
  expect((await tell(words, machine)).out).toContain('Phase mobilise 动员 ended on 2026-05-29: its tasks do not come up.');
  expect(JSON.parse((await tell(`${words} --json`, machine)).out)).toMatchObject({
    past: [
      { phase: 'mobilise', over: true, becomes: 'skip' },
      { phase: 'month', over: false, becomes: 'catch-up' },
    ],
  });
});

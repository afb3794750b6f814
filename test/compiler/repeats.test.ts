import { describe, expect, it } from 'vitest';
import { issuesFrom, compiledFrom, tinyWith } from './tiny.ts';

const WRITE = 'holder: office, form: plan }';
const repeating = (repeats: string, more = ''): string =>
  tinyWith([WRITE, `holder: office, form: plan, repeats: ${repeats}${more} }`], ['ends: 2020-10-15', 'ends: 2020-10-30']);
const repeatsOf = (repeats: string) => compiledFrom(repeating(repeats)).plan.tasks[0]!.repeats;
const day = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

describe('a task on a schedule', () => {
  it.each([
    ['{ every: { weeks: 1 } }', ['10-13', '10-20', '10-27']],
    ['{ every: { weeks: 1 }, times: 2 }', ['10-13', '10-20']],
    ['{ every: { days: 10 } }', ['10-13', '10-23']],
    // The weekend of the 17th does not count.
    ['{ every: { workingDays: 4 } }', ['10-13', '10-19', '10-23', '10-29']],
  ])('comes up from the first day of its phase on: %s', (text, dates) => {
    const repeats = repeatsOf(text);
    expect(repeats?.kind === 'scheduled' && repeats.opens.map(day)).toEqual(dates.map((date) => `2020-${date}T00:00`));
  });
  it('moves with its campaign', () => {
    const { plan } = compiledFrom(repeating('{ every: { weeks: 1 } }'), { starts: '2020-11-02' });
    const { repeats } = plan.tasks[0]!;
    expect(repeats?.kind === 'scheduled' && day(repeats.opens[1]!)).toBe('2020-11-09T00:00');
  });
  it('may count its deadline from its opening', () =>
    expect(issuesFrom(repeating('{ every: { weeks: 1 } }', ', due: { from: opened, hours: 5 }'))).toEqual([]));
  it('is not due on a day of the phase', () =>
    expect(issuesFrom(repeating('{ every: { weeks: 1 } }', ', due: { from: phase-end, days: -1 }'))).toMatchObject([
      { code: 'REPEATS_DUE' },
    ]));
});

describe('a task in turns', () => {
  it('keeps how far they are apart', () =>
    expect(repeatsOf('{ times: 3, apart: { workingDays: 2 } }')).toEqual({
      kind: 'inTurn',
      times: 3,
      apart: { unit: 'workingDays', count: 2 },
    }));
  it('needs no distance', () => expect(repeatsOf('{ times: 3 }')).toEqual({ kind: 'inTurn', times: 3 }));
});

describe('what cannot be', () => {
  it.each([
    ['{ times: 1 }', 'OUT_OF_RANGE'],
    ['{ every: { weeks: 1 }, times: 4 }', 'REPEATS_DO_NOT_FIT'],
    ['{ every: { weeks: 3 } }', 'REPEATS_DO_NOT_FIT'],
    ['{ times: 3, apart: { weeks: 2 } }', 'REPEATS_DO_NOT_FIT'],
    ['{ times: 3, apart: { weeks: 1, days: 1 } }', 'CHOOSE_ONE'],
    ['{ every: { hours: 1 } }', 'UNKNOWN_KEY'],
    ['often', 'WRONG_TYPE'],
  ])('is told where it is: %s', (text, code) => expect(issuesFrom(repeating(text)).map((issue) => issue.code)).toContain(code));
});

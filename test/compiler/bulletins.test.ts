import { describe, expect, it } from 'vitest';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const T = 'title: { zh: 周报, en: Weekly }';
const INDICATORS = `indicators:\n  done: { title: { zh: 完成, en: Done }, tasks: { status: done } }\n`;
/** Tiny, but from the 13th to the 30th of October, with the made-up Saturday of the 10th behind it. */
const textOf = (bulletin: string): string =>
  `${tinyWith(['ends: 2020-10-15', 'ends: 2020-10-30'], ['roles:', 'roles:\n  union-head: { title: { zh: 主席, en: Head }, scope: union, fallback: office }'])}${INDICATORS}bulletins:\n  weekly: { ${T}, ${bulletin} }\n`;
const inShanghai = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const daysOf = (bulletin: string, starts?: string): readonly string[] =>
  compiledFrom(
    textOf(`to: leading-group, at: '16:00', shows: [done], ${bulletin}`),
    starts === undefined ? {} : { starts },
  ).plan.bulletins[0]!.at.map(inShanghai);
const codesOf = (bulletin: string): readonly string[] =>
  issuesFrom(textOf(bulletin)).flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));

describe('a bulletin', () => {
  it.each([
    [
      'every week on the weekday it begins on',
      'every: { weeks: 1 }',
      ['2020-10-13 16:00', '2020-10-20 16:00', '2020-10-27 16:00'],
    ],
    ['on the weekday it names', 'every: { weeks: 1 }, on: friday', ['2020-10-16 16:00', '2020-10-23 16:00', '2020-10-30 16:00']],
    ['every other week', 'every: { weeks: 2 }, on: tuesday', ['2020-10-13 16:00', '2020-10-27 16:00']],
    [
      'every so many days, worked or not',
      'every: { days: 4 }, until: 2020-10-22',
      ['2020-10-13 16:00', '2020-10-17 16:00', '2020-10-21 16:00'],
    ],
    [
      'every so many working days',
      'every: { workingDays: 3 }, from: 2020-10-17, until: 2020-10-23',
      ['2020-10-19 16:00', '2020-10-22 16:00'],
    ],
    [
      'from a phase to the end of a phase',
      'every: { weeks: 2 }, from: autumn, until: autumn',
      ['2020-10-13 16:00', '2020-10-27 16:00'],
    ],
  ])('is issued %s', (_how, bulletin, days) => expect(daysOf(bulletin)).toEqual(days));

  it('keeps to its weekday when the campaign starts on another day', () =>
    expect(daysOf('every: { weeks: 1 }, on: friday', '2020-10-19')).toEqual(['2020-10-23 16:00', '2020-10-30 16:00']));

  it('stands in the program of the campaign, and in no other', () => {
    const { programs } = compiledFrom(textOf(`to: leading-group, every: { weeks: 1 }, at: '16:00', shows: [done]`));
    expect(programs.campaign.bulletins).toMatchObject([{ id: 'weekly', style: 'bulletin', to: 'leading-group' }]);
    expect([programs.union, programs.household]).toEqual([
      expect.not.objectContaining({ bulletins: expect.anything() as unknown }),
      expect.not.objectContaining({ bulletins: expect.anything() as unknown }),
    ]);
  });

  it('may be a circular to the post of every union', () =>
    expect(codesOf(`to: union-head, every: { weeks: 1 }, at: '16:00', shows: [done], style: circular`)).toEqual([]));

  it.each([
    [`to: leading-group, every: { weeks: 1 }, at: '16:00', shows: [seen]`, 'UNKNOWN_INDICATOR'],
    [`to: leaders, every: { weeks: 1 }, at: '16:00', shows: [done]`, 'UNKNOWN_ROLE'],
    [`to: union-head, every: { weeks: 1 }, at: '16:00', shows: [done]`, 'SCOPE_MISMATCH'],
    [`to: office, every: { weeks: 1 }, at: '16:00', shows: [done], style: circular`, 'SCOPE_MISMATCH'],
    [`to: office, every: { weeks: 1 }, at: '16:00', shows: [done], from: winter`, 'UNKNOWN_PHASE'],
    [`to: office, every: { weeks: 1 }, at: '16:00', shows: [done], until: 2020-11-30`, 'DATE_OUTSIDE_CAMPAIGN'],
    [
      `to: office, every: { weeks: 1 }, on: sunday, at: '16:00', shows: [done], from: 2020-10-26, until: 2020-10-30`,
      'BULLETIN_NEVER',
    ],
    [`to: office, every: { days: 1 }, on: friday, at: '16:00', shows: [done]`, 'MALFORMED'],
  ])('is refused: %s', (bulletin, code) => expect(codesOf(bulletin)).toEqual([code]));
});

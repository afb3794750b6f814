/** The words of a bulletin: numbers over all, then union by union. Nobody is named, and no household is. */
import type { IndicatorValue } from '../model/indicators.ts';
import type { Bulletin, Plan } from '../model/plan.ts';
import { wordsOf } from './house-words.ts';

export interface BulletinIssue {
  readonly bulletin: Bulletin;
  readonly number: number;
  /** The instant it is issued for, as people read it. */
  readonly at: string;
  readonly values: readonly IndicatorValue[];
  readonly unions: readonly { readonly id: string; readonly name: string }[];
}

/** A bulletin of thousands of lines is read by nobody. */
const UNIONS = 500;

export function bulletinText(plan: Plan, { bulletin, number, at, values, unions }: BulletinIssue): string {
  const { language, words } = wordsOf(plan);
  const shown = bulletin.shows.flatMap((id) => {
    const indicator = plan.indicators.find((each) => each.id === id);
    const value = values.find((each) => each.indicator === id);
    return indicator === undefined || value === undefined ? [] : [{ indicator, value }];
  });
  const line = (numberOf: (value: IndicatorValue) => number | null): string =>
    shown
      .map(({ indicator, value }) => `${indicator.title[language]} ${told(numberOf(value), indicator.rule.kind === 'ratio')}`)
      .join(words.semicolon);
  const more = unions.length > UNIONS ? [`- ${words.moreUnions(unions.length - UNIONS)}`] : [];
  return [
    `${words.heading(plan.title[language])}${words.issue({ title: bulletin.title[language], number, at })}`,
    `${words.total}${words.colon}${line(({ value }) => value)}`,
    ...unions.slice(0, UNIONS).map(({ id, name }) => `- ${name}${words.colon}${line((value) => value.unions[id] ?? null)}`),
    ...more,
  ].join('\n');
}

/** A ratio of nothing is told as nothing. */
function told(value: number | null, isRatio: boolean): string {
  if (value === null) return '—';
  return isRatio ? `${Math.round(value * 1000) / 10}%` : String(value);
}

/** What a form needs to know of the world to judge an answer. */
import type { DateText, FactValue } from '../model/plan.ts';
import type { Answer } from './answers.ts';

export interface FormPerson {
  /** `district` is the federation itself. */
  readonly union: string;
  /** Role ids of the plan. */
  readonly roles: readonly string[];
}

export interface FormContext {
  /** The campaign's day on which the form is filled in. */
  readonly today: DateText;
  /** The campaign's last day. */
  readonly campaignEnd: DateText;
  /** What the register says of the household or union, by the register's field names. */
  readonly prefill: Readonly<Record<string, FactValue>>;
  /** Answers of the forms accepted last of earlier tasks of the same instance, by task and field; only of those that the form asks for. */
  readonly earlier: Readonly<Record<string, Readonly<Record<string, Answer>>>>;
  readonly findPerson: (id: string) => FormPerson | undefined;
  readonly findUnion: (id: string) => boolean;
  /** The union the form's instance belongs to; null for the campaign's own, which belong to the federation. */
  readonly union: string | null;
  /** What an indicator comes to over the form's union, or over all for the campaign's; null when it comes to nothing. Absent: nothing is compared. */
  readonly countOf?: (indicator: string) => number | null;
  /** Whoever hands the form in (opaque id), who can sign for nobody else; null when it is not known yet, or a machine does. */
  readonly author: string | null;
}

/** The union whose people are "own" to the form. */
export function ownUnionOf({ union }: FormContext): string {
  return union ?? 'district';
}

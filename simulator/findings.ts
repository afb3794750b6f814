/** What a simulated campaign comes to, as people want to read it. */
import type { IndicatorValue } from '../model/indicators.ts';
import type { DateText, Instant } from '../model/plan.ts';

/** Of the tasks of one phase in one union. */
export interface Line {
  readonly phase: string;
  /** Null: the federation's own. */
  readonly union: string | null;
  tasks: number;
  onTime: number;
  late: number;
  missed: number;
  /** Never finished, with no end that closed them. */
  unfinished: number;
  returned: number;
  reminders: number;
  /** By rung. */
  readonly escalations: Record<string, number>;
}

export interface PersonLoad {
  readonly person: string;
  readonly role: string;
  readonly union: string;
  /** Forms handed in and reviews given. */
  readonly acts: number;
  /** Deadlines that fell on this person as the holder. */
  readonly due: number;
  readonly messages: number;
  /** The day with most acts, and what they were, the most frequent first. */
  readonly peak: Peak | null;
  /** The day with most deadlines. */
  readonly duePeak: Peak | null;
  /** Day by day, as far as there is anything. */
  readonly load: readonly { readonly date: DateText; readonly acts: number; readonly due: number }[];
}

export interface Peak {
  readonly date: DateText;
  readonly count: number;
  readonly tasks: readonly { readonly task: string; readonly count: number }[];
}

export interface Findings {
  readonly instances: number;
  readonly acts: number;
  readonly lines: readonly Line[];
  /** The heaviest day first. */
  readonly people: readonly PersonLoad[];
  /** Acts and messages of everybody, day by day. */
  readonly days: readonly { readonly date: DateText; readonly acts: number; readonly due: number; readonly messages: number }[];
  /** Acts that were refused, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Forms that nobody could fill in, with one reason of each. */
  readonly unfillable: readonly { readonly form: string; readonly times: number; readonly reason: string }[];
  /** Tasks behind gates that were shut to the end, and in how many instances. */
  readonly shut: readonly { readonly task: string; readonly instances: number }[];
  readonly targets: readonly {
    readonly target: string;
    readonly of: number;
    readonly counts: Readonly<Record<string, number>>;
  }[];
  readonly indicators: readonly IndicatorValue[];
  /** Campaign time at which nothing was left to happen. */
  readonly endedAt: Instant;
}

/**
 * A definition as the reference model reads it: the language's own words, with conditions as trees. `write-definition.ts` writes it down as a text that
 * the compiler takes; nothing here comes from the compiler or the engine.
 */
export type Scope = 'campaign' | 'union' | 'household';
export type Value = string | number | boolean | null;

export type Condition =
  | { readonly fact: string; readonly is: readonly Value[] }
  | { readonly fact: string; readonly than: 'less' | 'at-least'; readonly bound: number | string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export const UNITS = ['minutes', 'hours', 'workingHours', 'days', 'workingDays', 'weeks'] as const;
export type Unit = (typeof UNITS)[number];

export interface Offset {
  readonly unit: Unit;
  readonly count: number;
  /** 'HH:MM' */
  readonly at?: string;
}

export interface Rung {
  readonly id: string;
  /** `assignee`, or a role. */
  readonly tells: string;
  readonly escalates: boolean;
  /** Undefined: when the task becomes overdue. */
  readonly offset?: Offset;
  readonly repeat?: { readonly every: Offset; readonly times: number };
}

export type Anchor =
  | 'opened'
  | 'enrolment'
  | 'phase-start'
  | 'phase-end'
  | { readonly done: string }
  | { readonly returned: string }
  | { readonly fact: string };

export type Due =
  | { readonly kind: 'phase-end' }
  | { readonly kind: 'row' }
  | { readonly kind: 'date'; readonly date: string; readonly at?: string }
  | { readonly kind: 'opening'; readonly workingDays: number }
  | { readonly kind: 'from'; readonly from: Anchor; readonly offset: Offset };

export interface Review {
  readonly by: string;
  readonly confirms: boolean;
  readonly not?: string;
  readonly when?: Condition;
}

export interface Gate {
  readonly of: 'unions' | 'households' | 'union' | 'campaign';
  /** Of those counted; 1 is all of them. */
  readonly share: number;
  readonly task: string;
  readonly noLaterThan?: string;
  readonly latched: boolean;
}

export interface RowRule {
  /** The task each row makes; undefined: it admits a household. */
  readonly task?: string;
  /** Whether the row goes to the union it names. */
  readonly toUnion: boolean;
}

export interface Task {
  readonly id: string;
  readonly scope: Scope;
  /** Its place among the phases. */
  readonly phase: number;
  /** Made by rows. */
  readonly ofRow: boolean;
  readonly holder: { readonly role: string; readonly not?: string } | 'row';
  readonly after: readonly string[];
  readonly when?: Condition;
  readonly gate?: Gate;
  readonly due: Due;
  readonly closes: boolean;
  readonly ladder: string;
  readonly reviews: readonly Review[];
  readonly outcomes: readonly { readonly when?: Condition; readonly set: Readonly<Record<string, Value>> }[];
  /** Fact to role. */
  readonly assigns: Readonly<Record<string, string>>;
  readonly rows: readonly RowRule[];
}

export interface Role {
  readonly scope: Scope;
  readonly fallback?: string;
}

export interface Fact {
  readonly scope: Scope;
  readonly type: 'choice' | 'number' | 'boolean' | 'date' | 'person';
  readonly choices?: readonly string[];
  readonly roster?: true;
  readonly initial?: Value;
  /** Whether forms of its scope ask for it. */
  readonly asked: boolean;
}

export interface Spec {
  readonly seed: number;
  /** Working days of notice. */
  readonly notice: number;
  readonly hours?: { readonly work: readonly string[]; readonly quiet?: string; readonly quietOnDaysOff: boolean };
  readonly phases: readonly { readonly starts: string; readonly ends: string }[];
  readonly roles: Readonly<Record<string, Role>>;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly ladders: Readonly<Record<string, readonly Rung[]>>;
  readonly tasks: readonly Task[];
}

/** What can be said of a condition before everything that it reads is known. */
import { evaluate, factsReadBy } from '../model/condition.ts';
import type { Condition, Facts } from '../model/plan.ts';

/** From the least to the most. */
const CERTAINTIES = ['no', 'depends', 'yes'] as const;
/** `depends`: on what becomes known later. */
export type Certainty = (typeof CERTAINTIES)[number];

/** `mayChange`: whether the value of a fact may still become another. Parts are judged one by one, so that what excludes itself may still be `depends`. */
export function judge(condition: Condition, facts: Facts, mayChange: (fact: string) => boolean): Certainty {
  switch (condition.op) {
    case 'all':
      return leastOf(condition.of.map((part) => judge(part, facts, mayChange)));
    case 'any':
      return mostOf(condition.of.map((part) => judge(part, facts, mayChange)));
    case 'not':
      return OPPOSITE[judge(condition.of, facts, mayChange)];
    case 'is':
    case 'compare':
    case 'relate':
    case 'unknown':
      return factsReadBy(condition).some(mayChange) ? 'depends' : evaluate(condition, facts) ? 'yes' : 'no';
  }
}

const OPPOSITE: Readonly<Record<Certainty, Certainty>> = { no: 'yes', depends: 'depends', yes: 'no' };

/** All of them must be so; of none, yes. */
export const leastOf = (all: readonly Certainty[]): Certainty => CERTAINTIES.find((each) => all.includes(each)) ?? 'yes';

/** One of them must be so; of none, no. */
export const mostOf = (all: readonly Certainty[]): Certainty => CERTAINTIES.findLast((each) => all.includes(each)) ?? 'no';

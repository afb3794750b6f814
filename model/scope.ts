/** The three scopes, one below the other: a campaign has unions, a union has households. */
import type { Scope } from './plan.ts';

const RANK: Readonly<Record<Scope, number>> = { campaign: 0, union: 1, household: 2 };

/** Whether each instance of `scope` has instances of `other` below it. */
export function isAbove(scope: Scope, other: Scope): boolean {
  return RANK[scope] < RANK[other];
}

/** The three scopes, one below the other: a campaign has unions, a union has households. */
import type { Scope } from './plan.ts';

/** The one instance that a run has of the scope campaign; the others have their scope's letter and an id. */
export const CAMPAIGN_INSTANCE = 'c';

const RANK: Readonly<Record<Scope, number>> = { campaign: 0, union: 1, household: 2 };

/** Whether each instance of `scope` has instances of `other` below it. */
export function isAbove(scope: Scope, other: Scope): boolean {
  return RANK[scope] < RANK[other];
}

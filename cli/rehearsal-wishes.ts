/** What the simulated people of the first campaign tend to answer, so that a rehearsal looks like a campaign. By form; other forms are filled in evenly. */
import type { Wishes } from '../forms/fill-form.ts';

export const REHEARSAL_WISHES: Readonly<Record<string, Wishes>> = {
  'rectification-ledger': { ledger: 5 },
  determination: {
    outcome: { weights: { assist: 9, exit: 1 } },
    exitReason: { weights: { lifted: 5, 'not-eligible': 3, moved: 1, other: 1 } },
    classChanged: { weights: { true: 1, false: 9 } },
    dossierComplete: { weights: { true: 4, false: 1 } },
  },
  // A union's sweep finds one household, or none that was overlooked.
  sweep: { found: 1 },
  'aid-list': { liftable: { weights: { true: 7, false: 3 } }, measures: 2 },
  'aid-result': { result: { weights: { lifted: 5, 'not-yet': 1 } } },
  'inspection-teams': { assignments: 8 },
  'inspection-record': { findings: 1 },
  'campaign-recheck': { gaps: 3 },
  'union-recheck': { gaps: 1 },
  'look-back': {
    result: { weights: { stable: 7, 'at-risk': 2, relapsed: 1 } },
    stillEligible: { weights: { true: 1, false: 4 } },
    prevention: 1,
  },
};

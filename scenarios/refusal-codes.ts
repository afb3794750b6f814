/** The codes that a step may expect to be refused with: those that both stages can give. */
import { FORM_ISSUE_CODES } from '../forms/form-issue.ts';
import { REFUSAL_CODES } from '../model/command.ts';

/** Of versions that cannot follow: said by `succeed`. */
const SUCCESSION_CODES = [
  'AMEND_OTHER_CAMPAIGN',
  'AMEND_BEGUN_PHASE',
  'AMEND_TASK_MOVED',
  'AMEND_GATE_MOVED',
  'AMEND_FACT_CHANGED',
  'AMEND_FACT_UNKNOWN',
] as const;

/** What the client says before the rules are asked, and the virtual run as well. */
const CLIENT_CODES = ['FORM_INVALID', 'UNKNOWN_PERSON', 'UNKNOWN_UNION', 'UNION_HAS_LEFT'] as const;

export const EXPECTABLE_CODES: readonly string[] = [
  ...new Set([...REFUSAL_CODES, ...SUCCESSION_CODES, ...CLIENT_CODES, ...FORM_ISSUE_CODES]),
];

/** What is wrong with a register. No issue repeats what a cell holds: a shifted column would put names and identity numbers into logs. */
import type { RosterIssue } from '../model/roster.ts';
import { ROSTER_LIMITS } from './limits.ts';

export const ROSTER_ISSUE_CODES = [
  'ROSTER_NOT_FOUND',
  'ROSTER_TOO_LARGE',
  'ROSTER_NOT_XLSX',
  'ROSTER_UNREADABLE',
  'ROSTER_EMPTY',
  'SHEET_MISSING',
  'SHEET_REPEATED',
  'HEADING_MISSING',
  'HEADING_UNKNOWN',
  'HEADING_REPEATED',
  'CELL_REQUIRED',
  'CELL_UNPRINTABLE',
  'CELL_TOO_LONG',
  'BAD_ID',
  'BAD_CHOICE',
  'NO_SUCH_DATE',
  'DATE_IN_FUTURE',
  'LIFTED_BEFORE_FILED',
  'NO_PHONE_NUMBER',
  'NO_ID_NUMBER',
  'SEX_DISAGREES',
  'BIRTH_DISAGREES',
  'DUPLICATE_ID',
  'DUPLICATE_ID_NUMBER',
  'UNKNOWN_UNION',
  'POST_NEEDS_UNION',
  'POST_NEEDS_FEDERATION',
  'UNION_WITHOUT_HEAD',
  'UNION_WITHOUT_OFFICER',
  'UNION_NOT_TAKEN',
  'MORE_ISSUES',
] as const;
export type RosterIssueCode = (typeof ROSTER_ISSUE_CODES)[number];

/** A row that can be refused. The object itself stands for the row. */
export interface Placed {
  readonly sheet: string;
  readonly line: number;
}

export interface Complaint {
  readonly code: RosterIssueCode;
  readonly column?: string;
  readonly message: string;
  readonly hint: string;
}

export interface IssueLog {
  /** Of a sheet or file as a whole (line 0), or of its heading (line 1). */
  readonly report: (place: Placed, complaint: Complaint) => void;
  /** As `report`, and the row is not taken. */
  readonly refuse: (row: Placed, complaint: Complaint) => void;
  readonly isRefused: (row: Placed) => boolean;
  readonly issues: () => readonly RosterIssue[];
}

export function createIssueLog(): IssueLog {
  const kept: RosterIssue[] = [];
  const refused = new WeakSet<Placed>();
  let count = 0;
  const report = ({ sheet, line }: Placed, complaint: Complaint): void => {
    count += 1;
    if (count <= ROSTER_LIMITS.issues) kept.push({ sheet, line, ...complaint });
  };
  return {
    report,
    refuse: (row, complaint) => {
      refused.add(row);
      report(row, complaint);
    },
    isRefused: (row) => refused.has(row),
    issues: () => (count <= ROSTER_LIMITS.issues ? kept : [...kept, moreIssues(count - ROSTER_LIMITS.issues)]),
  };
}

/** The issue of a sheet, a file or the whole register. */
export function issueOfWhole(sheet: string, complaint: Complaint): RosterIssue {
  return { sheet, line: 0, ...complaint };
}

export function tooManyRows(): Complaint {
  const message = `the register has more than ${ROSTER_LIMITS.rows} rows`;
  return { code: 'ROSTER_TOO_LARGE', message, hint: 'check that this is the register of one federation' };
}

export function tooManyBytes(): Complaint {
  const message = `the register takes more than ${ROSTER_LIMITS.fileBytes} bytes`;
  return { code: 'ROSTER_TOO_LARGE', message, hint: 'remove pictures and other sheets' };
}

function moreIssues(count: number): RosterIssue {
  const hint = 'put right what is listed and check again; a wrong column often explains them all';
  return issueOfWhole('', { code: 'MORE_ISSUES', message: `there are ${count} more issues`, hint });
}

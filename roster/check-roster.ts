/** From the sheets of a register to the rows that stand, with every issue on the way. */
import type { DateText } from '../model/plan.ts';
import type { HouseholdEntry, Roster, RosterIssue } from '../model/roster.ts';
import { checkHousehold, type HouseholdValues } from './check-household.ts';
import { checkMembership } from './check-membership.ts';
import { refuseRepeated } from './refuse-repeated.ts';
import { EARLIER_COLUMNS, HOUSEHOLD_COLUMNS, PERSON_COLUMNS, UNION_COLUMNS } from './register.ts';
import { createIssueLog, type IssueLog } from './roster-issue.ts';
import { SHEET_TITLES, type Sheet, type SheetKind } from './sheet.ts';
import { type Columns, type TakenRow, takeRows, type ValuesOf } from './take-rows.ts';

export interface RosterReading {
  /** The rows without fault, and only of unions that stand themselves. */
  readonly roster: Roster;
  /** Every issue, in the order of the checks; none means that the whole register was taken. */
  readonly issues: readonly RosterIssue[];
}

export interface RosterQuestion {
  /** No date of the register may lie after it. */
  readonly asOf: DateText;
  /** Ids of unions that are known elsewhere: then it may be a part of a register, any of its sheets alone. */
  readonly known?: readonly string[];
}

export function checkRoster(sheets: readonly Sheet[], { asOf, known }: RosterQuestion): RosterReading {
  const log = createIssueLog();
  const mayLack = known !== undefined && sheets.length > 0;
  const take = <C extends Columns>(kind: SheetKind, columns: C): readonly TakenRow<ValuesOf<C>>[] => {
    const sheet = findSheet(sheets, { kind, log, mayLack });
    return sheet === undefined ? [] : takeRows(sheet, { columns, asOf, log });
  };
  const unions = take('unions', UNION_COLUMNS);
  const people = take('people', PERSON_COLUMNS);
  const onFile: readonly TakenRow<HouseholdValues>[] = take('households', HOUSEHOLD_COLUMNS);
  const earlier: readonly TakenRow<HouseholdValues>[] = take('earlier', EARLIER_COLUMNS);
  const households = [...onFile, ...earlier];

  for (const row of households) checkHousehold(row, log);
  refuseRepeated(unions, { field: 'id', column: UNION_COLUMNS.id.heading, code: 'DUPLICATE_ID', log });
  refuseRepeated(people, { field: 'id', column: PERSON_COLUMNS.id.heading, code: 'DUPLICATE_ID', log });
  refuseRepeated(households, { field: 'id', column: HOUSEHOLD_COLUMNS.id.heading, code: 'DUPLICATE_ID', log });
  refuseRepeated(households, { field: 'idNumber', column: HOUSEHOLD_COLUMNS.idNumber.heading, code: 'DUPLICATE_ID_NUMBER', log });
  // Without a single union nobody belongs anywhere. That has been said once; it need not be said of every row.
  if (unions.length === 0 && known === undefined)
    return { roster: { unions: [], people: [], households: [] }, issues: log.issues() };
  checkMembership({ unions, people, households, known: new Set(known) }, log);

  const stands = <T>(rows: readonly TakenRow<T>[]): readonly T[] =>
    // A row that was not refused lacks nothing.
    rows.filter((row) => !log.isRefused(row)).map(({ values }) => values as T);
  const enrolled = (
    rows: readonly TakenRow<HouseholdValues>[],
    enrolment: HouseholdEntry['enrolment'],
  ): readonly HouseholdEntry[] => stands(rows).map((values) => ({ ...values, enrolment }));
  const roster = {
    unions: stands(unions),
    people: stands(people),
    households: [...enrolled(onFile, 'on-file'), ...enrolled(earlier, 'earlier-lifted')],
  };
  return { roster, issues: log.issues() };
}

/** A register without one of the first three sheets is none; but perhaps nobody has been lifted in an earlier year. */
function findSheet(
  sheets: readonly Sheet[],
  { kind, log, mayLack }: { kind: SheetKind; log: IssueLog; mayLack: boolean },
): Sheet | undefined {
  const [sheet, another] = sheets.filter((candidate) => candidate.kind === kind);
  const title = SHEET_TITLES[kind];
  if (another !== undefined) {
    const message = `'${title}' is there twice, under its Chinese and its English name`;
    log.report({ sheet: another.title, line: 0 }, { code: 'SHEET_REPEATED', message, hint: 'keep one of them' });
  }
  if (kind === 'earlier' || mayLack) return sheet;
  if (sheet === undefined) {
    const hint = `add a sheet named ${title} (or ${kind})`;
    log.report({ sheet: title, line: 0 }, { code: 'SHEET_MISSING', message: `there is no sheet '${title}'`, hint });
  } else if (sheet.rows.length < 2) {
    const hint = 'check that this is the whole register';
    log.report({ sheet: sheet.title, line: 0 }, { code: 'ROSTER_EMPTY', message: `'${title}' has no rows`, hint });
  }
  return sheet;
}

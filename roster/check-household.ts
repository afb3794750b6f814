/** Whether the cells of one household agree with each other. The identity number is the one that carries a check, so it is believed. */
import { birthOf, sexOf } from '../model/id-number.ts';
import type { HouseholdEntry } from '../model/roster.ts';
import { EARLIER_COLUMNS, HOUSEHOLD_COLUMNS } from './register.ts';
import type { IssueLog } from './roster-issue.ts';
import type { TakenRow } from './take-rows.ts';

export type HouseholdValues = Omit<HouseholdEntry, 'enrolment'>;

export function checkHousehold(row: TakenRow<HouseholdValues>, log: IssueLog): void {
  const { idNumber, sex, bornIn, filedOn, liftedOn } = row.values;
  if (idNumber !== undefined && sex !== undefined && sexOf(idNumber) !== sex) {
    const column = HOUSEHOLD_COLUMNS.sex.heading;
    const hint = 'its seventeenth digit is odd for men and even for women; correct whichever is wrong';
    log.refuse(row, { code: 'SEX_DISAGREES', column, message: `'${column}' disagrees with the identity number`, hint });
  }
  if (idNumber !== undefined && bornIn !== undefined && birthOf(idNumber).slice(0, 7) !== bornIn) {
    const column = HOUSEHOLD_COLUMNS.bornIn.heading;
    const hint = 'its seventh to twelfth digits are year and month of birth; correct whichever is wrong';
    log.refuse(row, { code: 'BIRTH_DISAGREES', column, message: `'${column}' disagrees with the identity number`, hint });
  }
  if (filedOn !== undefined && liftedOn !== undefined && liftedOn < filedOn) {
    const column = EARLIER_COLUMNS.liftedOn.heading;
    const message = `'${column}' lies before '${EARLIER_COLUMNS.filedOn.heading}'`;
    log.refuse(row, { code: 'LIFTED_BEFORE_FILED', column, message, hint: 'correct whichever is wrong' });
  }
}

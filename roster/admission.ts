/** A household found by a union's sweep, as a file of the register. */
import { createHash } from 'node:crypto';
import type { HouseholdEntry } from '../model/roster.ts';

export type SweptRow = Pick<
  HouseholdEntry,
  'name' | 'sex' | 'bornIn' | 'idNumber' | 'phone' | 'fileLevel' | 'hardshipClass' | 'cause' | 'workplace' | 'address'
>;

/** The file a swept row becomes. Its id is made from the claim, so the same row is always the same household. */
export function admittedHousehold(
  row: SweptRow,
  of: { run: string; claim: string; union: string; filedOn: string },
): HouseholdEntry {
  const { run, claim, union, filedOn } = of;
  const mark = createHash('sha256').update(`${run}|${claim}`).digest('hex').slice(0, 8);
  return { ...row, id: `${union}-n${mark}`, union, enrolment: 'admitted', filedOn };
}

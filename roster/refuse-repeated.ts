/** What may stand in a register only once. */
import type { IssueLog, RosterIssueCode } from './roster-issue.ts';
import type { TakenRow } from './take-rows.ts';

interface Once<V> {
  readonly field: keyof V;
  readonly column: string;
  readonly code: RosterIssueCode;
  readonly log: IssueLog;
}

/** Refuses every row but the first that has a value, across sheets, and says where the first one is. */
export function refuseRepeated<V>(rows: readonly TakenRow<V>[], { field, column, code, log }: Once<V>): void {
  const first = new Map<unknown, TakenRow<V>>();
  for (const row of rows) {
    const value = row.values[field];
    if (value === undefined) continue;
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, row);
    else {
      const place = earlier.sheet === row.sheet ? `line ${earlier.line}` : `line ${earlier.line} of ${earlier.sheet}`;
      log.refuse(row, {
        code,
        column,
        message: `the same '${column}' stands in ${place}`,
        hint: 'keep one row, or correct the other',
      });
    }
  }
}

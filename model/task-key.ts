/**
 * How tasks are called within an instance: by the id of their template, `visit`; further occurrences of it `visit.2`, `visit.3`; and those that rows made
 * by template, source and row, `measure:aid-list.1`, or `rectification:check.2.1` for row 1 of the second check.
 */

export interface TaskKey {
  readonly template: string;
  /** From 1. */
  readonly occurrence: number;
}

export function keyOf({ template, occurrence }: TaskKey): string {
  return occurrence === 1 ? template : `${template}.${occurrence}`;
}

/** What a key says by itself. Ids have neither dots nor colons; what stands behind a colon is the source's key and the row. */
export function readKey(key: string): TaskKey {
  const further = /^([^.:]+)\.([2-9]|[1-9]\d{1,3})$/.exec(key);
  if (further !== null) return { template: further[1]!, occurrence: Number(further[2]) };
  return { template: key.split(':', 1)[0]!, occurrence: 1 };
}

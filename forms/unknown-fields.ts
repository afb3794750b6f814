/** Answers under names that no field, column or fixed row has. */
import { findNearest } from '../model/nearest.ts';
import type { FormIssue } from './form-issue.ts';
import { FORM_LIMITS } from './limits.ts';

interface Names {
  readonly of: 'field' | 'row';
  readonly known: readonly string[];
  /** Where the names stand, with its separator: '' or 'measures[2].'. */
  readonly prefix: string;
  readonly issues: FormIssue[];
}

/** Refuses what is not known. A key that does not look like an id may be anything, a name or a number too, so it is not repeated. */
export function refuseUnknown(given: Readonly<Record<string, unknown>>, { of, known, prefix, issues }: Names): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    if (issues.length >= FORM_LIMITS.issues) return;
    const named = /^[a-z][a-zA-Z-]{0,39}$/.test(key);
    const near = named ? findNearest(key, known) : undefined;
    issues.push({
      code: of === 'field' ? 'UNKNOWN_FIELD' : 'UNKNOWN_ROW',
      path: named ? `${prefix}${key}` : prefix.replace(/\.$/, ''),
      message: named ? `there is no ${of} '${key}'` : `an answer is given under a name that no ${of} has`,
      hint: near === undefined ? `the ${of}s are ${known.join(', ')}` : `did you mean '${near}'?`,
    });
  }
}

/** Whether people and households belong to a union of the register, and whether each union has somebody to answer for it and somebody to work. */
import { isPost } from '../model/adjustment.ts';
import type { PersonEntry, UnionEntry } from '../model/roster.ts';
import type { HouseholdValues } from './check-household.ts';
import { FEDERATION, HOUSEHOLD_COLUMNS, PERSON_COLUMNS, UNION_COLUMNS } from './register.ts';
import type { Complaint, IssueLog } from './roster-issue.ts';
import { SHEET_TITLES } from './sheet.ts';
import type { TakenRow } from './take-rows.ts';

interface Register {
  readonly unions: readonly TakenRow<UnionEntry>[];
  readonly people: readonly TakenRow<PersonEntry>[];
  readonly households: readonly TakenRow<HouseholdValues>[];
  /** Unions that are known elsewhere, with their own people. */
  readonly known: ReadonlySet<string>;
}

/** Of at least one union. When no row of the people could be read, that has been said, and asking each union for its posts would only bury it. */
export function checkMembership({ unions, people, households, known: elsewhere }: Register, log: IssueLog): void {
  for (const row of unions) if (row.values.id === FEDERATION.id) log.refuse(row, takenByFederation());
  const known = new Set([...unions.map(({ values }) => values.id), ...elsewhere]);
  for (const row of people) checkPost(row, { known, log });
  for (const row of households) checkUnion(row, { known, column: HOUSEHOLD_COLUMNS.union.heading, log });
  const own = unions.filter(({ values }) => values.id === undefined || !elsewhere.has(values.id));
  if (people.length > 0 || elsewhere.size > 0) checkPosts(own, { people, log });
  // Only now is it known which unions stand, and with them their people and households.
  const standing = new Set([...unions.filter((row) => !log.isRefused(row)).map(({ values }) => values.id), ...elsewhere]);
  for (const row of [...people, ...households]) {
    if (log.isRefused(row) || row.values.union === FEDERATION.id || standing.has(row.values.union)) continue;
    const hint = `put the union right in the sheet ${SHEET_TITLES.unions} first`;
    log.refuse(row, { code: 'UNION_NOT_TAKEN', message: 'its union is not taken', hint });
  }
}

interface Known {
  readonly known: ReadonlySet<string | undefined>;
  readonly log: IssueLog;
}

function takenByFederation(): Complaint {
  const message = `'${FEDERATION.id}' stands for the federation itself`;
  return { code: 'BAD_ID', column: UNION_COLUMNS.id.heading, message, hint: 'give the union another id' };
}

function checkPost(row: TakenRow<PersonEntry>, { known, log }: Known): void {
  const { union, role } = row.values;
  const column = PERSON_COLUMNS.union.heading;
  if (union !== FEDERATION.id) {
    checkUnion(row, { known, column, log });
    // Whoever may admit people to a union must not make somebody of the federation of them.
    if (role !== undefined && union !== undefined && !isPost({ role, union })) {
      const message = `this post belongs to ${FEDERATION.name}, not to a union`;
      log.refuse(row, { code: 'POST_NEEDS_FEDERATION', column, message, hint: `give '${FEDERATION.id}'` });
    }
  } else if (role === 'union-head' || role === 'union-officer') {
    const message = `this post belongs to a union, not to ${FEDERATION.name}`;
    log.refuse(row, { code: 'POST_NEEDS_UNION', column, message, hint: "give the union's id" });
  }
}

function checkUnion(
  row: TakenRow<{ readonly union: string }>,
  { known, column, log }: Known & { readonly column: string },
): void {
  const { union } = row.values;
  if (union === undefined || (union !== FEDERATION.id && known.has(union))) return;
  const hint = `use an id of the sheet ${SHEET_TITLES.unions}, or add the union there`;
  log.refuse(row, { code: 'UNKNOWN_UNION', column, message: `'${column}' names no union of the register`, hint });
}

/** A person whose own row has faults does not count: their row is not taken. */
function checkPosts(unions: Register['unions'], { people, log }: { people: Register['people']; log: IssueLog }): void {
  const held = new Set(people.filter((row) => !log.isRefused(row)).map(({ values }) => `${values.union} ${values.role}`));
  for (const row of unions) {
    const { id } = row.values;
    if (id === undefined) continue;
    const require = (role: PersonEntry['role'], code: Complaint['code']): void => {
      if (held.has(`${id} ${role}`)) return;
      const post = PERSON_COLUMNS.role.format(role);
      const message = `nobody in ${SHEET_TITLES.people} holds the post ${post} of this union in a row without faults`;
      log.refuse(row, { code, message, hint: `add a person with the post ${post}, or put their row right` });
    };
    require('union-head', 'UNION_WITHOUT_HEAD');
    require('union-officer', 'UNION_WITHOUT_OFFICER');
  }
}

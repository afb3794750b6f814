/** A choice that comes to nothing because the run has no union, household or person of that name: refused, rather than answered with an empty list. */
import { findNearest } from '../model/nearest.ts';
import type { Queryable } from '../store/pool.ts';
import { findHouseholds, findPeople, findUnions, hasPerson, PEOPLE_AT_MOST, UNIONS_AT_MOST } from '../store/register.ts';
import type { TaskChoice } from './api.ts';
import { Invalid } from './client-error.ts';

/** Of households only so many are looked through for one with a like name. */
const HOUSEHOLDS_LOOKED_THROUGH = 20_000;

/** Asked where nothing was found, so that a list that is not empty costs nothing more. @throws Invalid */
export async function refuseUnknownNames(
  db: Queryable,
  { run, choice: { union, household, holder } }: { run: string; choice: Pick<TaskChoice, 'union' | 'household' | 'holder'> },
): Promise<void> {
  if (union !== undefined) {
    const unions = await findUnions(db, { run, limit: UNIONS_AT_MOST });
    if (!unions.some(({ id }) => id === union)) throw unknown('union', { run, id: union, known: unions });
  }
  if (household !== undefined && (await findHouseholds(db, { run, ids: [household], limit: 1 })).length === 0) {
    const known = await findHouseholds(db, { run, limit: HOUSEHOLDS_LOOKED_THROUGH });
    throw unknown('household', { run, id: household, known });
  }
  // Who has left may have held something; who was never there cannot.
  if (holder !== undefined && !(await hasPerson(db, { run, id: holder }))) {
    const known = await findPeople(db, { run, limit: PEOPLE_AT_MOST });
    throw unknown('person', { run, id: holder, known });
  }
}

type What = 'union' | 'household' | 'person';

const CODES: Readonly<Record<What, string>> = {
  union: 'UNKNOWN_UNION',
  household: 'UNKNOWN_HOUSEHOLD',
  person: 'UNKNOWN_PERSON',
};

function unknown(
  what: What,
  { run, id, known }: { readonly run: string; readonly id: string; readonly known: readonly { readonly id: string }[] },
): Invalid {
  const near = findNearest(
    id,
    known.map((entry) => entry.id),
  );
  return new Invalid({
    code: CODES[what],
    message: `run '${run}' has no ${what} '${id}'`,
    remedy: near === undefined ? `name a ${what} by its id in the register` : `did you mean '${near}'?`,
  });
}

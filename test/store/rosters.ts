/** Builders of a small register: two unions with their people, and households that are filed by them. */
import type { HouseholdEntry, PersonEntry, Roster, UnionEntry } from '../../model/roster.ts';

export function buildHousehold(changes: Partial<HouseholdEntry> = {}): HouseholdEntry {
  const id = changes.id ?? '2001';
  return {
    id,
    union: 'xizhen',
    enrolment: 'on-file',
    name: '吴春生',
    sex: 'male',
    bornIn: '1970-03',
    idNumber: `33072219700301${id}`,
    phone: '13900000001',
    filedOn: '2018-05-01',
    fileLevel: 'national',
    hardshipClass: 'deep',
    cause: '本人患病',
    workplace: '西镇五金厂',
    address: '西镇一号',
    ...changes,
  };
}

export function buildPerson(changes: Partial<PersonEntry> = {}): PersonEntry {
  return { id: 'cadre-wu', name: '吴一', union: 'xizhen', role: 'cadre', phone: '13900000101', post: '干事', ...changes };
}

const UNIONS: readonly UnionEntry[] = [
  { id: 'xizhen', name: '西镇总工会', kind: 'township' },
  { id: 'dongzhen', name: '东镇总工会', kind: 'township' },
];

export function buildRoster(changes: Partial<Roster> = {}): Roster {
  return {
    unions: UNIONS,
    people: [
      buildPerson(),
      buildPerson({ id: 'head-xi', role: 'union-head' }),
      buildPerson({ id: 'officer-dong', role: 'union-officer', union: 'dongzhen' }),
      buildPerson({ id: 'office-1', role: 'office', union: 'district' }),
    ],
    households: [buildHousehold(), buildHousehold({ id: '2002' }), buildHousehold({ id: '3001', union: 'dongzhen' })],
    ...changes,
  };
}

/** The register a run starts with, checked. Ids are ASCII and chosen by the federation; everything else but the classes is personal data. */
export type UnionKind = 'township' | 'sector' | 'direct';
export type FileLevel = 'national' | 'tiered';
export type HardshipClass = 'deep' | 'relative' | 'sudden';
/** `on-file`: in the register at the start; `earlier-lifted`: lifted in an earlier year, looked back at only; `admitted`: found by a union's sweep. */
export type Enrolment = 'on-file' | 'earlier-lifted' | 'admitted';

export interface UnionEntry {
  readonly id: string;
  readonly name: string;
  readonly kind: UnionKind;
}

/** `district` in `union` is the federation itself. */
export interface PersonEntry {
  readonly id: string;
  readonly name: string;
  readonly union: string;
  readonly role: 'office' | 'leading-group' | 'union-head' | 'union-officer' | 'cadre' | 'inspector';
  readonly phone: string;
  readonly post: string;
}

export interface HouseholdEntry {
  readonly id: string;
  readonly union: string;
  readonly enrolment: Enrolment;
  readonly name: string;
  readonly sex: 'male' | 'female';
  readonly bornIn: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly filedOn: string;
  readonly fileLevel: FileLevel;
  readonly hardshipClass: HardshipClass;
  readonly cause: string;
  readonly workplace: string;
  readonly address: string;
  /** Only for `earlier-lifted`. */
  readonly liftedOn?: string;
}

export interface Roster {
  readonly unions: readonly UnionEntry[];
  readonly people: readonly PersonEntry[];
  readonly households: readonly HouseholdEntry[];
}

/** Something wrong with the register. `line` counts from 1 and includes the heading; 0 is the sheet or the file as a whole. */
export interface RosterIssue {
  readonly sheet: string;
  readonly line: number;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

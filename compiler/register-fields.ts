/**
 * Fields of a household's file (model/roster.ts): what forms are prefilled from and may correct, and households admitted from. `correctedAs` are the
 * types of fields whose answers the register takes; what rules were given at enrolment is no longer corrected there but by a fact.
 */
import type { ColumnType, Privacy } from '../model/form.ts';

export interface RegisterField {
  readonly privacy: Privacy;
  readonly correctedAs?: ColumnType;
  /** Of a choice. */
  readonly members?: readonly string[];
}

export const REGISTER: Readonly<Record<string, RegisterField>> = {
  name: { privacy: 'personal', correctedAs: 'text' },
  sex: { privacy: 'personal', correctedAs: 'choice', members: ['male', 'female'] },
  bornIn: { privacy: 'personal', correctedAs: 'year-month' },
  idNumber: { privacy: 'sensitive', correctedAs: 'id-number' },
  phone: { privacy: 'personal', correctedAs: 'phone' },
  filedOn: { privacy: 'none', correctedAs: 'date' },
  fileLevel: { privacy: 'none' },
  hardshipClass: { privacy: 'none' },
  cause: { privacy: 'sensitive', correctedAs: 'text' },
  workplace: { privacy: 'personal', correctedAs: 'text' },
  address: { privacy: 'personal', correctedAs: 'text' },
};

export const REGISTER_FIELDS = Object.keys(REGISTER);

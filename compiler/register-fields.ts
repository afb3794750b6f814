/** Fields of a household's file (model/roster.ts): what forms are prefilled from, households admitted from, and how closely each is kept. */
import type { Privacy } from '../model/form.ts';

export const REGISTER_PRIVACY = {
  name: 'personal',
  sex: 'personal',
  bornIn: 'personal',
  idNumber: 'sensitive',
  phone: 'personal',
  filedOn: 'none',
  fileLevel: 'none',
  hardshipClass: 'none',
  cause: 'sensitive',
  workplace: 'personal',
  address: 'personal',
} as const satisfies Record<string, Privacy>;

export const REGISTER_FIELDS = Object.keys(REGISTER_PRIVACY) as readonly (keyof typeof REGISTER_PRIVACY)[];

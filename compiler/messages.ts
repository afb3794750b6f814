/**
 * Everything that can be said of a definition, by code and variant, in English and Chinese: both from the same values, so that neither is made from the
 * other. The names of variants say what is wrong; only those whose code has a single one are called `main`.
 */
import type { IssueCode } from './codes.ts';
import { files } from './messages/files.ts';
import { shape } from './messages/shape.ts';
import { names } from './messages/names.ts';
import { dates } from './messages/dates.ts';
import { people } from './messages/people.ts';
import { rules } from './messages/rules.ts';
import { scopes } from './messages/scopes.ts';
import { facts } from './messages/facts.ts';
import { meaning } from './messages/meaning.ts';
import { conditions } from './messages/conditions.ts';
import { forms } from './messages/forms.ts';
import { outgoing } from './messages/outgoing.ts';
import type { Said } from './said.ts';

type Variant = Said | ((values: never) => Said);

/** No code lacks its words: the compiler of this compiler sees to it. */
export const SAY = {
  ...files,
  ...shape,
  ...names,
  ...dates,
  ...people,
  ...rules,
  ...scopes,
  ...facts,
  ...conditions,
  ...forms,
  ...meaning,
  ...outgoing,
} as const satisfies Record<IssueCode, Readonly<Record<string, Variant>>>;

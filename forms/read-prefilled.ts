/** Reading what is prefilled: from the register, or from an earlier form of the same instance. */
import { canonicalJson } from '../model/canonical.ts';
import type { Cell, EarlierField, FormSpec } from '../model/form.ts';
import { type Answer, isBlank, ownMember } from './answers.ts';
import { cellsOf, tablesOf } from './fields.ts';
import type { FormContext } from './form-context.ts';
import type { Reading } from './read-cell.ts';

/** Where it comes from answers, also when it has nothing to say: a gap there must not keep a form from being handed in. */
export function readPrefilled(from: NonNullable<Cell['from']>, given: unknown, context: FormContext): Reading {
  const kept = keptOf(from, context);
  if (isBlank(given) || isSame(given, kept)) return { answer: kept };
  return typeof from === 'string'
    ? {
        code: 'FIELD_IS_PREFILLED',
        what: 'comes from the register and says something else there',
        hint: `leave it out; if the register is wrong, have the office correct '${from}' there`,
      }
    : {
        code: 'FIELD_IS_PREFILLED',
        what: `comes from the form of '${from.task}' and says something else there`,
        hint: 'leave it out',
      };
}

function keptOf(from: NonNullable<Cell['from']>, { prefill, earlier }: FormContext): Answer {
  if (typeof from === 'string') return ownMember(prefill, from) ?? null;
  return ownMember(ownMember(earlier, from.task) ?? {}, from.field) ?? null;
}

function isSame(given: unknown, kept: Answer): boolean {
  if (typeof given === 'string' && typeof kept === 'string') return given.trim() === kept.trim();
  return canonicalJson(given) === canonicalJson(kept);
}

/** The fields of earlier forms that a form is prefilled from. */
export function earlierFieldsOf(form: FormSpec): readonly EarlierField[] {
  const cells = [...cellsOf(form), ...tablesOf(form).flatMap(({ columns }) => columns)];
  return cells.flatMap(({ from }) => (typeof from === 'object' ? from : []));
}

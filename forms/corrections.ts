/** Corrections of what the register says: given beside a prefilled field, kept with what stood there before, applied once the task is done. */
import { birthOf, sexOf } from '../model/id-number.ts';
import type { Cell, FormSpec } from '../model/form.ts';
import type { FactValue } from '../model/plan.ts';
import { type Answer, type Answers, type Correction, isRecord, ownMember } from './answers.ts';
import { cellsOf } from './fields.ts';
import type { FormIssue } from './form-issue.ts';

/** One field of the register that a form corrects. */
export interface RegisterCorrection {
  /** The form's field. */
  readonly cell: Cell;
  /** The register's. */
  readonly field: string;
  readonly value: FactValue;
}

export function isCorrection(answer: unknown): answer is Correction {
  return isRecord(answer) && Object.hasOwn(answer, 'corrected');
}

export function correctionsOf(form: FormSpec, answers: Answers): readonly RegisterCorrection[] {
  return cellsOf(form).flatMap((cell) => {
    const answer = ownMember(answers, cell.id) as Answer | undefined;
    if (typeof cell.from !== 'string' || !isCorrection(answer)) return [];
    return [{ cell, field: cell.from, value: answer.corrected }];
  });
}

/** Sex and month of birth stand in the identity number as well: after the corrections all three must still agree. */
export function disagreements(
  corrections: readonly RegisterCorrection[],
  prefill: Readonly<Record<string, FactValue>>,
): readonly FormIssue[] {
  const concerned = corrections.filter(({ field }) => ['idNumber', 'sex', 'bornIn'].includes(field));
  const valueOf = (field: string): FactValue =>
    concerned.find((each) => each.field === field)?.value ?? ownMember(prefill, field) ?? null;
  const [idNumber, sex, bornIn] = [valueOf('idNumber'), valueOf('sex'), valueOf('bornIn')];
  if (typeof idNumber !== 'string') return [];
  const agrees = (sex === null || sexOf(idNumber) === sex) && (bornIn === null || birthOf(idNumber).slice(0, 7) === bornIn);
  return agrees ? [] : concerned.slice(0, 1).map(({ cell }) => issue(cell, 'DISAGREES_WITH_ID_NUMBER'));
}

/** Another household has this identity number: one person has one file. */
export const takenIdNumber = ({ cell }: RegisterCorrection): FormIssue => issue(cell, 'ID_NUMBER_ON_FILE');

const WORDS = {
  DISAGREES_WITH_ID_NUMBER: {
    what: 'would leave sex, month of birth and identity number at odds',
    hint: 'the number holds the other two; correct whichever is wrong',
  },
  ID_NUMBER_ON_FILE: {
    what: 'is the number of another household on file',
    hint: 'one person has one file: look at the card again, or speak with the office',
  },
} as const;

function issue({ id, title }: Cell, code: keyof typeof WORDS): FormIssue {
  return { code, path: id, message: `'${title.en}' ${WORDS[code].what}`, hint: WORDS[code].hint };
}

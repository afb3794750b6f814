/**
 * A sheet: fields that stand side by side and may ask for one another, being the form itself or one row of a table. Each is read when somebody first
 * asks for it, so a field may depend on one further down.
 */
import { comparedBy, evaluate, factsReadBy, figuresReadBy } from '../model/condition.ts';
import type { Figure } from '../model/expression.ts';
import type { Cell } from '../model/form.ts';
import type { Condition, FactValue } from '../model/plan.ts';
import { type Answer, isUnanswered, ownMember } from './answers.ts';
import type { FormContext } from './form-context.ts';
import { cellIssue, type FormIssue } from './form-issue.ts';
import { type CellScope, factOf, readCell } from './read-cell.ts';

type CellState =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly fact: FactValue }
  | { readonly kind: 'unasked' }
  /** It has an issue, or whether it is asked rests on a field that has one. */
  | { readonly kind: 'faulty' };

export interface Sheet {
  /** Undefined when there is no such field here or in the sheet around it. */
  readonly read: (field: string) => CellState | undefined;
  /** `unsettled` when it rests on a faulty answer: better silent than a second complaint about the same slip. */
  readonly asks: (when: Condition | undefined) => 'yes' | 'no' | 'unsettled';
  /** Whether a rule is kept. It is as long as something it compares is not answered, or rests on a faulty answer. */
  readonly keeps: (must: Condition) => boolean;
  /** An answer of the sheet, or of the one around it, as conditions see it; null when there is none. */
  readonly find: (field: string) => FactValue;
}

/** What a table comes to; null of one that is not asked. */
export type SheetFigures = (figure: Figure) => number | null | 'unsettled';

/** Where answers come from: what somebody sent, or what is made up for a rehearsal, which needs to know whether and beside what it is asked. */
export type Given = (cell: Cell, scope: CellScope & { readonly asked: boolean }) => unknown;

interface SheetSource {
  readonly cells: readonly Cell[];
  readonly given: Given;
  /** With its separator: '' or 'measures[2].'. */
  readonly prefix: string;
  readonly around?: Sheet;
  readonly figures: SheetFigures;
  readonly context: FormContext;
  readonly issues: FormIssue[];
}

export function openSheet({ cells, given, prefix, around, figures, context, issues }: SheetSource): Sheet {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const states = new Map<string, CellState>();

  const read = (field: string): CellState | undefined => {
    const cell = byId.get(field);
    if (cell === undefined) return around?.read(field);
    const known = states.get(field);
    if (known !== undefined) return known;
    // Until it is read it counts as unasked, which ends a circle of conditions.
    states.set(field, { kind: 'unasked' });
    const state = settle(cell);
    states.set(field, state);
    return state;
  };

  const settle = (cell: Cell): CellState => {
    const asked = asks(cell.when);
    if (asked === 'unsettled') return { kind: 'faulty' };
    const answer = given(cell, { ...scope, asked: asked === 'yes' });
    const at = { cell, path: `${prefix}${cell.id}`, given: answer };
    if (asked === 'no') {
      if (isUnanswered(cell, answer)) return { kind: 'unasked' };
      issues.push(cellIssue({ code: 'NOT_ASKED', what: 'is answered but not asked here', hint: 'leave it out' }, at));
      return { kind: 'faulty' };
    }
    const reading = readCell(cell, answer, scope);
    if ('answer' in reading) return { kind: 'answered', answer: reading.answer, fact: factOf(cell, reading.answer, scope) };
    issues.push(cellIssue(reading, at));
    return { kind: 'faulty' };
  };

  const find = (field: string): FactValue => {
    const state = read(field);
    return state?.kind === 'answered' ? state.fact : null;
  };

  const scope: CellScope = { context, find };

  const asks = (when: Condition | undefined): 'yes' | 'no' | 'unsettled' => {
    if (when === undefined) return 'yes';
    const fields = factsReadBy(when);
    if (fields.some((field) => read(field)?.kind === 'faulty')) return 'unsettled';
    if (figuresReadBy(when).some((figure) => figures(figure) === 'unsettled')) return 'unsettled';
    const answers = Object.fromEntries(fields.map((field) => [field, find(field)]));
    return evaluate(when, answers, (figure) => figures(figure) as number | null) ? 'yes' : 'no';
  };

  const keeps = (must: Condition): boolean => {
    const isOpen = comparedBy(must).some((part) => (typeof part === 'string' ? find(part) : figures(part)) === null);
    return isOpen || asks(must) !== 'no';
  };

  return { read, asks, keeps, find };
}

/** Answers as somebody sent them. */
export function givenBy(answers: Readonly<Record<string, unknown>>): Given {
  return ({ id }) => ownMember(answers, id);
}

/** Reads every cell and hands back the answers that are asked, in the form's order. */
export function readSheet(sheet: Sheet, cells: readonly Cell[]): Record<string, Answer> {
  const answered = cells.flatMap((cell) => {
    const state = sheet.read(cell.id);
    return state?.kind === 'answered' ? [[cell.id, state.answer] as const] : [];
  });
  return Object.fromEntries(answered);
}

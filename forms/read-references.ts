/** Reading answers that name something: a choice, a person, a union. */
import type { Cell } from '../model/form.ts';
import { findNearest } from '../model/nearest.ts';
import { isBlank, isRecord, ownMember } from './answers.ts';
import { ownUnionOf } from './form-context.ts';
import type { Fault } from './form-issue.ts';
import type { CellScope, Reading } from './read-cell.ts';
import { readDate } from './read-quantities.ts';
import { readText } from './read-words.ts';

/** The member that takes free text, where a choice does. */
export const OTHER = 'other';

export function readChoice(cell: Cell, given: unknown): Reading {
  const worded = isRecord(given);
  const choice = worded ? ownMember(given, 'choice') : given;
  const fault = choiceFault(cell, choice);
  if (fault !== undefined) return fault;
  const text = worded ? ownMember(given, 'text') : undefined;
  if (worded && Object.keys(given).some((key) => key !== 'choice' && key !== 'text')) {
    return { code: 'WRONG_TYPE', what: 'is no choice', hint: "answer with the choice's id, or with {choice, text}" };
  }
  if (isBlank(text)) return { answer: choice as string };
  if (cell.freeText !== true || choice !== OTHER) {
    const hint = cell.freeText === true ? `choose '${OTHER}' to use words of your own` : "answer with the choice's id alone";
    return { code: 'FREE_TEXT_NOT_TAKEN', what: 'takes no words beside this choice', hint };
  }
  const words = readText(cell, text);
  return 'code' in words ? words : { answer: { choice: OTHER, text: words.answer as string } };
}

export function readChoices(cell: Cell, given: unknown): Reading {
  if (!Array.isArray(given)) return { code: 'WRONG_TYPE', what: 'is no list of choices', hint: 'answer with a list of ids' };
  const faulty = given.map((choice: unknown) => choiceFault(cell, choice)).find((fault) => fault !== undefined);
  if (faulty !== undefined) return faulty;
  if (new Set(given).size < given.length) {
    return { code: 'REPEATED_CHOICE', what: 'names a choice twice', hint: 'name each choice once' };
  }
  // In the order of the form, whatever the order of clicking.
  return { answer: memberIds(cell).filter((id) => given.includes(id)) };
}

function choiceFault(cell: Cell, choice: unknown): Fault | undefined {
  const ids = memberIds(cell);
  if (typeof choice !== 'string')
    return { code: 'WRONG_TYPE', what: 'is no choice', hint: `answer with one of ${ids.join(', ')}` };
  if (ids.includes(choice)) return undefined;
  const near = cell.privacy === 'none' ? findNearest(choice, ids) : undefined;
  const hint =
    near === undefined ? `answer with one of ${ids.join(', ')}` : `did you mean '${near}'? The choices are ${ids.join(', ')}`;
  return { code: 'UNKNOWN_CHOICE', what: 'is none of the choices', hint };
}

function memberIds(cell: Cell): readonly string[] {
  return (cell.choices ?? []).map(({ id }) => id);
}

export function readPerson(cell: Cell, given: unknown, { context, find }: CellScope): Reading {
  if (typeof given !== 'string')
    return { code: 'WRONG_TYPE', what: 'is no person', hint: "answer with the person's id in the roster" };
  const id = given.trim();
  const person = context.findPerson(id);
  if (person === undefined)
    return { code: 'UNKNOWN_PERSON', what: 'names nobody in the roster', hint: "answer with the person's id in the roster" };
  if (cell.role !== undefined && !person.roles.includes(cell.role)) {
    return {
      code: 'PERSON_LACKS_ROLE',
      what: `names somebody who is not '${cell.role}'`,
      hint: `name somebody whose role is '${cell.role}'`,
    };
  }
  if (cell.union === 'own' && person.union !== ownUnionOf(context)) {
    return { code: 'PERSON_OF_WRONG_UNION', what: 'names somebody of another union', hint: 'name somebody of your own union' };
  }
  if (cell.union !== undefined && cell.union !== 'own' && person.union === find(cell.union.not)) {
    const hint = `nobody may act on their own union: name somebody who does not belong to the union in '${cell.union.not}'`;
    return { code: 'PERSON_OF_WRONG_UNION', what: 'names somebody of the very union concerned', hint };
  }
  return { answer: id };
}

/** A second person vouches for the same paper, so it is never the one who hands it in. */
export function readSignature(cell: Cell, given: unknown, scope: CellScope): Reading {
  const { context } = scope;
  if (!isRecord(given) || Object.keys(given).some((key) => key !== 'person' && key !== 'on')) {
    return {
      code: 'WRONG_TYPE',
      what: 'is no signature',
      hint: "answer with {person, on}: the person's id in the roster, and the day they signed",
    };
  }
  const person = readPerson(cell, ownMember(given, 'person'), scope);
  if ('code' in person) return person;
  if (person.answer === context.author) {
    return { code: 'SIGNED_BY_AUTHOR', what: 'is signed by whoever hands the form in', hint: 'let a second person sign' };
  }
  const day = readDate({ ...cell, type: 'date', dates: 'past' }, ownMember(given, 'on'), context);
  return 'code' in day ? day : { answer: { person: person.answer as string, on: day.answer as string } };
}

export function readUnion(given: unknown, { context }: CellScope): Reading {
  const id = typeof given === 'string' ? given.trim() : '';
  if (context.findUnion(id)) return { answer: id };
  return { code: 'UNKNOWN_UNION', what: 'names no union of the roster', hint: "answer with the union's id in the roster" };
}

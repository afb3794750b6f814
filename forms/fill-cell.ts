/** Made-up answers for simulated people: valid, plainly fictitious, and drawn from `random` alone. */
import { dateOfEpochDay, epochDay } from '../model/day-table.ts';
import { fictitiousIdNumber, fictitiousPhone } from '../model/fictitious.ts';
import type { Cell } from '../model/form.ts';
import type { DateText } from '../model/plan.ts';
import type { Answer } from './answers.ts';
import { type FormContext, type FormPerson, ownUnionOf } from './form-context.ts';
import { drawMoney, drawNumber, drawWhole, pick, type Random } from './random.ts';
import type { CellScope } from './read-cell.ts';
import { OTHER } from './read-references.ts';

/** A form's context, with whom and what its answers may name. */
export interface FillContext extends FormContext {
  readonly people: readonly (FormPerson & { readonly id: string })[];
  readonly unions: readonly string[];
}

/** An answer of the field's type, or undefined when the context offers none (nobody holds the role, the campaign is over). */
export function fillCell(
  cell: Cell,
  { context, find, random }: CellScope & { context: FillContext; random: Random },
): Answer | undefined {
  const counted = cell.equals === undefined ? undefined : context.countOf?.(cell.equals);
  if (typeof counted === 'number') return counted;
  switch (cell.type) {
    case 'text':
    case 'long-text':
      return madeUpText(cell);
    case 'integer':
      return drawWhole(random, cell);
    case 'number':
      return drawNumber(random, cell);
    case 'money':
      return drawMoney(random, cell);
    case 'date':
      return drawDate(random, cell, context);
    case 'year-month':
      return drawDate(random, cell, context)?.slice(0, 7);
    case 'choice':
      return withWords(cell, pick(random, memberIds(cell)));
    case 'choices': {
      const first = pick(random, memberIds(cell));
      const second = pick(random, memberIds(cell));
      return first === undefined || second === undefined ? undefined : [...new Set([first, second])];
    }
    case 'yes-no':
      return random() < 0.5;
    case 'phone':
      return fictitiousPhone(Math.floor(random() * 1e8));
    case 'id-number':
      return fictitiousIdNumber({ bornOn: '1970-01-01', order: Math.floor(random() * 1000) });
    case 'person':
      return pick(random, candidatesFor(cell, { context, find }))?.id;
    case 'union':
      return pick(random, context.unions);
    case 'evidence':
    case 'photo':
    case 'file':
      return drawEvidence(cell);
    case 'signature': {
      const signers = context.people.filter(
        (person) => person.id !== context.author && mayBeNamed(cell, person, { context, find }),
      );
      const person = pick(random, signers)?.id;
      return person === undefined ? undefined : { person, on: context.today };
    }
  }
}

function madeUpText({ title, atMost }: Cell): string {
  const text = `示例：${title.zh.slice(0, 40)}`.slice(0, atMost);
  // Half of a character that takes two places is none.
  return text.replace(/[\uD800-\uDBFF]$/, '');
}

/** One reference, or as many as are wanted. */
function drawEvidence({ id, type, atLeast = 1 }: Cell): readonly string[] {
  const end = type === 'photo' ? '.jpg' : '';
  return Array.from({ length: atLeast }, (_, index) => `rehearsal/${id}${index === 0 ? '' : `-${index + 1}`}${end}`);
}

/** "Other" without words says nothing, so simulated people add some. */
export function withWords(cell: Cell, choice: string | undefined): Answer | undefined {
  return choice === OTHER && cell.freeText === true ? { choice, text: '示例：其它'.slice(0, cell.atMost) } : choice;
}

function memberIds(cell: Cell): readonly string[] {
  return (cell.choices ?? []).map(({ id }) => id);
}

/** Days just past, or days ahead that leave a little time while there is some. */
function drawDate(random: Random, { dates }: Cell, { today, campaignEnd }: FormContext): DateText | undefined {
  const now = epochDay(today)!;
  if (dates !== 'future') return dateOfEpochDay(now - Math.floor(random() * 7));
  const last = epochDay(campaignEnd)!;
  if (last < now) return undefined;
  const first = Math.min(now + 3, last);
  return dateOfEpochDay(first + Math.floor(random() * (last - first + 1)));
}

type Candidates = FillContext['people'];
/** A register has thousands of people, and is asked of the same few kinds of them for each household. */
const candidates = new WeakMap<Candidates, Map<string, Candidates>>();

function candidatesFor(cell: Cell, { context, find }: CellScope & { context: FillContext }): Candidates {
  const { people } = context;
  const of =
    cell.union === undefined ? 'any' : cell.union === 'own' ? `own ${ownUnionOf(context)}` : `not ${find(cell.union.not)}`;
  const kind = `${cell.role ?? ''}|${of}`;
  const known = candidates.get(people) ?? new Map<string, Candidates>();
  candidates.set(people, known);
  const found = known.get(kind) ?? people.filter((person) => mayBeNamed(cell, person, { context, find }));
  known.set(kind, found);
  return found;
}

function mayBeNamed(cell: Cell, person: FormPerson, { context, find }: CellScope): boolean {
  if (cell.role !== undefined && !person.roles.includes(cell.role)) return false;
  if (cell.union === undefined) return true;
  return cell.union === 'own' ? person.union === ownUnionOf(context) : person.union !== find(cell.union.not);
}

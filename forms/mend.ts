/** Bringing made-up answers to keep a rule: the nearest answer to one that broke it, or another draw where nothing nearer is known. */
import { dateOfEpochDay, epochDay } from '../model/day-table.ts';
import { factsReadBy } from '../model/condition.ts';
import { partsReadBy, type Reckoned, reckon } from '../model/expression.ts';
import { type Fraction, fractionOf, roundedDown } from '../model/fraction.ts';
import type { Cell } from '../model/form.ts';
import type { Comparison, Condition, Expression, Facts } from '../model/plan.ts';
import type { Answer } from './answers.ts';
import { pick, type Random } from './random.ts';
import type { BrokenRule } from './rules.ts';
import type { Sheet, SheetFigures } from './sheet.ts';

/** A field whose answer may be another. */
export interface Changeable {
  readonly cell: Cell;
  readonly put: (answer: Answer | undefined) => void;
  readonly redraw: () => void;
}

export interface Mending {
  readonly random: Random;
  readonly figures: SheetFigures;
  /** Undefined where the answer is not to be changed. */
  readonly find: (name: string) => Changeable | undefined;
}

type By = Comparison | 'eq';

const MIRRORED = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq' } as const;
const OPPOSITE = { lt: 'ge', le: 'gt', gt: 'le', ge: 'lt' } as const;

/** Changes answers so that the rule holds, as far as can be seen from it; the caller asks again. */
export function mend({ rule, sheet }: BrokenRule, mending: Mending): void {
  bring(rule.must, { ...mending, sheet, at: rule.at });
}

interface Bench extends Mending {
  readonly sheet: Sheet;
  readonly at: string;
}

function bring(must: Condition, bench: Bench): void {
  switch (must.op) {
    case 'all':
      return must.of.filter((part) => bench.sheet.asks(part) === 'no').forEach((part) => bring(part, bench));
    case 'any': {
      const part = pick(bench.random, must.of);
      return part === undefined ? undefined : bring(part, bench);
    }
    case 'is': {
      const place = bench.find(must.fact);
      return place === undefined ? redraw(must, bench) : place.put(pick(bench.random, must.in) ?? undefined);
    }
    case 'compare':
      return bring(
        { op: 'relate', by: must.by, left: { op: 'fact', fact: must.fact }, right: { op: 'value', value: must.value } },
        bench,
      );
    case 'relate':
      return isMoved(must, bench) ? undefined : redraw(must, bench);
    case 'not': {
      const { of } = must;
      if ((of.op === 'compare' || of.op === 'relate') && of.by !== 'eq') return bring({ ...of, by: OPPOSITE[of.by] }, bench);
      return redraw(must, bench);
    }
    case 'unknown':
      return redraw(must, bench);
  }
}

/** Another draw of everything the condition reads. */
function redraw(must: Condition, { find }: Bench): void {
  for (const name of factsReadBy(must)) find(name)?.redraw();
}

/** Moves one side, where it is an answer and nothing else, to the other; the field at which the rule is told before any other. */
function isMoved({ by, left, right }: Condition & { op: 'relate' }, bench: Bench): boolean {
  const sides = [
    { from: left, to: right, by },
    { from: right, to: left, by: MIRRORED[by] },
  ].sort((a, b) => Number(isAt(b.from, bench)) - Number(isAt(a.from, bench)));
  return sides.some(({ from, to, by: stands }) => {
    const place = from.op === 'fact' ? bench.find(from.fact) : undefined;
    const answer = place && nearest(place.cell, stands, valueOf(to, bench));
    if (answer === undefined) return false;
    place!.put(answer);
    return true;
  });
}

const isAt = (side: Expression, { at }: Bench): boolean => side.op === 'fact' && side.fact === at;

function valueOf(expression: Expression, { sheet, figures }: Bench): Reckoned {
  const names = partsReadBy(expression).filter((part) => typeof part === 'string');
  const facts: Facts = Object.fromEntries(names.map((name) => [name, sheet.find(name)]));
  return reckon(expression, facts, (figure) => {
    const found = figures(figure);
    return found === 'unsettled' ? null : found;
  });
}

/** The answer nearest to a bound that keeps to it; undefined where the field's own bounds are in the way. */
function nearest(cell: Cell, by: By, bound: Reckoned): Answer | undefined {
  if (bound === null) return undefined;
  if (typeof bound === 'string') return by === 'eq' ? bound : nearestDate(by, bound);
  if (typeof bound === 'boolean') return by === 'eq' ? bound : undefined;
  const fraction = typeof bound === 'number' ? fractionOf(bound) : bound;
  return fraction === null ? undefined : nearestNumber(cell, by, fraction);
}

function nearestDate(by: Comparison, bound: string): string | undefined {
  const day = epochDay(bound);
  return day === undefined ? undefined : dateOfEpochDay(day + (by === 'lt' ? -1 : by === 'gt' ? 1 : 0));
}

function nearestNumber({ type, min, max }: Cell, by: By, bound: Fraction): number | undefined {
  const places = type === 'integer' ? 0 : 2;
  const step = 10 ** -places;
  const { number: below, exact } = roundedDown(bound, places);
  const tidy = (number: number): number => Number(number.toFixed(places));
  const nearestTo = {
    eq: below,
    le: below,
    lt: exact ? tidy(below - step) : below,
    ge: exact ? below : tidy(below + step),
    gt: tidy(below + step),
  }[by];
  const upwards = by === 'ge' || by === 'gt';
  const within = upwards
    ? Math.max(nearestTo, min ?? nearestTo)
    : by === 'eq'
      ? nearestTo
      : Math.min(nearestTo, max ?? nearestTo);
  return (min !== undefined && within < min) || (max !== undefined && within > max) ? undefined : within;
}

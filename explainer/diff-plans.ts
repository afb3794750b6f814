/** What a new plan changes for people: each thing that came, went, or is otherwise, in the order of the plan. */
import { epochDay } from '../model/day-table.ts';
import { type Aspect, type Described, describePlan, type Thing, type ThingKind } from './describe-plan.ts';

export interface AspectChange {
  /** `due`, `who does it`, … */
  readonly what: string;
  /** Null: it had none. */
  readonly before: string | null;
  readonly after: string | null;
  /** Of days: by how many it moved; negative is earlier. */
  readonly movedDays?: number;
}

export interface Change {
  readonly about: ThingKind;
  readonly id: string;
  readonly title: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Of what is added or removed, everything there is to say of it. */
  readonly aspects: readonly AspectChange[];
}

/** Nothing changes for people when the list is empty: then the plans differ, if at all, in what nobody sees. */
export function diffPlans(before: Described, after: Described): readonly Change[] {
  const old = new Map(describePlan(before).map((each) => [keyOf(each), each]));
  const present = describePlan(after);
  const kept = new Set(present.map(keyOf));
  const gone = [...old.values()]
    .filter((each) => !kept.has(keyOf(each)))
    .map((each) => change(each, { kind: 'removed', from: each }));
  const rest = present.flatMap((each) => {
    const was = old.get(keyOf(each));
    if (was === undefined) return [change(each, { kind: 'added', to: each })];
    const found = change(each, { kind: 'changed', from: was, to: each });
    return found.aspects.length === 0 ? [] : [found];
  });
  return [...rest, ...gone];
}

/** A plan is of one campaign, also where a version of it goes by another id. */
const keyOf = ({ kind, id }: Thing): string => (kind === 'campaign' ? kind : `${kind} ${id}`);

function change(
  { kind: about, id, title }: Thing,
  { kind, from, to }: { kind: Change['kind']; from?: Thing; to?: Thing },
): Change {
  const names = [...new Set([...Object.keys(to?.aspects ?? {}), ...Object.keys(from?.aspects ?? {})])];
  const aspects = names.flatMap((what) => compare(what, from?.aspects[what], to?.aspects[what]));
  return { about, id, title, kind, aspects };
}

function compare(what: string, before: Aspect | undefined, after: Aspect | undefined): AspectChange[] {
  if (before?.words === after?.words) return [];
  const told = { what, before: before?.words ?? null, after: after?.words ?? null };
  if (before?.date === undefined || after?.date === undefined) return [told];
  const movedDays = epochDay(after.date)! - epochDay(before.date)!;
  // Another time of the same day, or the same day by another rule.
  return [movedDays === 0 ? told : { ...told, movedDays }];
}

/** Who acts for whom at an instant, as far as people are away or have left. Arithmetic on the covers that an instance knows. */
import type { Cover } from '../model/adjustment.ts';
import type { Instant } from '../model/plan.ts';

/** What is asked about absences. A draft has it. */
export interface Covering {
  readonly covers: readonly Cover[];
  readonly now: Instant;
}

/** Who acts, and in whose place. */
export interface Hands {
  readonly person: string;
  readonly standsFor?: string;
}

/** `until` is the first instant at which it is over. */
export const isOn = ({ from, until }: Pick<Cover, 'from' | 'until'>, at: Instant): boolean =>
  from <= at && (until === null || at < until);

export const isOver = ({ until }: Cover, at: Instant): boolean => until !== null && until <= at;

/** Whoever acts for a person: themselves, or the end of a chain of covers. Work handed over for good is not in anybody's place. */
export function handsOf({ covers, now }: Covering, person: string): Hands {
  if (covers.length === 0) return { person };
  const on = covers.filter((cover) => isOn(cover, now));
  const own = follow(
    on.filter(({ until }) => until === null),
    person,
  );
  const acting = follow(on, own);
  return acting === own ? { person: own } : { person: acting, standsFor: own };
}

/** Covers that would lead back are refused when they are made; should there be some, nobody stands in. */
function follow(covers: readonly Cover[], person: string): string {
  let acting = person;
  for (let step = 0; step <= covers.length; step += 1) {
    const cover = covers.find((each) => each.person === acting);
    if (cover === undefined) return acting;
    acting = cover.by;
  }
  return person;
}

/** Those who may not be chosen, and with them whoever stands in for one of them: what they may not do, their substitute may not either. */
export function barredBy({ covers, now }: Covering, people: readonly (string | null | undefined)[]): readonly string[] {
  const barred = people.filter((person) => typeof person === 'string');
  if (covers.length === 0) return barred;
  return [...barred, ...covers.filter((cover) => isOn(cover, now) && barred.includes(cover.person)).map(({ by }) => by)];
}

/** Instants after now at which somebody comes to act for another, or ceases to, in their order. */
export function turnsAfter({ covers, now }: Covering): readonly Instant[] {
  const turns = covers.flatMap(({ from, until }) => (until === null ? [from] : [from, until])).filter((at) => at > now);
  return [...new Set(turns)].sort((a, b) => a - b);
}

/** Whether a cover that is to be made would lead back to the person themselves while it lasts. */
export function leadsBack(covers: readonly Cover[], cover: Cover): boolean {
  const all = [...covers, cover];
  const within = ({ from }: Pick<Cover, 'from'>): Instant => Math.max(from, cover.from);
  return all.some((other) => {
    const now = within(other);
    if (!isOn(cover, now)) return false;
    const on = all.filter((each) => isOn(each, now));
    let acting: string | undefined = cover.by;
    for (let step = 0; step < on.length && acting !== undefined; step += 1) {
      if (acting === cover.person) return true;
      acting = on.find((each) => each.person === acting)?.by;
    }
    return acting === cover.person;
  });
}

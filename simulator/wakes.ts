/** When each instance wakes next, and who is the first. */
import type { Instant } from '../model/plan.ts';
import { Timetable } from './timetable.ts';

interface Waking {
  readonly instance: string;
  /** The order of enrolment. */
  readonly rank: number;
  /** When it wakes, as its state says. */
  at: Instant | null;
  /** Where it stands in the timetable. As with the workflows' timers: one that stands too early is left there, and asked again when it is due. */
  listed: Instant | null;
}

export class Wakes {
  readonly #timetable = new Timetable<Waking>();
  readonly #wakings = new Map<string, Waking>();

  /** Somebody new, who does not wake yet. */
  begin(instance: string): void {
    this.#wakings.set(instance, { instance, rank: this.#wakings.size, at: null, listed: null });
  }

  of(instance: string): Instant | null {
    return this.#wakings.get(instance)!.at;
  }

  set(instance: string, at: Instant | null): void {
    const waking = this.#wakings.get(instance)!;
    waking.at = at;
    this.#list(waking);
  }

  /** The next instant at which anybody wakes, or null. */
  get next(): Instant | null {
    for (;;) {
      const first = this.#timetable.first;
      if (first === undefined) return null;
      const { at, item } = first;
      if (item.listed === at && item.at === at) return at;
      this.#timetable.take();
      // An entry that another has overtaken says nothing; the one that counts is put where its instance wakes now.
      if (item.listed !== at) continue;
      item.listed = null;
      this.#list(item);
    }
  }

  /** Who wakes at that instant, of several whoever was enrolled first. Asked only when somebody does. */
  take(): string {
    const { item } = this.#timetable.take()!;
    item.listed = null;
    return item.instance;
  }

  #list(waking: Waking): void {
    const { at, listed, rank } = waking;
    if (at === null || (listed !== null && listed <= at)) return;
    this.#timetable.add(at, rank, waking);
    waking.listed = at;
  }
}

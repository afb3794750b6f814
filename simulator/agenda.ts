/** What simulated people are going to do, in the order of time. Pure: told of duties and of the time, it says whose turn it is. */
import type { Instant } from '../model/plan.ts';
import { type Duty, type Habits, type Intention, intend } from './people.ts';

export interface Act<D extends Duty> extends Intention {
  readonly duty: D;
}

export interface AgendaOptions {
  readonly seed: number;
  readonly habits: Habits;
  /** The campaign's end. */
  readonly endsAt: Instant;
}

export class Agenda<D extends Duty> {
  readonly #options: AgendaOptions;
  /** By task: the state last heard of, and what is planned for it. */
  readonly #known = new Map<string, { readonly state: string; readonly act: Act<D> | undefined }>();
  #left = 0;

  constructor(options: AgendaOptions) {
    this.#options = options;
  }

  /** Plans what will be done about a duty. Heard of twice, it is planned once; a later state of the task takes the place of the earlier. */
  note(duty: D): void {
    const task = `${duty.instance}/${duty.task}`;
    const state = `${duty.status}/${duty.returns}/${duty.step}/${duty.deadline}`;
    if (this.#known.get(task)?.state === state) return;
    const intention = intend(duty, this.#options);
    if (intention === undefined) this.#left += 1;
    this.#known.set(task, { state, act: intention && { ...intention, duty } });
  }

  /** Takes out what is due by `now`, the earliest first, so many at most. */
  takeDue(now: Instant, limit: number): readonly Act<D>[] {
    const due = [...this.#known.values()]
      .flatMap(({ act }) => (act !== undefined && act.at <= now ? [act] : []))
      .sort((a, b) => a.at - b.at);
    const taken = due.slice(0, limit);
    for (const { duty } of taken) {
      const task = `${duty.instance}/${duty.task}`;
      this.#known.set(task, { state: this.#known.get(task)!.state, act: undefined });
    }
    return taken;
  }

  /** How many acts are still to come. */
  get planned(): number {
    let planned = 0;
    for (const { act } of this.#known.values()) if (act !== undefined) planned += 1;
    return planned;
  }

  /** Duties that nobody will ever do. */
  get left(): number {
    return this.#left;
  }
}

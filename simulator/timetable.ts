/** Who is due when, the earliest first: a binary heap. Ties go by rank, so that the same things happen in the same order on every machine. */
import type { Instant } from '../model/plan.ts';

interface Entry<T> {
  readonly at: Instant;
  readonly rank: number;
  readonly item: T;
}

export class Timetable<T> {
  readonly #heap: Entry<T>[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest entry, left where it is. */
  get first(): Readonly<Entry<T>> | undefined {
    return this.#heap[0];
  }

  add(at: Instant, rank: number, item: T): void {
    const heap = this.#heap;
    const entry = { at, rank, item };
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = entry;
  }

  /** Takes the earliest entry out. */
  take(): Readonly<Entry<T>> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

const isBefore = <T>(a: Entry<T>, b: Entry<T>): boolean => a.at < b.at || (a.at === b.at && a.rank < b.rank);

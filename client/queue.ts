/** At most so many calls under way for one key. Temporal takes 10 Updates in flight per workflow, and 40 wide was 20 times slower than 8. */
export class KeyedQueue {
  readonly #width: number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(width: number) {
    this.#width = width;
  }

  async run<Result>(key: string, call: () => Promise<Result>): Promise<Result> {
    await this.#enter(key);
    try {
      return await call();
    } finally {
      this.#leave(key);
    }
  }

  #enter(key: string): Promise<void> | void {
    const running = this.#running.get(key) ?? 0;
    if (running < this.#width) {
      this.#running.set(key, running + 1);
      return;
    }
    return new Promise((resolve) => {
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]);
    });
  }

  /** The place of one who leaves goes to the next in line, so the count stays until nobody waits. */
  #leave(key: string): void {
    const [first, ...rest] = this.#waiting.get(key) ?? [];
    if (rest.length > 0) this.#waiting.set(key, rest);
    else this.#waiting.delete(key);
    if (first !== undefined) return first();
    const running = this.#running.get(key)! - 1;
    if (running === 0) this.#running.delete(key);
    else this.#running.set(key, running);
  }
}

/** The people no step mentions: each does what falls to them, as their habits are, while the clock goes on. */
import { fillForm, type Wishes } from '../forms/fill-form.ts';
import type { Instant } from '../model/plan.ts';
import { type Habits, type Intention, intend } from '../simulator/people.ts';
import { createRandom } from '../simulator/random.ts';
import { deadlineNow, isOpen, nameOf, type Stage, type StagedTask, type Verdict } from './stage.ts';

export interface OthersOptions {
  readonly seed: number;
  readonly habits: Habits;
  /** What they tend to answer, by form. */
  readonly wishes: Readonly<Record<string, Wishes>>;
  /** The campaign's end. */
  readonly endsAt: Instant;
  /** Whether a task is theirs; the steps of the scenario have the rest. */
  readonly isTheirs: (task: StagedTask) => boolean;
  /** Told of each act that was refused. */
  readonly onRefused: (task: StagedTask, verdict: NonNullable<Verdict>) => void;
}

interface Planned extends Intention {
  readonly task: StagedTask;
  /** Tells its draws and its command from those of every other time. */
  readonly occasion: string;
  readonly state: string;
}

export class Others {
  readonly #stage: Stage;
  readonly #options: OthersOptions;
  readonly #known = new Map<string, Planned | undefined>();

  constructor(stage: Stage, options: OthersOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  /** Moves the clock to `until`, stopping at every wake and every act on the way. */
  async playUntil(until: Instant): Promise<void> {
    for (;;) {
      await this.#plan();
      const next = this.#first();
      const wake = await this.#stage.nextWake();
      if (next === undefined || next.at > until || (wake !== null && wake <= next.at)) {
        if (wake === null || wake > until) break;
        await this.#stage.advance(wake);
        continue;
      }
      await this.#stage.advance(next.at);
      this.#known.set(next.state, undefined);
      await this.#perform(next);
    }
    await this.#stage.advance(until);
  }

  async #plan(): Promise<void> {
    const { seed, habits, endsAt, isTheirs } = this.#options;
    for (const task of await this.#stage.tasks()) {
      if (!isOpen(task) || !isTheirs(task) || task.pausedAt !== null) continue;
      // What was opened again is another occasion.
      const { instance, key, status, returns, step, deadlineRev: rev } = task;
      const occasion = [instance, key, status, returns, step, ...(rev === 0 ? [] : [rev])].join('/');
      // A deadline that has moved is met anew.
      const state = `${occasion}/${deadlineNow(task)}`;
      if (this.#known.has(state)) continue;
      const duty = {
        ...task,
        task: task.key,
        status: task.status as 'open',
        deadline: deadlineNow(task),
        since: this.#stage.now(),
      };
      const intention = intend(duty, { seed, habits, endsAt });
      this.#known.set(state, intention && { ...intention, task, occasion, state });
    }
  }

  #first(): Planned | undefined {
    return [...this.#known.values()]
      .filter((planned) => planned !== undefined)
      .sort((a, b) => a.at - b.at || (a.occasion < b.occasion ? -1 : 1))[0];
  }

  async #perform({ task: planned, act, occasion, state }: Planned): Promise<void> {
    const task = (await this.#stage.tasks()).find((each) => nameOf(each) === nameOf(planned));
    if (task === undefined || !isOpen(task) || task.status !== planned.status || deadlineNow(task) !== deadlineNow(planned))
      return;
    if (task.pausedAt !== null) {
      // Once it goes on, it is planned anew.
      this.#known.delete(state);
      return;
    }
    const verdict = await (act === 'complete' ? this.#complete(task, occasion) : this.#review(task, { decision: act, occasion }));
    if (verdict !== null) this.#options.onRefused(task, verdict);
  }

  async #review(task: StagedTask, { decision, occasion }: { decision: 'accept' | 'return'; occasion: string }): Promise<Verdict> {
    return task.reviewer === null ? null : await this.#stage.review({ task, person: task.reviewer, id: occasion, decision });
  }

  async #complete(task: StagedTask, occasion: string): Promise<Verdict> {
    if (task.holder === null) return null;
    const { form, context } = await this.#stage.form(task);
    const { seed, wishes } = this.#options;
    const answers = fillForm(form, context, createRandom(seed, occasion), wishes[form.id]);
    const lateReason = this.#stage.now() > task.deadline ? '示例：入户时户主外出' : undefined;
    return await this.#stage.complete({ task, person: task.holder, id: occasion, answers, lateReason });
  }
}

/** One part of a simulated campaign, or the whole of it: its instances on a virtual clock, and the people who do its work. */
import type { CheckedForm } from '../forms/check-form.ts';
import { fillFacts } from '../forms/fill-facts.ts';
import { FormNotFillable, fillChecked, type Wishes } from '../forms/fill-form.ts';
import type { TaskState } from '../model/snapshot.ts';
import type { Ledger } from './ledger.ts';
import type { Letter } from './letters.ts';
import { type Habits, type Intention, intend } from './people.ts';
import { createRandom } from './random.ts';
import { Timetable } from './timetable.ts';
import { type TaskPlace, VirtualRun, type VirtualRunOptions } from './virtual-run.ts';
import type { Stepped } from './world.ts';

export interface SimulationOptions extends Omit<VirtualRunOptions, 'startsAt' | 'run' | 'forgetsAnswers' | 'cast'> {
  readonly seed: number;
  readonly habits: Habits;
  /** What people tend to answer, by form. */
  readonly wishes?: Readonly<Record<string, Wishes>>;
}

export interface PartOptions extends SimulationOptions, Pick<VirtualRunOptions, 'cast'> {
  readonly ledger: Ledger;
  /** From other parts, in the order of time. */
  readonly letters?: readonly Letter[];
}

interface PlannedAct extends Intention {
  readonly instance: string;
  readonly key: string;
  /** For which it was planned. */
  readonly state: TaskState;
}

/** Everybody is enrolled the day before the first phase, as an office would. */
const LEAD_MS = 86_400_000;

export class Part {
  readonly run: VirtualRun;
  readonly #options: PartOptions;
  readonly #ledger: Ledger;
  readonly #letters: readonly Letter[];
  #delivered = 0;
  readonly #acts = new Timetable<PlannedAct>();
  #order = 0;

  constructor(options: PartOptions) {
    const { ledger, letters = [], plan } = options;
    this.#options = options;
    this.#ledger = ledger;
    this.#letters = letters;
    this.run = new VirtualRun({
      ...options,
      run: 'simulation',
      startsAt: plan.startsAt - LEAD_MS,
      forgetsAnswers: true,
      observer: {
        ...options.observer,
        message: (instance, entry) => {
          options.observer?.message?.(instance, entry);
          this.#ledger.told(entry, this.run.world.instances.get(instance)!.union);
        },
        bulletin: (entry) => {
          options.observer?.bulletin?.(entry);
          this.#ledger.issued(entry);
        },
        stepped: (instance, step) => {
          options.observer?.stepped?.(instance, step);
          this.#plan(instance, step);
        },
      },
    });
  }

  /** One at each step. */
  enrolments(): Generator<string> {
    return this.run.enrolments();
  }

  /** The next thing that happens, by itself or by somebody's hand; false when nothing will any more. */
  step(): boolean {
    const { world } = this.run;
    const next = this.#acts.first;
    const wake = world.nextWake();
    const letter = this.#letters[this.#delivered];
    const at = Math.min(next?.at ?? Infinity, wake ?? Infinity, letter?.at ?? Infinity);
    if (at === Infinity) return false;
    // At one instant first what comes by itself, then what was posted, then what people do.
    if (wake === at) {
      world.advance(wake);
      return true;
    }
    if (letter?.at === at) {
      this.#delivered += 1;
      world.deliver(letter);
      return true;
    }
    if (next === undefined) return false;
    this.#acts.take();
    world.advance(next.at);
    this.#perform(next.item);
    return true;
  }

  /** For each state that somebody must act on, when it comes about. */
  #plan(instance: string, { before, after, tasks }: Stepped): void {
    const { seed, habits, plan } = this.#options;
    for (const key of tasks) {
      const task = after.tasks[key];
      // It waits again.
      if (task === undefined) continue;
      const { status } = task;
      if (status !== 'open' && status !== 'returned' && status !== 'inReview') continue;
      const known = before?.tasks[key];
      if (known !== undefined && isSameState(known, task)) continue;
      const deadline = task.review?.deadline ?? task.deadline;
      const { openedAt, returns, step } = task;
      const duty = { status, openedAt, deadline, returns, step, instance, task: key, since: this.run.world.now };
      const intention = intend(duty, { seed, habits, endsAt: plan.endsAt });
      if (intention === undefined) continue;
      this.#order += 1;
      const { at, act } = intention;
      this.#acts.add(at, this.#order, { at, act, instance, key, state: task });
    }
  }

  #perform({ instance, key, act, state }: PlannedAct): void {
    const current = this.run.world.instances.get(instance)!.tasks[key];
    if (current === undefined || !isSameState(current, state)) return;
    const task: TaskPlace = { instance, key, template: current.template };
    const occasion = `${instance}/${key}/${stateOf(current)}`;
    const person = act === 'complete' ? current.holder : current.reviewer;
    if (person === null) return;
    const hand = { task, person, id: occasion };
    const work = { person, template: task.template, at: this.run.world.now };
    if (act !== 'complete') {
      const reply = this.run.review({ ...hand, decision: act });
      if ('refusal' in reply) this.#ledger.refused(reply.refusal.code);
      else this.#ledger.worked({ ...work, kind: 'review' });
      return;
    }
    const checked = this.#fill(task, occasion);
    if (checked === undefined) return;
    const reply = this.run.handIn({ ...hand, checked, late: this.run.world.now > current.deadline });
    if ('refusal' in reply) this.#ledger.refused(reply.refusal.code);
    else this.#ledger.worked({ ...work, kind: 'task' });
  }

  #fill(task: TaskPlace, occasion: string): CheckedForm | undefined {
    const { form, context } = this.run.form(task);
    const { seed, wishes } = this.#options;
    const wish = wishes?.[form.id];
    const isQuick = wish === undefined && !this.run.admits(task);
    const quick = isQuick ? fillFacts(form, context, createRandom(seed, occasion), this.run.readAgain(task)) : undefined;
    if (quick !== undefined) return { ...quick, corrections: [] };
    try {
      return fillChecked(form, context, createRandom(seed, occasion), wish);
    } catch (error) {
      if (!(error instanceof FormNotFillable)) throw error;
      this.#ledger.unfillable(form.id, error.message);
      return undefined;
    }
  }
}

/** A deadline that has moved is met anew. */
const isSameState = (a: TaskState, b: TaskState): boolean =>
  a.status === b.status && a.returns === b.returns && a.step === b.step && a.deadlineRev === b.deadlineRev;
const stateOf = ({ status, returns, step }: TaskState): string => `${status}/${returns}/${step}`;

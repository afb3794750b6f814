/** A whole campaign with simulated people on a virtual clock, from the first wake to the last: nobody is bothered and no server runs. */
import type { CheckedForm } from '../forms/check-form.ts';
import { fillFacts } from '../forms/fill-facts.ts';
import { FormNotFillable, fillChecked, type Wishes } from '../forms/fill-form.ts';
import type { Instant } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import type { Findings } from './findings.ts';
import { Ledger } from './ledger.ts';
import { type Habits, type Intention, intend } from './people.ts';
import { createRandom } from './random.ts';
import { Timetable } from './timetable.ts';
import { type TaskPlace, VirtualRun, type VirtualRunOptions } from './virtual-run.ts';
import type { Stepped } from './world.ts';

export interface SimulationOptions extends Omit<VirtualRunOptions, 'startsAt' | 'run' | 'forgetsAnswers'> {
  readonly seed: number;
  readonly habits: Habits;
  /** What people tend to answer, by form. */
  readonly wishes?: Readonly<Record<string, Wishes>>;
}

export interface Progress {
  /** Campaign time reached. */
  readonly now: Instant;
  readonly enrolled: number;
  readonly acts: number;
}

interface PlannedAct extends Intention {
  readonly instance: string;
  readonly key: string;
  /** For which it was planned. */
  readonly state: TaskState;
}

/** How often a caller hears of progress: often enough for a bar, seldom enough to cost nothing. */
const STEPS_PER_PROGRESS = 250;
/** Everybody is enrolled the day before the first phase, as an office would. */
const LEAD_MS = 86_400_000;

/** Steps through the campaign, telling how far it is; returns what came of it. The same options give the same findings. */
export function* simulate(options: SimulationOptions): Generator<Progress, Findings> {
  const simulation = new Simulation(options);
  let steps = 0;
  for (const enrolled of simulation.enrolAll()) if (enrolled % STEPS_PER_PROGRESS === 0) yield simulation.progress();
  while (simulation.step()) {
    steps += 1;
    if (steps % STEPS_PER_PROGRESS === 0) yield simulation.progress();
  }
  return simulation.ledger.close(simulation.run.world);
}

class Simulation {
  readonly run: VirtualRun;
  readonly ledger: Ledger;
  readonly #options: SimulationOptions;
  readonly #acts = new Timetable<PlannedAct>();
  #order = 0;

  constructor(options: SimulationOptions) {
    const { plan, programs, roster } = options;
    this.#options = options;
    this.ledger = new Ledger({ plan, days: programs.campaign.days, roster });
    this.run = new VirtualRun({
      ...options,
      run: 'simulation',
      startsAt: plan.startsAt - LEAD_MS,
      forgetsAnswers: true,
      observer: {
        ...options.observer,
        message: (instance, entry) => {
          options.observer?.message?.(instance, entry);
          this.ledger.told(entry, this.run.world.instances.get(instance)!.union);
        },
        bulletin: (entry) => {
          options.observer?.bulletin?.(entry);
          this.ledger.issued(entry);
        },
        stepped: (instance, step) => {
          options.observer?.stepped?.(instance, step);
          this.#plan(instance, step);
        },
      },
    });
  }

  *enrolAll(): Generator<number> {
    for (const _one of this.run.enrolments()) yield this.run.world.instances.size;
  }

  progress(): Progress {
    const { now, instances } = this.run.world;
    return { now, enrolled: instances.size, acts: this.ledger.acts };
  }

  /** The next thing that happens, by itself or by somebody's hand; false when nothing will any more. */
  step(): boolean {
    const { world } = this.run;
    const next = this.#acts.first;
    const wake = world.nextWake();
    if (next === undefined && wake === null) return false;
    if (next === undefined || (wake !== null && wake <= next.at)) {
      world.advance(wake!);
      return true;
    }
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
      const duty = { ...task, status, deadline, instance, task: key, since: this.run.world.now };
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
      if ('refusal' in reply) this.ledger.refused(reply.refusal.code);
      else this.ledger.worked({ ...work, kind: 'review' });
      return;
    }
    const checked = this.#fill(task, occasion);
    if (checked === undefined) return;
    const reply = this.run.handIn({ ...hand, checked, late: this.run.world.now > current.deadline });
    if ('refusal' in reply) this.ledger.refused(reply.refusal.code);
    else this.ledger.worked({ ...work, kind: 'task' });
  }

  #fill(task: TaskPlace, occasion: string): CheckedForm | undefined {
    const { form, context } = this.run.form(task);
    const { seed, wishes } = this.#options;
    const wish = wishes?.[form.id];
    // What is read again needs its words.
    const quick =
      wish === undefined && !this.run.readsAgain(task) ? fillFacts(form, context, createRandom(seed, occasion)) : undefined;
    if (quick !== undefined) return { ...quick, answers: {}, corrections: [] };
    try {
      return fillChecked(form, context, createRandom(seed, occasion), wish);
    } catch (error) {
      if (!(error instanceof FormNotFillable)) throw error;
      this.ledger.unfillable(form.id, error.message);
      return undefined;
    }
  }
}

/** A deadline that has moved is met anew. */
const isSameState = (a: TaskState, b: TaskState): boolean =>
  a.status === b.status && a.returns === b.returns && a.step === b.step && a.deadlineRev === b.deadlineRev;
const stateOf = ({ status, returns, step }: TaskState): string => `${status}/${returns}/${step}`;

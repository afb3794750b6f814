/** Plays a scenario on a stage and says everything in which it went otherwise than its author expects. */
import type { Compiled } from '../compiler/emit.ts';
import type { Place } from '../compiler/issue.ts';
import type { Settings } from '../compiler/parameters.ts';
import type { Places } from '../compiler/places.ts';
import { succeed } from '../compiler/succeed.ts';
import { FormNotFillable, fillForm, type Wishes } from '../forms/fill-form.ts';
import { endOfDay, findDay, startOfDay } from '../model/day-table.ts';
import { isTemplate } from '../model/assigned.ts';
import { findPastDates } from '../model/past-phases.ts';
import { findNearest } from '../model/nearest.ts';
import { readKey } from '../model/task-key.ts';
import type { HouseholdEntry } from '../model/roster.ts';
import type { DayTable, Instant, Plan } from '../model/plan.ts';
import { ALL_IN_TIME } from '../simulator/people.ts';
import { createRandom } from '../simulator/random.ts';
import { adjustmentOf, type AskedAdjustment } from './adjustments.ts';
import { checkExpectation, type Sides } from './expectations.ts';
import type { Act, Scenario, Step } from './language.ts';
import { Others } from './others.ts';
import { dayOf } from './moments.ts';
import { findMoment } from './start-of-run.ts';
import { nameOf, type Stage, type StagedTask, type Verdict } from './stage.ts';

export interface Failure extends Place, Partial<Sides> {
  /** One sentence: what was expected and what was found. */
  readonly message: string;
}

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly places: Places;
  readonly plan: Plan;
  /** Of the plan's programs, all of which have the same. */
  readonly days: DayTable;
  readonly stage: Stage;
  /** Households that are not in the register when the run begins. */
  readonly later?: readonly HouseholdEntry[];
  /** Another version of the definition, for those that amend: by its path as seen from the scenario. What it returns as text is why it cannot be had. */
  readonly versionOf?: (path: string, set: Settings) => Compiled | string;
}

/** An act by hand says why it is late unless the scenario is about not saying it. */
const LATE = '示例：入户时户主外出';

/** Failures in the order they came up; none when the scenario passes. A step goes on after a failure, so that all are seen at once. */
export async function runScenario(run: ScenarioRun): Promise<readonly Failure[]> {
  return await new Player(run).play();
}

class Player {
  #run: ScenarioRun;
  readonly #others: Others | undefined;
  readonly #failures: Failure[] = [];
  #acts = 0;
  /** Rungs that spoke before the step now played. */
  #heard = 0;

  constructor(run: ScenarioRun) {
    this.#run = run;
    const { scenario, stage, plan } = run;
    const mentioned = new Set(scenario.steps.flatMap((step) => (step.do ?? []).flatMap(taskOf)));
    if (scenario.others !== 'in-time') return;
    this.#others = new Others(stage, {
      seed: scenario.register.seed ?? 1,
      habits: ALL_IN_TIME,
      wishes: scenario.answers ?? {},
      endsAt: plan.endsAt,
      isTheirs: (task) => !mentioned.has(nameOf(task)),
      onRefused: (task, { code, message }) =>
        this.#fail(run.places.of(scenario, 'others'), `'${nameOf(task)}' could not be done in time: ${code}, ${message}`),
    });
  }

  async play(): Promise<readonly Failure[]> {
    if (!this.#mayBegin()) return this.#failures;
    for (const step of this.#run.scenario.steps) await this.#playStep(step);
    return this.#failures;
  }

  /** As `start` would say: a run that it refuses is none to play. */
  #mayBegin(): boolean {
    const { scenario, places, plan, days, stage } = this.#run;
    if (scenario.started === undefined) return true;
    const past = findPastDates(plan, stage.now());
    if (past === undefined) return true;
    const why =
      'unsaid' in past
        ? `phase '${past.unsaid.id}' has begun on ${dayOf(days, past.unsaid.startsAt)} and does not say what becomes of it (\`past\`)`
        : `the campaign's last day, ${dayOf(days, past.over)}, is past`;
    this.#fail(places.of(scenario, 'started'), `the run cannot begin at ${scenario.started}: DATES_PAST, ${why}`);
    return false;
  }

  async #playStep(step: Step): Promise<void> {
    const { places, stage } = this.#run;
    const at = this.#instantOf(step.at);
    if (at === undefined) {
      this.#fail(places.of(step, 'at'), `${step.at} lies outside the days the plan can reckon with`);
      return;
    }
    this.#heard = (await stage.spoken()).length;
    const issuedBefore = (await stage.issued()).length;
    await (this.#others === undefined ? advanceThrough(stage, at) : this.#others.playUntil(at));
    for (const act of step.do ?? []) await this.#act(act);
    if (step.expect === undefined) return;
    const found = {
      tasks: new Map((await stage.tasks()).map((task) => [nameOf(task), task])),
      facts: await stage.facts(),
      spoken: (await stage.spoken()).slice(this.#heard),
      issued: (await stage.issued()).slice(issuedBefore),
      indicators: step.expect.indicators === undefined ? [] : await stage.indicators(),
      now: stage.now(),
    };
    const fail = (place: Place, message: string, sides?: Sides): void => this.#fail(place, message, sides);
    checkExpectation(step.expect, { ...this.#run, found, fail });
  }

  #instantOf(moment: string): Instant | undefined {
    return findMoment(this.#run.days, moment);
  }

  async #act(act: Act): Promise<void> {
    const { places, stage } = this.#run;
    if (act.amend !== undefined) return await this.#amend(act, act.amend);
    if (act.admit !== undefined) return await this.#admit(act, act.admit);
    const retracted = act.retract === undefined ? undefined : (await stage.tasks()).find((task) => nameOf(task) === act.retract);
    const asked = adjustmentOf(act, {
      submission: retracted?.submission ?? '',
      start: (text) => this.#edgeOf(text, startOfDay),
      end: (text) => this.#edgeOf(text, endOfDay),
    });
    if (asked !== undefined) return await this.#adjust(act, { ...asked, person: act.as ?? retracted?.submittedBy ?? OFFICE });
    const name = taskOf(act) as string;
    const kind = act.complete === undefined ? (act.accept === undefined ? 'return' : 'accept') : 'complete';
    const place = places.of(act, kind);
    const tasks = await stage.tasks();
    const task = tasks.find((each) => nameOf(each) === name) ?? (await this.#notYet(act, name));
    if (task === undefined) {
      const near = findNearest(name, tasks.map(nameOf));
      this.#fail(place, `there is no task '${name}' yet${near === undefined ? '' : `; there is '${near}'`}`);
      return;
    }
    const person = act.as ?? (kind === 'complete' ? task.holder : task.reviewer);
    if (person === null) {
      this.#fail(place, `nobody has '${name}' to ${kind}: say who does it, with \`as\``);
      return;
    }
    this.#acts += 1;
    const hand = { task, person, id: `scenario-${this.#acts}` };
    const verdict = kind === 'complete' ? await this.#complete(act, hand) : await stage.review({ ...hand, decision: kind });
    this.#judge(act, { verdict, name, place });
  }

  async #adjust(
    act: Act,
    { name, for: scope, adjustment, words, person }: AskedAdjustment & { readonly person: string },
  ): Promise<void> {
    const { places, stage } = this.#run;
    const place = places.of(act);
    if (adjustment === undefined)
      return this.#fail(place, `'${name}': say all of it (by or to whom, by how much), with days that the plan knows`);
    this.#acts += 1;
    const id = `scenario-${this.#acts}`;
    const verdict = await stage.adjust({ for: scope, adjustment, person, id, ...(words && { words }) });
    this.#judge(act, { verdict, name, place });
  }

  async #admit(act: Act, name: string): Promise<void> {
    const { places, stage, later = [] } = this.#run;
    const place = places.of(act, 'admit');
    const household = later.find(({ id }) => `h/${id}` === name);
    if (household === undefined) return this.#fail(place, `'${name}' is none of the register's \`later\``);
    this.#acts += 1;
    this.#judge(act, { verdict: await stage.admit({ household, person: act.as ?? OFFICE }), name, place });
  }

  async #amend(act: Act, path: string): Promise<void> {
    const { places, stage, versionOf = () => 'other versions cannot be read here' } = this.#run;
    const place = places.of(act, 'amend');
    const set = Object.fromEntries(Object.entries(act.set ?? {}).map(([name, value]) => [name, String(value)]));
    const version = versionOf(path, set);
    if (typeof version === 'string') return this.#fail(place, `'${path}': ${version}`);
    const { timers = 'recompute' } = act;
    const succession = succeed(await stage.running(), version, { now: stage.now(), timers });
    this.#acts += 1;
    if ('issues' in succession) return this.#judge(act, { verdict: succession.issues[0]!, name: path, place });
    const { adjustment, compiled: next } = succession;
    const asked = { for: { all: true }, adjustment, person: act.as ?? OFFICE, id: `scenario-${this.#acts}`, next } as const;
    const verdict = await stage.adjust(asked);
    if (verdict === null) this.#run = { ...this.#run, plan: next.plan, days: next.programs.campaign.days };
    this.#judge(act, { verdict, name: path, place });
  }

  /** The first or last instant of a day, or a minute. */
  #edgeOf(text: string, edge: (days: DayTable, day: number) => Instant): Instant | undefined {
    if (text.includes(' ')) return this.#instantOf(text);
    const { days } = this.#run;
    const day = findDay(days, text);
    return day === undefined ? undefined : edge(days, day);
  }

  /** A task of the plan that has not come up: somebody named may try, where the scenario expects a refusal. */
  async #notYet({ as, refused }: Act, name: string): Promise<StagedTask | undefined> {
    const { plan, stage } = this.#run;
    const cut = name.lastIndexOf('/');
    const [instance, key] = [name.slice(0, cut), name.slice(cut + 1)];
    const { template } = readKey(key);
    if (as === undefined || refused === undefined || !isTemplate(plan, template)) return undefined;
    if (!(await stage.facts()).has(instance)) return undefined;
    const nothing = {
      openedAt: 0,
      submission: null,
      submittedBy: null,
      deadlineRev: 0,
      deadline: Infinity,
      reviewDeadline: null,
      pausedAt: null,
      submittedAt: null,
      returns: 0,
      step: 0,
      holder: null,
      reviewer: null,
    };
    return { instance, key, template, status: 'waiting', ...nothing };
  }

  async #complete(act: Act, hand: { task: StagedTask; person: string; id: string }): Promise<Verdict> {
    const { scenario, stage } = this.#run;
    // What has not come up has no form to fill in yet.
    if (hand.task.status === 'waiting') return await stage.complete({ ...hand, answers: {}, lateReason: undefined });
    const { form, context } = await stage.form(hand.task);
    const late = stage.now() > hand.task.deadline ? LATE : undefined;
    const lateReason = act.late === false ? undefined : (act.late ?? late);
    if (act.form !== undefined) return await stage.complete({ ...hand, answers: act.form, lateReason });
    const wishes = { ...scenario.answers?.[form.id], ...act.answers } as Wishes;
    try {
      const answers = fillForm(
        form,
        { ...context, author: hand.person },
        createRandom(scenario.register.seed ?? 1, hand.id),
        wishes,
      );
      return await stage.complete({ ...hand, answers, lateReason });
    } catch (error) {
      if (error instanceof FormNotFillable) return { code: 'FORM_INVALID', message: error.message, issues: [error.issue.code] };
      throw error;
    }
  }

  #judge(act: Act, { verdict, name, place }: { verdict: Verdict; name: string; place: Place }): void {
    const { places } = this.#run;
    if (act.refused === undefined) {
      if (verdict !== null) this.#fail(place, `'${name}' was refused: ${verdict.code}, ${verdict.message}`);
    } else if (verdict === null) {
      this.#fail(places.of(act, 'refused'), `'${name}' was accepted; expected it to be refused with ${act.refused}`);
    } else if (verdict.code !== act.refused && !verdict.issues?.includes(act.refused)) {
      const codes = [verdict.code, ...new Set(verdict.issues)].join(': ');
      this.#fail(places.of(act, 'refused'), `'${name}' was refused with ${codes}, not ${act.refused}: ${verdict.message}`);
    }
  }

  #fail(place: Place, message: string, sides?: Sides): void {
    this.#failures.push({ ...place, message, ...sides });
  }
}

/** The task that somebody acts upon; none, of an adjustment. */
const taskOf = ({ complete, accept, return: returned }: Act): string | readonly [] => complete ?? accept ?? returned ?? [];

/** Of made-up registers. */
const OFFICE = 'office-1';

/** Stops at every wake, as a clock that runs would. */
async function advanceThrough(stage: Stage, to: Instant): Promise<void> {
  for (let wake = await stage.nextWake(); wake !== null && wake <= to; wake = await stage.nextWake()) await stage.advance(wake);
  await stage.advance(to);
}

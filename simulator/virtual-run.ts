/** A run without servers: the virtual clock, the register in memory, and forms checked as the product checks them. */
import { type CheckedForm, checkForm } from '../forms/check-form.ts';
import { correctionsOf, type RegisterCorrection, takenIdNumber } from '../forms/corrections.ts';
import type { FormIssue } from '../forms/form-issue.ts';
import type { FillContext } from '../forms/fill-cell.ts';
import { claimAuthority, claimRight } from '../engine/authority.ts';
import { refusesArrival } from '../engine/moving.ts';
import { refusesScope } from '../engine/scoping.ts';
import { type Adjustment, type AdjustmentScope, isOfPeople, ruleNamed, ruleOf, withWords } from '../model/adjustment.ts';
import { type Arrival, arrivalOf } from '../model/arrival.ts';
import type { Answer, CommandBody, Refusal, RowFacts } from '../model/command.ts';
import { findForm, findTemplate } from '../model/assigned.ts';
import { dateOf, dayOf } from '../model/day-table.ts';
import {
  type EnrolledInstance,
  enrolledInstance,
  enrolledLater,
  factsAtEnrolment,
  type PostHolder,
  postsAround,
} from '../model/enrolment.ts';
import type { FormSpec } from '../model/form.ts';
import type { DateText, DayTable, Instant, Plan, Program, Scope, TaskTemplate } from '../model/plan.ts';
import type { HouseholdEntry, Roster } from '../model/roster.ts';
import { lastRowInstant } from '../model/row-dates.ts';
import { type Directory, directoryOf, peopleAround } from './directory.ts';
import { EarlierAnswers } from './earlier-answers.ts';
import { type NewInstance, type Observer, scopeOfInstance, World, type WorldOptions } from './world.ts';
import { countOne } from './indicators.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

export interface VirtualRunOptions {
  readonly plan: Plan;
  readonly programs: Readonly<Record<Scope, Program>>;
  readonly roster: Roster;
  readonly run: string;
  readonly startsAt: Instant;
  /** The file a swept row becomes. */
  readonly admit: (
    row: never,
    of: { readonly run: string; readonly claim: string; readonly union: string; readonly filedOn: DateText },
  ) => HouseholdEntry;
  readonly observer?: Observer;
  /** See `WorldOptions`. */
  readonly forgetsAnswers?: boolean;
  /** Who is played; without it, everybody. Of the households those that the register has. */
  readonly cast?: Cast;
}

/** A part of a run that is played by itself. */
export interface Cast {
  readonly campaign: boolean;
  readonly unions: readonly string[];
  readonly away: NonNullable<WorldOptions['away']>;
}

/** A task of an instance. */
export interface TaskPlace {
  readonly instance: string;
  readonly key: string;
  readonly template: string;
}

/** Who does it, under which command id. */
export interface Hand {
  readonly task: TaskPlace;
  readonly person: string;
  readonly id: string;
}

/** Who adjusts what, for whom, under which command id. */
export interface Adjusting {
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  readonly person: string;
  readonly id: string;
  /** Of an amendment. */
  readonly next?: CompiledPlan;
}

/** A plan with its programs. */
export interface CompiledPlan {
  readonly plan: Plan;
  readonly programs: Readonly<Record<Scope, Program>>;
}

export type Reply =
  | { readonly answer: Answer }
  | { readonly refusal: Refusal }
  /** The form's own issues; nothing was sent. */
  | { readonly issues: readonly FormIssue[] };

/** As the client says it. */
interface Unadmitted {
  readonly code: 'UNKNOWN_PERSON' | 'UNION_HAS_LEFT';
  readonly message: string;
}

interface UnknownUnion {
  readonly code: 'UNKNOWN_UNION';
  readonly message: string;
}

const unknownUnion = (id: string): UnknownUnion => ({ code: 'UNKNOWN_UNION', message: `the register has no union '${id}'` });
const unknownPerson = (id: string): Unadmitted => ({ code: 'UNKNOWN_PERSON', message: `the register has no '${id}'` });

export class VirtualRun {
  readonly world: World;
  plan: Plan;
  readonly #options: VirtualRunOptions;
  readonly #directory: Directory;
  #dates: { readonly of: DayTable | undefined; readonly spelled: DateText[] } = { of: undefined, spelled: [] };
  readonly #register: Map<string, HouseholdEntry>;
  programs: CompiledPlan['programs'];
  #templates: ReadonlyMap<string, TaskTemplate>;
  /** Tables that admit households, of accepted forms only. Beside them and what other forms are prefilled from, no answer is read again. */
  readonly #swept = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #earlier: EarlierAnswers;
  /** By submission: what it corrects of the register, until it is accepted. */
  readonly #corrections = new Map<string, readonly RegisterCorrection[]>();

  constructor(options: VirtualRunOptions) {
    const { plan, programs, roster, startsAt, observer, forgetsAnswers = false, cast } = options;
    this.#options = options;
    this.plan = plan;
    this.programs = programs;
    this.#templates = new Map(plan.tasks.map((task) => [task.id, task]));
    this.#register = new Map(roster.households.map((household) => [household.id, household]));
    this.#directory = directoryOf(roster);
    this.#earlier = new EarlierAnswers(plan);
    this.world = new World({
      programs,
      startsAt,
      forgetsAnswers,
      ...(cast === undefined ? {} : { away: cast.away }),
      admit: ({ submission, table, row, claim, union }) => {
        const rows = this.#swept.get(submission)![table] as readonly never[];
        const household = options.admit(rows[row - 1]!, { run: options.run, claim, union, filedOn: this.#day(this.world.now) });
        this.#register.set(household.id, household);
        return this.#enrolmentOf(`h/${household.id}`, union);
      },
      correct: ({ submission, field }, { instance }) => {
        const correction = this.#corrections.get(submission)!.find(({ cell }) => cell.id === field)!;
        const household = this.#register.get(instance.slice(2))!;
        if (this.#isTaken(correction, household)) return;
        this.#register.set(household.id, { ...household, [correction.field]: correction.value });
      },
      ...(observer === undefined ? {} : { observer }),
    });
  }

  /** Enrols everybody who is played: the campaign, then the unions, then the households; one at each step. */
  *enrolments(): Generator<string> {
    const { roster, cast = { campaign: true, unions: roster.unions.map(({ id }) => id) } } = this.#options;
    const everybody = [
      ...(cast.campaign ? [[CAMPAIGN_INSTANCE, null]] : []),
      ...cast.unions.map((id) => [`u/${id}`, id]),
      ...roster.households.map(({ id, union }) => [`h/${id}`, union]),
    ] as const;
    for (const [instance, union] of everybody) this.world.expect({ instance: instance!, union: union! });
    for (const [instance, union] of everybody) {
      this.world.enrol(this.#enrolmentOf(instance!, union!));
      yield instance!;
    }
  }

  enrolAll(): void {
    for (const _one of this.enrolments());
  }

  templateOf({ template, instance }: Pick<TaskPlace, 'template' | 'instance'>): TaskTemplate {
    return this.#templates.get(template) ?? findTemplate(this.plan, { template, scope: scopeOfInstance(instance) })!;
  }

  /** Fields of its form that other forms are prefilled from. */
  readAgain({ template }: TaskPlace): ReadonlySet<string> | undefined {
    return this.#earlier.fieldsOf(template);
  }

  /** Rows of its form put households on file, with every word of theirs. */
  admits(task: TaskPlace): boolean {
    return this.templateOf(task).rows.some(({ admits }) => admits === true);
  }

  form(task: TaskPlace): { readonly form: FormSpec; readonly context: FillContext } {
    return { form: this.#formOf(task), context: this.#contextOf(task) };
  }

  #formOf(task: TaskPlace): FormSpec {
    return findForm(this.plan, this.templateOf(task).form)!;
  }

  /** Checks the form and hands it in. */
  complete({ task, person, id, answers, late }: Hand & { readonly answers: unknown; readonly late: boolean }): Reply & {
    readonly rows?: readonly RowFacts[];
  } {
    const hand = { task, person, id };
    const isThere = this.world.instances.get(task.instance)?.tasks[task.key] !== undefined;
    // The engine says why: as in the product, where a form is looked at only once its task is found.
    if (!isThere)
      return this.#send(hand, { kind: 'complete', task: task.key, submission: id, facts: {}, rows: [], lateReason: late });
    const { form, context } = this.form(task);
    const result = checkForm(form, answers, { ...context, author: person });
    if ('issues' in result) return result;
    const household = this.#register.get(task.instance.slice(2));
    const taken = correctionsOf(form, result.answers).filter((correction) => this.#isTaken(correction, household));
    return taken.length > 0 ? { issues: taken.map(takenIdNumber) } : this.handIn({ ...hand, checked: result, late });
  }

  /** Another household has the identity number. Asked seldom, so there is no index of them. */
  #isTaken({ field, value }: RegisterCorrection, household: HouseholdEntry | undefined): boolean {
    if (field !== 'idNumber') return false;
    return [...this.#register.values()].some(({ id, idNumber }) => idNumber === value && id !== household?.id);
  }

  /** Hands in a form that its own check has accepted in this context. */
  handIn({ checked, late, ...hand }: Hand & { readonly checked: CheckedForm; readonly late: boolean }): Reply & {
    readonly rows: readonly RowFacts[];
  } {
    const { answers, facts, rows, corrections } = checked;
    if (this.admits(hand.task)) this.#swept.set(hand.id, answers);
    if (corrections.length > 0) this.#corrections.set(hand.id, correctionsOf(this.#formOf(hand.task), answers));
    const reply = this.#send(hand, {
      kind: 'complete',
      task: hand.task.key,
      submission: hand.id,
      facts,
      rows,
      ...(corrections.length > 0 && { corrections }),
      lateReason: late,
    });
    if ('answer' in reply) this.#earlier.keep(hand.task, answers);
    return { ...reply, rows };
  }

  review({ decision, ...hand }: Hand & { readonly decision: 'accept' | 'return' }): Reply {
    const submission = this.world.instances.get(hand.task.instance)?.tasks[hand.task.key]?.submission ?? '';
    const body = { task: hand.task.key, submission };
    return this.#send(hand, decision === 'accept' ? { kind: 'accept', ...body } : { kind: 'return', ...body, reason: hand.id });
  }

  /** Adjusts the run: what is for one instance is a command, what is for many a revision. */
  adjust({ for: scope, adjustment: asked, person, id, next }: Adjusting): {
    readonly refusal?: Refusal | Unadmitted | UnknownUnion;
  } {
    const { world } = this;
    // What is to be done would be stored in words; nobody reads them here.
    const adjustment = withWords(asked, id);
    const notTheirs = refusesScope(adjustment, scope);
    if (notTheirs !== undefined) return { refusal: notTheirs };
    const by = { person, via: 'rehearsal' } as const;
    const one = 'instance' in scope ? scope.instance : undefined;
    const instance = one === undefined ? undefined : world.instances.get(one);
    const claimed = claimAuthority({
      adjustment,
      rule: ruleOf(this.plan, adjustment.kind),
      person,
      union: 'union' in scope ? scope.union : (instance?.union ?? undefined),
      tasks: instance?.tasks ?? {},
      covers: world.instances.get(CAMPAIGN_INSTANCE)?.covers ?? [],
      now: world.now,
      findPerson: (who) => this.#directory.posts.get(who),
    });
    if ('refusal' in claimed) return claimed;
    if ('unknown' in claimed) return { refusal: unknownPerson(claimed.unknown) };
    const adjusting = { adjustment, authority: claimed.authority, reason: id };
    const body = { kind: 'adjust', ...adjusting } as const;
    // What is of people is alike in every instance: the campaign is asked for all of them.
    const refusal = isOfPeople(adjustment) ? world.refuses(CAMPAIGN_INSTANCE, { id, by, body }) : undefined;
    if (refusal !== undefined) return { refusal };
    if (one === undefined) {
      if (next !== undefined) this.#turnTo(next);
      world.revise(scope, { ...adjusting, by, ...(next && { programs: next.programs }) });
    } else {
      const arriving = adjustment.kind === 'move' ? this.#arrivalAt(adjustment.to, one) : {};
      if ('code' in arriving) return { refusal: arriving };
      const reply = world.send(one, { id, by, body: { ...body, ...arriving } });
      if ('code' in reply) return { refusal: reply };
    }
    world.advance(world.now);
    return {};
  }

  /** What a household would find there. */
  #arrivalAt(to: string, instance: string): { readonly arrival?: Arrival } | Refusal | UnknownUnion {
    const { world, plan } = this;
    const [household, union] = [world.instances.get(instance), world.instances.get(`u/${to}`)];
    if (union === undefined) return unknownUnion(to);
    if (household === undefined) return {};
    const refused = refusesArrival(union);
    if (refused !== undefined) return refused;
    const entry = this.#entryOf(instance, to);
    const people = [...this.#peopleAround(household.union), ...this.#peopleAround(to)];
    return { arrival: arrivalOf({ plan, household, entry, people, union, gates: world.levelsOf(to) }) };
  }

  /** Puts a household into the register. Whoever is there already stays as they are. */
  admit({ household, person }: { readonly household: HouseholdEntry; readonly person: string }): {
    readonly refusal?: Refusal | Unadmitted;
  } {
    const { world } = this;
    const { id, union } = household;
    const claimed = claimRight({
      rule: ruleNamed(this.plan, 'admit'),
      ...{ person, union, act: 'admit', now: world.now },
      covers: world.instances.get(CAMPAIGN_INSTANCE)?.covers ?? [],
      findPerson: (who) => this.#directory.posts.get(who),
    });
    if ('refusal' in claimed) return claimed;
    if ('unknown' in claimed) return { refusal: unknownPerson(claimed.unknown) };
    if (this.#register.has(id)) return {};
    if (world.instances.get(`u/${union}`)?.withdrawnAt !== undefined)
      return { refusal: { code: 'UNION_HAS_LEFT', message: `the union of '${id}' takes part no longer` } };
    this.#register.set(id, enrolledLater(household));
    world.admit(this.#enrolmentOf(`h/${id}`, union));
    world.advance(world.now);
    return {};
  }

  #turnTo({ plan, programs }: CompiledPlan): void {
    this.plan = plan;
    this.programs = programs;
    this.#templates = new Map(plan.tasks.map((task) => [task.id, task]));
    this.#earlier.turnTo(plan);
  }

  #send({ task, person, id }: Hand, body: CommandBody): Reply {
    const reply = this.world.send(task.instance, { id, by: { person, via: 'rehearsal' }, body });
    // What was done may have made something due at this very instant.
    this.world.advance(this.world.now);
    return 'code' in reply ? { refusal: reply } : { answer: reply };
  }

  #day(at: Instant): DateText {
    const { days } = this.programs.campaign;
    const inside = Math.min(Math.max(at, days.starts[0]!), days.starts.at(-1)! - 1);
    // An amendment may bring another table.
    if (this.#dates.of !== days) this.#dates = { of: days, spelled: [] };
    return (this.#dates.spelled[dayOf(days, inside)] ??= dateOf(days, inside));
  }

  #contextOf(task: TaskPlace): FillContext {
    const { instance, key } = task;
    const { now } = this.world;
    const snapshot = this.world.instances.get(instance)!;
    const { union } = snapshot;
    const { people, unions, findPerson, findUnion } = this.#directory;
    return {
      today: this.#day(now),
      campaignEnd: this.#day(lastRowInstant({ endsAt: this.plan.endsAt, now })),
      prefill: instance.startsWith('h/') ? (this.#register.get(instance.slice(2)) as unknown as FillContext['prefill']) : {},
      earlier: this.#earlier.of(this.#formOf(task), snapshot),
      findPerson,
      findUnion,
      union,
      author: snapshot.tasks[key]?.holder ?? null,
      countOf: (indicator) => countOne({ plan: this.plan, instances: this.world.members(union), now }, indicator),
      people,
      unions,
    };
  }

  /** What the register says of an instance in a union. */
  #entryOf(instance: string, union: string | null): EnrolledInstance {
    const own = union === null ? undefined : this.#directory.unionById.get(union);
    const household = this.#register.get(instance.slice(2));
    const unions = own === undefined ? [] : [own];
    return enrolledInstance({ instance, scope: scopeOfInstance(instance), union }, { household, unions });
  }

  #enrolmentOf(instance: string, union: string | null): NewInstance {
    const { run } = this.#options;
    const entry = this.#entryOf(instance, union);
    const people = this.#peopleAround(union);
    return { run, instance, union, roles: postsAround(entry, people), facts: factsAtEnrolment(this.plan, entry) };
  }

  #peopleAround(union: string | null): readonly PostHolder[] {
    return peopleAround(this.#directory, union);
  }
}

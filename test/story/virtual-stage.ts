/** The virtual clock as a stage: the pure world, with a register in memory. */
import { factsAtEnrolment, postsAround } from '../../activities/enrolment.ts';
import type { CompiledPlan } from '../../client/api.ts';
import { checkForm } from '../../forms/check-form.ts';
import type { FillContext } from '../../forms/fill-cell.ts';
import { createDateTime } from '../../platform/zoned-time.ts';
import type { CommandBody, RowFacts } from '../../model/command.ts';
import type { Instant } from '../../model/plan.ts';
import { lastRowInstant } from '../../model/row-dates.ts';
import type { HouseholdEntry, Roster } from '../../model/roster.ts';
import { World } from '../../simulator/world.ts';
import { admittedHousehold, type SweptRow } from '../../worker/admission.ts';
import type { Hand, Stage, StagedTask } from './stage.ts';

/** A form that was accepted, as far as rows go. */
export interface Submitted {
  readonly task: string;
  readonly template: string;
  readonly rows: readonly RowFacts[];
}

export interface VirtualStage extends Stage {
  readonly world: World;
  /** Of finished tasks, by task. */
  readonly submissions: ReadonlyMap<string, Submitted>;
}

export function createVirtualStage({
  compiled,
  roster,
  run,
  startsAt,
}: {
  compiled: CompiledPlan;
  roster: Roster;
  run: string;
  startsAt: Instant;
}): VirtualStage {
  const { plan, programs } = compiled;
  const dateTime = createDateTime(plan.zone);
  const day = (at: Instant): string => dateTime(at).slice(0, 10);
  const register = new Map<string, HouseholdEntry>(roster.households.map((household) => [household.id, household]));
  const answersOf = new Map<string, Record<string, readonly SweptRow[]>>();
  const submissions = new Map<string, Submitted>();
  const people = [...roster.people].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, union, role }) => ({ id, union, role }));
  const unions = roster.unions.map(({ id }) => id).sort();

  const enrolmentOf = (instance: string, union: string | null) => {
    const household = register.get(instance.slice(2));
    const entry = {
      instance,
      scope: instance === 'c' ? ('campaign' as const) : instance.startsWith('u/') ? ('union' as const) : ('household' as const),
      union,
      enrolment: household?.enrolment ?? null,
      fileLevel: household?.fileLevel ?? null,
      hardshipClass: household?.hardshipClass ?? null,
      unionKind: instance === 'c' ? null : (roster.unions.find(({ id }) => id === union)?.kind ?? null),
    };
    return { run, instance, union, revision: 1, roles: postsAround(entry, people), facts: factsAtEnrolment(plan, entry) };
  };

  const world = new World({
    programs,
    startsAt,
    admit: ({ submission, table, row, claim, union }) => {
      const swept = answersOf.get(submission)![table]![row - 1]!;
      const household = admittedHousehold(swept, { run, claim, union, filedOn: day(world.now) });
      register.set(household.id, household);
      return enrolmentOf(`h/${household.id}`, union);
    },
  });
  world.enrol(enrolmentOf('c', null));
  for (const { id } of roster.unions) world.enrol(enrolmentOf(`u/${id}`, id));
  for (const { id, union } of roster.households) world.enrol(enrolmentOf(`h/${id}`, union));

  const contextOf = ({ instance }: StagedTask): FillContext => ({
    today: day(world.now),
    campaignEnd: day(lastRowInstant({ endsAt: plan.endsAt, now: world.now })),
    prefill: instance.startsWith('h/') ? { ...register.get(instance.slice(2))! } : {},
    findPerson: (id) => {
      const person = people.find((each) => each.id === id);
      return person && { union: person.union, roles: [person.role] };
    },
    findUnion: (id) => unions.includes(id),
    union: world.instances.get(instance)!.union,
    people: people.map(({ id, union, role }) => ({ id, union, roles: [role] })),
    unions,
  });
  const formOf = (task: StagedTask) => ({
    form: plan.forms[plan.tasks.find(({ id }) => id === task.template)!.form]!,
    context: contextOf(task),
  });
  const send = ({ task, person, id }: Hand, body: CommandBody): void => {
    const reply = world.send(task.instance, { id, by: { person, via: 'rehearsal' }, body });
    if ('code' in reply) throw new Error(`${task.instance}/${task.key}: ${reply.code} ${reply.message}`);
  };

  return {
    world,
    submissions,
    now: () => world.now,
    nextWake: async () => world.nextWake(),
    advance: async (to) => world.advance(to),
    openTasks: async () =>
      [...world.instances].flatMap(([instance, { tasks }]) =>
        Object.entries(tasks)
          .filter(([, { status }]) => status === 'open' || status === 'returned' || status === 'inReview')
          .map(([key, task]) => ({ ...task, instance, key })),
      ),
    form: async (task) => formOf(task),
    async complete({ answers, lateReason, ...hand }) {
      const { form, context } = formOf(hand.task);
      const result = checkForm(form, answers, context);
      if ('issues' in result) throw new Error(`${hand.task.key}: ${JSON.stringify(result.issues)}`);
      answersOf.set(hand.id, result.answers as never);
      const { facts, rows } = result;
      const task = `${hand.task.instance}/${hand.task.key}`;
      submissions.set(task, { task, template: hand.task.template, rows });
      send(hand, {
        kind: 'complete',
        task: hand.task.key,
        submission: hand.id,
        facts,
        rows,
        lateReason: lateReason !== undefined,
      });
    },
    async review({ decision, ...hand }) {
      const submission = world.instances.get(hand.task.instance)!.tasks[hand.task.key]!.submission!;
      const body = { task: hand.task.key, submission };
      send(hand, decision === 'accept' ? { kind: 'accept', ...body } : { kind: 'return', ...body, reason: hand.id });
    },
  };
}

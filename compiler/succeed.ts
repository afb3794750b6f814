/**
 * The plan that takes the place of one that runs: the new definition's, and beside it, retired, whatever the old one had and the new one has not, so
 * that what was done under it can still be read. Pure: both plans in, the one to go on with or every reason against it out.
 */
import type { Amendment, TimerPolicy } from '../model/adjustment.ts';
import type { Facts, Instant, Plan, Program, ProgramTask, Scope, TaskTemplate } from '../model/plan.ts';
import { type Compiled, forEachScope, seal } from './emit.ts';

/** What of a plan that runs is asked. */
export interface Running {
  readonly plan: Plan;
  readonly programs: Readonly<Record<Scope, Program>>;
}

/** Why a plan cannot follow: stable codes, explained in docs/refusals.md. */
export interface SuccessionIssue {
  readonly code:
    | 'AMEND_OTHER_CAMPAIGN'
    | 'AMEND_BEGUN_PHASE'
    | 'AMEND_TASK_MOVED'
    | 'AMEND_GATE_MOVED'
    | 'AMEND_FACT_CHANGED'
    | 'AMEND_FACT_UNKNOWN';
  readonly message: string;
  readonly hint: string;
}

export type Succession =
  | { readonly issues: readonly SuccessionIssue[] }
  | { readonly compiled: Compiled; readonly adjustment: Amendment & { readonly kind: 'amend' } };

export interface Succeeding {
  readonly now: Instant;
  readonly timers: TimerPolicy;
}

export function succeed(old: Running, next: Compiled, { now, timers }: Succeeding): Succession {
  const issues = [...findIssues(old.plan, next.plan, now)];
  if (issues.length > 0) return { issues };
  const retired = missingFrom(next.plan.tasks, old.plan.tasks).map((task): TaskTemplate => retire(task));
  const { programs: _hashes, ...plan } = next.plan;
  const unsealed = {
    ...plan,
    // An action or a phase of before may be gone; whoever looks a retired task's up finds none, and shows the task alone.
    tasks: [...plan.tasks, ...retired],
    forms: {
      ...onlyOf(old.plan.forms, [old.plan.assigned?.form ?? '', ...retired.map(({ form }) => form)]),
      ...plan.forms,
    },
    ladders: {
      ...onlyOf(
        old.plan.ladders,
        retired.map(({ ladder }) => ladder),
      ),
      ...plan.ladders,
    },
    roles: [...plan.roles, ...missingFrom(plan.roles, old.plan.roles)],
    facts: [
      ...plan.facts,
      ...old.plan.facts.filter(({ id, scope }) => !plan.facts.some((fact) => fact.id === id && fact.scope === scope)),
    ],
  };
  const programs = forEachScope((scope): Program => followProgram(old.programs[scope], next.programs[scope]));
  const compiled = seal(unsealed, programs);
  const initial = forEachScope((scope) => initialOf(old.plan, next.plan, scope));
  return { compiled, adjustment: { kind: 'amend', plan: compiled.hash, programs: compiled.plan.programs, timers, initial } };
}

/** The same for one scope. */
export function followProgram(old: Program, next: Program): Program {
  const retired = missingFrom(next.tasks, old.tasks).map(retire);
  const ladders = onlyOf(
    old.ladders,
    retired.map(({ ladder }) => ladder),
  );
  return {
    ...next,
    roles: [...next.roles, ...missingFrom(next.roles, old.roles)],
    ladders: { ...ladders, ...next.ladders },
    tasks: [...next.tasks, ...retired],
  };
}

const missingFrom = <Item extends { readonly id: string }>(next: readonly Item[], old: readonly Item[]): readonly Item[] =>
  old.filter(({ id }) => !next.some((each) => each.id === id));

/** Nothing makes it come up, and nothing waits for it or counts it. */
function retire<Task extends ProgramTask>(task: Task) {
  const { gate: _gate, when: _when, fixed: _fixed, sample: _sample, repeats: _repeats, joining: _joining, ...kept } = task;
  return { ...kept, retired: true, origin: 'row', after: [], rows: [], feeds: [], assigns: {} } as const;
}

const onlyOf = <Value>(all: Readonly<Record<string, Value>>, ids: readonly string[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)));

function initialOf(old: Plan, next: Plan, scope: Scope): Facts {
  const added = next.facts.filter(
    (fact) => fact.scope === scope && !old.facts.some(({ id, scope: of }) => id === fact.id && of === scope),
  );
  return Object.fromEntries(added.map(({ id, initial = null }) => [id, initial]));
}

function* findIssues(old: Plan, next: Plan, now: Instant): Generator<SuccessionIssue> {
  if (old.campaign !== next.campaign || old.zone !== next.zone) {
    yield {
      code: 'AMEND_OTHER_CAMPAIGN',
      message: `the run is of '${old.campaign}' in ${old.zone}, and this is '${next.campaign}' in ${next.zone}`,
      hint: 'amend a run with a version of its own definition, or start another run',
    };
  }
  for (const phase of old.phases) {
    const after = next.phases.find(({ id }) => id === phase.id);
    if (phase.startsAt > now || after?.startsAt === phase.startsAt) continue;
    yield {
      code: 'AMEND_BEGUN_PHASE',
      message: `phase '${phase.id}' has begun, and ${after === undefined ? 'is gone' : 'would begin at another time'}`,
      hint: 'leave the beginning of what has begun as it is (and say --starts as when the run was started)',
    };
  }
  for (const task of old.tasks) {
    const after = next.tasks.find(({ id }) => id === task.id);
    const same = after?.scope === task.scope && (task.retired === true || after.origin === task.origin);
    if (after === undefined || same) continue;
    yield {
      code: 'AMEND_TASK_MOVED',
      message: `task '${task.id}' would be of another scope, or come up in another way`,
      hint: 'give the new task another id',
    };
  }
  for (const { id, gate } of old.tasks) {
    const after = next.tasks.find((task) => task.id === id)?.gate;
    if (gate === undefined || after === undefined || gate.of === after.of) continue;
    yield {
      code: 'AMEND_GATE_MOVED',
      message: `the gate of task '${id}' would count another scope, and those of the old one have been counted`,
      hint: 'give the task that waits another id',
    };
  }
  yield* findFactIssues(old, next);
}

function* findFactIssues(old: Plan, next: Plan): Generator<SuccessionIssue> {
  for (const fact of next.facts) {
    const before = old.facts.find(({ id, scope }) => id === fact.id && scope === fact.scope);
    const lost = before?.choices?.filter((choice) => !fact.choices?.includes(choice)) ?? [];
    if (before !== undefined && (before.type !== fact.type || lost.length > 0)) {
      yield {
        code: 'AMEND_FACT_CHANGED',
        message: `fact '${fact.id}' would ${lost.length > 0 ? `no longer have '${lost.join("', '")}'` : 'be of another type'}, and may have such a value by now`,
        hint: 'keep what it may be, or use another fact',
      };
    }
    if (before === undefined && fact.from === 'roster') {
      yield {
        code: 'AMEND_FACT_UNKNOWN',
        message: `fact '${fact.id}' comes from the register, which is asked when an instance begins`,
        hint: 'declare it before the run starts, or let a form ask for it',
      };
    }
  }
}

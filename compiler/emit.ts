/** The plan of a definition without issues, and the program of each scope. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type {
  Basis,
  FactSpec,
  Gate,
  Instant,
  Ladder,
  Phase,
  Plan,
  Program,
  ReviewStep,
  Role,
  Scope,
  Target,
  TaskTemplate,
} from '../model/plan.ts';
import { emitBulletin } from './bulletins.ts';
import { gateScope } from './check-gates.ts';
import { compileCondition, compileOptional } from './conditions.ts';
import type { Dating } from './dates.ts';
import { emitForm } from './emit-form.ts';
import { emitDue, emitHours, emitOffset, emitRetract, emitReturns, emitRung } from './emit-time.ts';
import { emitIndicator } from './emit-indicator.ts';
import { isFixed } from './fixed.ts';
import { type Definition, type PlacedTask, rowTemplates } from './gather.ts';
import { given } from './given.ts';
import { emitJoining } from './joining.ts';
import { ladderOf, reviewLadderOf } from './ladders.ts';
import type { Adjustments, Assigned, Fact, MainFile, Pauses, Review, Target as TargetText, Task } from './language.ts';
import { emitRepeats } from './repeats.ts';

export const SCOPES = ['campaign', 'union', 'household'] as const;

export interface Compiled {
  readonly plan: Plan;
  readonly programs: Readonly<Record<Scope, Program>>;
  /** Canonical JSON: what is stored, and what the hashes are of. */
  readonly texts: { readonly plan: string; readonly programs: Readonly<Record<Scope, string>> };
  /** SHA-256 (hex) of the plan's text. */
  readonly hash: string;
}

export function emit(definition: Definition, dating: Dating): Compiled {
  const head = definition.head as MainFile;
  const { phases, roles, ladders, tasks, startsAt, endsAt } = emitParts(definition, dating);
  const hours = emitHours(head.hours);
  const bulletins = [...definition.bulletins].map((each) => emitBulletin(definition, each, dating));
  const times = bulletins.map(({ id, style, to, at }) => ({ id, style, to, at }));
  const programOf = (scope: Scope): Program => ({
    scope,
    campaign: head.id,
    zone: head.zone,
    days: dating.table,
    ...given({
      hours,
      adjustments: emitAdjustments(head.adjustments),
      pauses: emitPauses(head.pauses),
      assigned: emitAssigned(head.assigned),
    }),
    phases: phases.map(({ title: _, ...phase }) => phase),
    startsAt,
    endsAt,
    roles: roles.map(({ title: _, ...role }) => role),
    ladders,
    tasks: tasks.filter((task) => task.scope === scope).map(({ title: _title, basis: _basis, scope: _scope, ...task }) => task),
    ...(scope === 'campaign' && times.length > 0 ? { bulletins: times } : {}),
  });
  const plan: Omit<Plan, 'programs'> = {
    shigeyi: 1,
    campaign: head.id,
    title: head.title,
    ...given({ language: head.language === 'zh' ? undefined : head.language }),
    zone: head.zone,
    calendar: { id: dating.calendar.id, version: dating.calendar.version },
    ...given({
      hours,
      adjustments: emitAdjustments(head.adjustments),
      pauses: emitPauses(head.pauses),
      assigned: emitAssigned(head.assigned),
    }),
    startsAt,
    endsAt,
    phases,
    actions: definition.phases.flatMap((phase) =>
      phase.actions.map(({ id, number, title }) => ({ id, number, title, phase: phase.id })),
    ),
    roles,
    facts: [...definition.facts].map(emitFact),
    forms: Object.fromEntries([...definition.forms].map(([id, form]) => [id, emitForm(definition, { id, form })])),
    tasks,
    ladders,
    targets: [...definition.targets].map(emitTarget),
    indicators: [...definition.indicators].map(emitIndicator),
    bulletins,
    ...(definition.messages.size === 0
      ? {}
      : { messages: Object.fromEntries([...definition.messages].map(([id, { zh, en }]) => [id, { zh, en }])) }),
  };
  return seal(plan, forEachScope(programOf));
}

/** Names what was compiled by its hashes. */
export function seal(unsealed: Omit<Plan, 'programs'>, programs: Readonly<Record<Scope, Program>>): Compiled {
  const programTexts = forEachScope((scope) => canonicalJson(programs[scope]));
  const plan: Plan = { ...unsealed, programs: forEachScope((scope) => sha256(programTexts[scope])) };
  const text = canonicalJson(plan);
  return { plan, programs, texts: { plan: text, programs: programTexts }, hash: sha256(text) };
}

export const forEachScope = <T>(of: (scope: Scope) => T): Record<Scope, T> =>
  Object.fromEntries(SCOPES.map((scope) => [scope, of(scope)])) as Record<Scope, T>;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function emitParts(definition: Definition, dating: Dating) {
  const phases = definition.phases.map(
    ({ id, title, starts, ends, past }): Phase => ({
      id,
      title,
      startsAt: dating.startOf(starts),
      endsAt: dating.endOf(ends),
      ...given({ past: past === 'refuse' ? undefined : past }),
    }),
  );
  const roles = [...definition.roles].map(
    ([id, { title, scope, fallback }]): Role => ({ id, title, scope, ...given({ fallback }) }),
  );
  const ladders = Object.fromEntries(
    [...definition.ladders].map(([id, rungs]): [string, Ladder] => [id, { id, rungs: rungs.map(emitRung) }]),
  );
  const endsAt = phases.at(-1)!.endsAt;
  const made = rowTemplates(definition.tasks);
  const tasks = definition.tasks.map((placed) => emitTask(definition, { placed, dating, campaignEndsAt: endsAt, made }));
  return { phases, roles, ladders, tasks, startsAt: phases[0]!.startsAt, endsAt };
}

function emitFact([id, { scope, choices, type, from, initial }]: [string, Fact]): FactSpec {
  return { id, scope, type: type ?? 'choice', ...given({ choices, from, initial }) };
}

function emitTarget([id, { title, of, counts, by }]: [string, TargetText]): Target {
  return {
    id,
    title,
    scope: 'household',
    of: compileCondition(of),
    counts: Object.entries(counts).map(([member, count]) => ({
      id: member,
      title: count.title,
      when: compileCondition(count.when),
    })),
    by: by ?? [],
  };
}

function emitTask(
  definition: Definition,
  {
    placed: { task, phase, action },
    dating,
    campaignEndsAt,
    made,
  }: { placed: PlacedTask; dating: Dating; campaignEndsAt: Instant; made: ReadonlySet<string> },
): TaskTemplate {
  const [startsAt, endsAt] = [dating.startOf(phase.starts), dating.endOf(phase.ends)];
  const { head } = definition;
  const times = { dating, hours: emitHours(head.hours), startsAt, endsAt, notice: head.notice! };
  const origin = made.has(task.id) ? 'row' : 'plan';
  return {
    id: task.id,
    title: task.title,
    basis: emitBasis(task.basis),
    scope: task.scope,
    phase: phase.id,
    action: action.id,
    origin,
    opensAt: startsAt,
    after: task.after ?? [],
    holder: typeof task.holder === 'string' ? { role: task.holder } : task.holder,
    due: emitDue(task, times),
    atEnd: task.atEnd ?? 'late',
    // A row may name any day up to the campaign's last, so that is where its task's time ends.
    endsAt: task.due === 'row' ? campaignEndsAt : endsAt,
    form: task.form,
    reviews: (task.reviews ?? []).map((review, index) => emitReview(definition, { task, review, index })),
    ladder: ladderOf(task),
    outcomes: (task.outcomes ?? []).map(({ when, set = {}, withdraw, again }) => ({
      set,
      ...given({ when: compileOptional(when), withdraw, again }),
    })),
    assigns: task.assigns ?? {},
    rows: (task.rows ?? []).map(({ table, task: makes, admits, to }) => ({
      table,
      to: to ?? 'self',
      ...given({ task: makes, admits }),
    })),
    feeds: definition.tasks.filter((other) => other.task.gate?.task === task.id).map((other) => other.task.id),
    ...given({
      gate: emitGate(task, dating),
      returns: emitReturns(task.returns),
      retract: emitRetract(task.retract),
      repeats: emitRepeats(task, phase, dating),
      // A row's task begins with its row.
      joining: origin === 'row' ? undefined : emitJoining(task, { head, phase: times }),
      ...emitWhen(definition, task),
      sample: emitSample(task),
      ofWithdrawn: task.ofWithdrawn,
      onAmend: task.onAmend,
    }),
  };
}

function emitWhen(definition: Definition, task: Task): Pick<TaskTemplate, 'when' | 'fixed'> {
  const when = compileOptional(task.when);
  if (when === undefined) return {};
  return isFixed(definition, when) ? { when, fixed: true } : { when };
}

function emitSample({ sample }: Task): TaskTemplate['sample'] {
  return sample && { share: sample.share, ...given({ seed: sample.seed }) };
}

function emitBasis(basis: string): Basis {
  return basis === 'practice' || basis === 'house' ? { kind: basis } : { kind: 'doc', place: basis };
}

function emitReview(definition: Definition, { task, review, index }: { task: Task; review: Review; index: number }): ReviewStep {
  const { confirm, accept, not, when, within } = review;
  const by = confirm ?? accept!;
  const kind = confirm === undefined ? 'accept' : 'confirm';
  const timed = { within: within && emitOffset(within), ladder: reviewLadderOf(definition, task, review) };
  return { id: `${index + 1}-${kind}-${by}`, by, kind, ...given({ not, when: compileOptional(when), ...timed }) };
}

/** A task has one gate at most, so the gate goes by the task's name. */
function emitGate({ id, gate }: Task, dating: Dating): Gate | undefined {
  if (gate === undefined) return undefined;
  return {
    id,
    of: gateScope(gate),
    task: gate.task,
    share: gate.share ?? 1,
    latched: gate.latched ?? true,
    ...given({ noLaterThan: gate.noLaterThan === undefined ? undefined : dating.startOf(gate.noLaterThan) }),
  };
}

function emitAdjustments(adjustments: Adjustments | undefined): Plan['adjustments'] {
  return adjustments && (given(adjustments) as NonNullable<Plan['adjustments']>);
}

/** What is as it would be anyway is left out. */
function emitPauses({ absolute, completions }: Pauses = {}): Plan['pauses'] {
  const rules = { ...(absolute === 'move' ? { absolute } : {}), ...(completions === 'accept' ? { completions } : {}) };
  return Object.keys(rules).length === 0 ? undefined : rules;
}

function emitAssigned(assigned: Assigned | undefined): Plan['assigned'] {
  return assigned && (given({ ...assigned, holder: assigned.holder && given(assigned.holder) }) as NonNullable<Plan['assigned']>);
}

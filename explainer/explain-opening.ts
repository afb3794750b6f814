/** When a task opens and what it waits for, or which rows make it. */
import type { Instant, Plan, Scope, TaskTemplate } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import { type ConditionExplanation, explainCondition } from './explain-condition.ts';
import { type Named, nameOf } from './explain-names.ts';

export interface OpeningExplanation {
  /** Before this it cannot open. Of a row task: when the first of its sources can. */
  readonly earliestAt: Instant;
  /** Done or waived first. Of a task made by rows: every one of them, and the tasks whose forms hold the rows. */
  readonly after: readonly (Named & { readonly isMadeByRows: boolean })[];
  readonly gate: GateExplanation | null;
  readonly when: ConditionExplanation | null;
  /** The condition is decided at enrolment and never changes. */
  readonly fixed: boolean;
  /** Only in about this share of the instances, chosen by their ids. */
  readonly sample: number | null;
  /** Tasks of earlier phases that hold their phase open: it waits for each that comes up. */
  readonly heldBy: readonly Named[];
  /** The rows that make it; empty for a task that opens by itself. */
  readonly madeBy: readonly RowSourceExplanation[];
}

export interface GateExplanation {
  /** Whose work is counted: of all unions, or of all households; or whose it waits for, where that is the scope above. */
  readonly of: Scope;
  readonly above: boolean;
  readonly task: Named;
  /** 0 < share ≤ 1. */
  readonly share: number;
  /** It opens at this instant whatever the count; null: it waits for as long as it takes. */
  readonly noLaterThan: Instant | null;
  readonly latched: boolean;
}

export interface RowSourceExplanation {
  readonly task: Named;
  readonly form: Named;
  readonly table: Named;
  /** `self`: it comes up where the form was; otherwise in the union that this column names. */
  readonly to: string;
}

export function explainOpening(plan: Plan, task: TaskTemplate): OpeningExplanation {
  return {
    earliestAt: earliestOpening(plan, task),
    after: plan.tasks
      .filter(({ id }) => task.after.includes(id))
      .map(({ id, title, origin }) => ({ id, title, isMadeByRows: origin === 'row' })),
    gate: explainGate(plan, task),
    when: explainCondition(plan, task.when),
    fixed: task.fixed === true,
    sample: task.sample?.share ?? null,
    heldBy: task.origin === 'row' ? [] : tasksThatHold(plan, task),
    madeBy: plan.tasks.flatMap((source) => rowsThatMake(plan, source, task.id)),
  };
}

function tasksThatHold({ phases, tasks }: Plan, { phase, scope }: TaskTemplate): readonly Named[] {
  const place = (id: string): number => phases.findIndex((each) => each.id === id);
  return tasks
    .filter((each) => each.atEnd === 'hold' && each.scope === scope && place(each.phase) < place(phase))
    .map(({ id, title }) => ({ id, title }));
}

/** The compiler refuses tasks that wait for each other in a circle, so the sources of sources come to an end. */
export function earliestOpening(plan: Plan, task: TaskTemplate): Instant {
  if (task.origin === 'plan') return task.opensAt;
  const sources = plan.tasks.filter(({ id, rows }) => id !== task.id && rows.some((rule) => rule.task === task.id));
  return Math.min(...sources.map((source) => earliestOpening(plan, source)));
}

function explainGate(plan: Plan, { gate, scope }: TaskTemplate): GateExplanation | null {
  if (gate === undefined) return null;
  const { of, task, share, latched, noLaterThan } = gate;
  return { of, above: isAbove(of, scope), task: nameOf(plan.tasks, task), share, latched, noLaterThan: noLaterThan ?? null };
}

/** `all unions have`, `80% of the households have`, `its union has`. */
export function gateWords({ of, above, share }: Pick<GateExplanation, 'of' | 'above' | 'share'>): string {
  if (above) return of === 'campaign' ? 'the campaign has' : `its ${of} has`;
  return `${share === 1 ? `all ${of}s` : `${Math.round(share * 10_000) / 100}% of the ${of}s`} have`;
}

function rowsThatMake(plan: Plan, source: TaskTemplate, made: string): readonly RowSourceExplanation[] {
  const form = plan.forms[source.form]!;
  return source.rows
    .filter(({ task }) => task === made)
    .map(({ table, to }) => ({
      task: { id: source.id, title: source.title },
      form: { id: form.id, title: form.title },
      table: nameOf(form.fields, table),
      to: to === 'self' ? 'self' : to.column,
    }));
}

/** What finishing a task sets in motion. */
import { factsReadBy } from '../model/condition.ts';
import type { Plan, TaskTemplate } from '../model/plan.ts';
import { type ConditionExplanation, explainCondition, factCells, setsFact, valueInWords } from './explain-condition.ts';
import { type Named, nameOf } from './explain-names.ts';

export interface EffectsExplanation {
  /** Facts that become what was answered. */
  readonly answers: readonly string[];
  readonly outcomes: readonly {
    readonly when: ConditionExplanation | null;
    readonly sets: readonly string[];
    /** The household or union leaves the campaign. */
    readonly withdraws: boolean;
    /** Tasks that come up once more. */
    readonly again: readonly Named[];
  }[];
  /** Roles that the person answered takes. */
  readonly assigns: readonly { readonly fact: string; readonly role: Named }[];
  /** Rows: each makes the task, or puts a household on file where `task` is null. */
  readonly rows: readonly { readonly table: Named; readonly task: Named | null; readonly to: string }[];
  /** Tasks whose gate counts this one. */
  readonly feeds: readonly Named[];
  /** Tasks that wait for this one. */
  readonly unblocks: readonly Named[];
  /** Tasks whose condition reads a fact that this one sets. */
  readonly decides: readonly Named[];
}

export function explainEffects(plan: Plan, task: TaskTemplate): EffectsExplanation {
  const form = plan.forms[task.form]!;
  const named = (tasks: readonly TaskTemplate[]): readonly Named[] => tasks.map(({ id, title }) => ({ id, title }));
  return {
    answers: factCells(form).map(({ fact }) => fact),
    outcomes: task.outcomes.map(({ when, set, withdraw = false, again = [] }) => ({
      when: explainCondition(plan, when),
      sets: Object.entries(set).map(([fact, value]) => `${fact} becomes ${valueInWords(plan, fact, value)}`),
      withdraws: withdraw,
      again: again.map((id) => nameOf(plan.tasks, id)),
    })),
    assigns: Object.entries(task.assigns).map(([fact, role]) => ({ fact, role: nameOf(plan.roles, role) })),
    rows: task.rows.map(({ table, task: made, to }) => ({
      table: nameOf(form.fields, table),
      task: made === undefined ? null : nameOf(plan.tasks, made),
      to: to === 'self' ? 'self' : to.column,
    })),
    feeds: task.feeds.map((gate) => nameOf(plan.tasks, gate)),
    unblocks: named(plan.tasks.filter(({ after }) => after.includes(task.id))),
    decides: named(
      plan.tasks.filter(({ when }) => when !== undefined && factsReadBy(when).some((fact) => setsFact(plan, task, fact))),
    ),
  };
}

/** Whether each union's part of a campaign can be played by itself, so that a city needs the memory of one union. */
import { cellsOf, tablesOf } from '../forms/fields.ts';
import type { Cell, FormSpec } from '../model/form.ts';
import type { Plan, TaskTemplate } from '../model/plan.ts';

/**
 * It can where nothing that the campaign learns from below has anything follow from it, and no union tells another. Then the campaign's side of the
 * talk is known before any union is played. Told wrongly apart, a campaign would come to other findings; told wrongly together, only to a slower answer.
 */
export function playsApart(plan: Pick<Plan, 'tasks' | 'forms'>): boolean {
  const ofCampaign = plan.tasks.filter(({ scope }) => scope === 'campaign');
  const learning = ofCampaign.filter(({ gate }) => gate !== undefined && gate.of !== 'campaign');
  return (
    plan.tasks.every(({ scope, rows }) => scope !== 'union' || rows.every(({ to }) => to === 'self')) &&
    ofCampaign.every((task) => !countsOthers(plan.forms[task.form])) &&
    learning.every(
      (task) => isLast(task, plan.forms[task.form]) && ofCampaign.every((other) => !mentions(other, task.id, plan.forms)),
    )
  );
}

/** A form that is held to the numbers of the moment, whoever makes them. */
const countsOthers = (form: FormSpec | undefined): boolean => allCells(form).some(({ equals }) => equals !== undefined);

/** Done or not, nothing is otherwise than before. */
function isLast({ rows, feeds, outcomes, assigns, atEnd }: TaskTemplate, form: FormSpec | undefined): boolean {
  return (
    rows.length + feeds.length + outcomes.length + Object.keys(assigns).length === 0 &&
    atEnd !== 'hold' &&
    allCells(form).every(({ fact }) => fact === undefined)
  );
}

function mentions(
  { after, due, joining, holder, reviews, outcomes, form }: TaskTemplate,
  task: string,
  forms: Plan['forms'],
): boolean {
  const named = [
    ...after,
    ...[due, ...(joining?.kind === 'due' ? [joining.due] : [])].map((rule) =>
      rule.kind === 'from' && 'task' in rule.anchor ? rule.anchor.task : undefined,
    ),
    ...('not' in holder ? [holder.not] : []),
    ...reviews.map(({ not }) => not),
    ...outcomes.flatMap(({ again = [] }) => again),
    ...allCells(forms[form]).map(({ from }) => (typeof from === 'object' ? from.task : undefined)),
  ];
  return named.includes(task);
}

/** Those of its tables too. */
const allCells = (form: FormSpec | undefined): readonly Cell[] =>
  form === undefined ? [] : [...cellsOf(form), ...tablesOf(form).flatMap(({ columns }) => columns)];

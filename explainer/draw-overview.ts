/** A plan in a dozen boxes, for readers: phases with their dates hold actions, and arrows say which action needs which. `draw.ts` draws every task. */
import { escape, nodeId } from './draw-text.ts';
import { dateOf } from '../model/day-table.ts';
import type { DateText, DayTable, Phase, Plan, TaskTemplate, Title } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';

export interface OverviewOptions {
  /** The day table of any of the plan's programs: a plan has instants, and readers want dates. */
  readonly days: DayTable;
  readonly language?: 'zh' | 'en';
}

/** The same plan gives the same text. Only what the plan says outright is an arrow; a condition on facts is none. */
export function drawOverview(plan: Plan, { days, language = 'zh' }: OverviewOptions): string {
  const label = LABELS[language];
  const titleOf = ({ title }: { readonly title: Title }): string => escape(title[language]);
  const lines = plan.phases.flatMap((phase, index) => {
    const actions = plan.actions.filter((action) => action.phase === phase.id);
    const next = plan.phases[index + 1];
    return [
      `  subgraph ${nodeId('phase', phase.id)}["${titleOf(phase)} ${datesOf(phase, days)}"]`,
      ...actions.map((action) => {
        const tasks = plan.tasks.filter((task) => task.action === action.id).length;
        return `    ${nodeId('action', action.id)}["${action.number}. ${titleOf(action)}<br/><small>${label.tasks(tasks)}</small>"]`;
      }),
      '  end',
      ...(next === undefined ? [] : [`  ${nodeId('phase', phase.id)} ~~~ ${nodeId('phase', next.id)}`]),
    ];
  });
  return `${['flowchart TD', ...lines, ...arrowsOf(plan, label)].join('\n')}\n`;
}

/** Each pair of actions once for each reason, in the order of the plan. */
function arrowsOf({ tasks }: Plan, label: Labels): readonly string[] {
  const actions = new Map(tasks.map(({ id, action }) => [id, nodeId('action', action)]));
  const arrows = tasks.flatMap((task) =>
    linksOf(task).flatMap(({ from, to, why }) => {
      const [first, second] = [actions.get(from), actions.get(to)];
      if (first === undefined || second === undefined || first === second) return [];
      return [why === 'waits' ? `  ${first} --> ${second}` : `  ${first} -. "${label[why]}" .-> ${second}`];
    }),
  );
  return [...new Set(arrows)];
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly why: 'waits' | 'rows' | 'gate';
}

function linksOf({ id, scope, after, rows, gate }: TaskTemplate): readonly Link[] {
  return [
    ...after.map((before): Link => ({ from: before, to: id, why: 'waits' })),
    ...rows.flatMap((rule): readonly Link[] => (rule.task === undefined ? [] : [{ from: id, to: rule.task, why: 'rows' }])),
    ...(gate === undefined ? [] : [{ from: gate.task, to: id, why: isAbove(gate.of, scope) ? 'waits' : 'gate' } as const]),
  ];
}

/** `2020-10-13 – 10-15`: the year once where one is enough. */
function datesOf({ startsAt, endsAt }: Phase, days: DayTable): string {
  const [first, last]: readonly DateText[] = [dateOf(days, startsAt), dateOf(days, endsAt)];
  return `${first} – ${first!.slice(0, 4) === last!.slice(0, 4) ? last!.slice(5) : last}`;
}

interface Labels {
  readonly rows: string;
  readonly gate: string;
  readonly tasks: (count: number) => string;
}

const LABELS: Readonly<Record<'zh' | 'en', Labels>> = {
  zh: { rows: '每行一项任务', gate: '达到比例后', tasks: (count) => `${count} 项任务` },
  en: { rows: 'a task for each row', gate: 'once enough have', tasks: (count) => `${count} task${count === 1 ? '' : 's'}` },
};

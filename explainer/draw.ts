/** A plan as a Mermaid flowchart: phases hold actions, actions hold tasks, and arrows say what waits for what and what makes what. */
import { escape, nodeId } from './draw-text.ts';
import type { Plan, Scope, TaskTemplate } from '../model/plan.ts';

/** Scopes by shape: the campaign's tasks are hexagons, a union's boxes, a household's rounded. */
const SHAPES: Readonly<Record<Scope, readonly [open: string, close: string]>> = {
  campaign: ['{{', '}}'],
  union: ['[', ']'],
  household: ['(', ')'],
};

/** The same plan gives the same text. Every task is named once as a node, by its title and id. */
export function drawPlan(plan: Plan, { language = 'zh' }: { language?: 'zh' | 'en' } = {}): string {
  const titleOf = ({ title }: { title: { zh: string; en: string } }): string => escape(title[language]);
  const lines = ['flowchart TD'];
  plan.phases.forEach((phase, index) => {
    lines.push(`  subgraph ${nodeId('phase', phase.id)}["${titleOf(phase)}"]`);
    for (const action of plan.actions.filter((candidate) => candidate.phase === phase.id)) {
      lines.push(`    subgraph ${nodeId('action', action.id)}["${action.number}. ${titleOf(action)}"]`);
      for (const task of plan.tasks.filter((candidate) => candidate.action === action.id)) {
        const [open, close] = SHAPES[task.scope];
        lines.push(`      ${nodeId('task', task.id)}${open}"${titleOf(task)}<br/><small>${task.id}</small>"${close}`);
      }
      lines.push('    end');
    }
    lines.push('  end');
    const next = plan.phases[index + 1];
    if (next !== undefined) lines.push(`  ${nodeId('phase', phase.id)} ~~~ ${nodeId('phase', next.id)}`);
  });
  return `${[...lines, ...plan.tasks.flatMap((task) => arrowsOf(task, language))].join('\n')}\n`;
}

function arrowsOf(task: TaskTemplate, language: 'zh' | 'en'): string[] {
  const here = nodeId('task', task.id);
  const label = LABELS[language];
  return [
    ...task.after.map((before) => `  ${nodeId('task', before)} --> ${here}`),
    ...task.rows.flatMap((rule) =>
      rule.task === undefined ? [] : [`  ${here} -. "${label.row}" .-> ${nodeId('task', rule.task)}`],
    ),
    ...task.rows.flatMap((rule) => (rule.admits ? [`  ${here} -. "${label.row}" .-> admitted(["${label.admitted}"])`] : [])),
    ...(task.gate === undefined ? [] : [`  ${nodeId('task', task.gate.task)} == "${label.gate(task.gate.share)}" ==> ${here}`]),
  ];
}

const LABELS = {
  zh: { row: '每行', admitted: '新建档户', gate: (share: number) => (share === 1 ? '全部' : `${percent(share)}%`) },
  en: { row: 'each row', admitted: 'household admitted', gate: (share: number) => (share === 1 ? 'all' : `${percent(share)}%`) },
} as const;

const percent = (share: number): number => Math.round(share * 10_000) / 100;

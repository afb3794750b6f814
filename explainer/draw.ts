/** A plan as a Mermaid flowchart: phases hold actions, actions hold tasks, and arrows say what waits for what and what makes what. */
import { escape, nodeId } from './draw-text.ts';
import { explainCondition } from './explain-condition.ts';
import type { Gate, Plan, Scope, TaskTemplate } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';

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
        const condition = explainCondition(plan, task.when);
        const branch = condition === null ? '' : `<br/><small>◇ ${escape(condition.words)}</small>`;
        lines.push(`      ${nodeId('task', task.id)}${open}"${titleOf(task)}<br/><small>${task.id}</small>${branch}"${close}`);
      }
      lines.push('    end');
    }
    lines.push('  end');
    const next = plan.phases[index + 1];
    if (next !== undefined) lines.push(`  ${nodeId('phase', phase.id)} ~~~ ${nodeId('phase', next.id)}`);
  });
  const arrows = plan.tasks.flatMap((task) => [...arrowsOf(task, language), ...holdsOf(plan, task, language)]);
  return `${[...lines, ...arrows].join('\n')}\n`;
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
    ...[...new Set(task.outcomes.flatMap(({ again = [] }) => again))]
      .filter((id) => id !== task.id)
      .map((id) => `  ${here} -. "${label.again}" .-> ${nodeId('task', id)}`),
    ...(task.gate === undefined
      ? []
      : [`  ${nodeId('task', task.gate.task)} == "${gateLabel(task, task.gate, label)}" ==> ${here}`]),
  ];
}

/** A task that holds its phase open keeps the next from beginning. */
function holdsOf({ phases }: Plan, { id, phase, atEnd }: TaskTemplate, language: 'zh' | 'en'): string[] {
  const next = phases[phases.findIndex((each) => each.id === phase) + 1];
  if (atEnd !== 'hold' || next === undefined) return [];
  return [`  ${nodeId('task', id)} -. "${LABELS[language].holds}" .-> ${nodeId('phase', next.id)}`];
}

function gateLabel({ scope }: TaskTemplate, { of, share }: Gate, label: (typeof LABELS)[keyof typeof LABELS]): string {
  if (isAbove(of, scope)) return label.above;
  return share === 1 ? label.all : `${Math.round(share * 10_000) / 100}%`;
}

const LABELS = {
  zh: { row: '每行', admitted: '新建档户', all: '全部', above: '上一级办结', holds: '办结前不开始', again: '重做' },
  en: {
    row: 'each row',
    admitted: 'household admitted',
    all: 'all',
    above: 'the one above',
    holds: 'holds it back',
    again: 'again',
  },
} as const;

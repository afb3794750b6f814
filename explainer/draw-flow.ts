/** A plan as it flows: a column for each phase, a box for each task under its action, and arrows for what waits for what and what makes what. */
import type { Gate, Plan, Scope, TaskTemplate, Title } from '../model/plan.ts';
import { wantedOf } from '../engine/occurrences.ts';
import { isAbove } from '../model/scope.ts';
import { explainCondition } from './explain-condition.ts';
import { drawBox, drawLegend, drawSvg, drawWords, escapeXml, type LegendEntry, round, SCOPE_COLOURS } from './svg.ts';

const MARGIN = 16;
/** `condition`: how much higher it is with one. */
const BOX = { width: 210, height: 46, condition: 16 };
/** So that the legend of a plan with one phase has lines to be read. */
const NARROWEST = 480;
const GAP = { column: 90, row: 14, action: 26 };
const TOP = 64;

interface Placed {
  readonly task: TaskTemplate;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly column: number;
}

/** The same plan gives the same bytes. */
export function drawFlow(plan: Plan, { language }: { readonly language: 'zh' | 'en' }): string {
  const titleOf = ({ title }: { readonly title: Title }): string => title[language];
  const heads: string[] = [];
  const placed = new Map<string, Placed>();
  let bottom = TOP;
  plan.phases.forEach((phase, column) => {
    const x = MARGIN + GAP.column / 2 + column * (BOX.width + GAP.column);
    heads.push(
      drawBox({ x: x - 8, y: 12, width: BOX.width + 16, height: 28, fill: column % 2 === 0 ? '#e4dcef' : '#efe9f6', radius: 4 }),
      drawWords({ x: x + BOX.width / 2, y: 31, text: titleOf(phase), width: BOX.width, anchor: 'middle', weight: 'bold' }),
    );
    let y = TOP;
    for (const action of plan.actions.filter((each) => each.phase === phase.id)) {
      heads.push(drawWords({ x, y: y + 4, text: `${action.number}. ${titleOf(action)}`, width: BOX.width, fill: '#5a4a78' }));
      y += 12;
      for (const task of plan.tasks.filter((each) => each.action === action.id)) {
        const height = BOX.height + (task.when === undefined ? 0 : BOX.condition);
        placed.set(task.id, { task, x, y, height, column });
        y += height + GAP.row;
      }
      y += GAP.action;
    }
    bottom = Math.max(bottom, y);
  });
  const width = Math.max(NARROWEST, 2 * MARGIN + plan.phases.length * (BOX.width + GAP.column));
  const legend = drawLegend(legendOf(language), { x: MARGIN, y: bottom + 8, width: width - 2 * MARGIN });
  return drawSvg({
    width,
    height: legend.bottom,
    title: titleOf(plan),
    description: DESCRIPTION[language],
    parts: [
      MARKERS,
      ...heads,
      ...plan.tasks.flatMap((task) => arrowsOf(task, { placed, language })),
      ...[...placed.values()].flatMap((place) => drawTask(plan, { place, language })),
      ...legend.parts,
    ],
  });
}

function drawTask(plan: Plan, { place, language }: { place: Placed; language: 'zh' | 'en' }): string[] {
  const { task, x, y, height } = place;
  const { fill, stroke } = SCOPE_COLOURS[task.scope];
  const words = WORDS[language];
  const roleOf = (id: string): string => plan.roles.find((role) => role.id === id)?.title[language] ?? id;
  const holder = 'role' in task.holder ? roleOf(task.holder.role) : words.namedByRow;
  const reviewers = task.reviews.map(({ by }) => roleOf(by));
  const condition = explainCondition(plan, task.when);
  const tip = [
    `${task.id}: ${task.title[language]}`,
    ...(condition === null ? [] : [`${words.when} ${condition.words}`]),
    ...(task.sample === undefined ? [] : [`${words.sample} ${Math.round(task.sample.share * 1000) / 10}%`]),
    ...(reviewers.length === 0 ? [] : [`${words.reviewed} ${reviewers.join(' → ')}`]),
    ...(task.atEnd === 'hold' ? [words.holds] : []),
  ].join('\n');
  const times = task.repeats === undefined ? '' : `×${wantedOf({}, task)} `;
  const marks = `${times}${task.atEnd === 'hold' ? '‖ ' : ''}${task.sample === undefined ? '' : '◔ '}${task.reviews.length === 0 ? '' : `${'✓'.repeat(task.reviews.length)} `}`;
  return [
    drawBox({ x, y, width: BOX.width, height, fill, stroke, radius: 6, dashed: task.origin === 'row', tip }),
    drawWords({ x: x + 8, y: y + 19, text: task.title[language], width: BOX.width - 16, weight: 'bold' }),
    drawWords({ x: x + 8, y: y + 37, text: `${marks}${holder}`, width: BOX.width - 16, size: 11, fill: '#555555' }),
    ...(condition === null
      ? []
      : [drawWords({ x: x + 8, y: y + 54, text: `◇ ${condition.words}`, width: BOX.width - 16, size: 10, fill: '#7a4a12' })]),
    ...(task.gate === undefined ? [] : [drawShare(task.gate, place)]),
  ];
}

/** Beside the box, where the arrow of the gate ends. */
function drawShare({ of, share }: Gate, { task: { scope }, x, y, height }: Placed): string {
  const text = isAbove(of, scope) ? '↓' : percentOf(share);
  return drawWords({ x: x - 10, y: y + height / 2 + 20, text, anchor: 'end', size: 10, fill: '#b3402e' });
}

const percentOf = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

interface Around {
  readonly placed: ReadonlyMap<string, Placed>;
  readonly language: 'zh' | 'en';
}

function arrowsOf(task: TaskTemplate, { placed, language }: Around): string[] {
  const to = placed.get(task.id)!;
  const words = WORDS[language];
  const { gate } = task;
  return [
    ...task.after.map((id) => arrow(placed.get(id)!, to, { kind: 'waits' })),
    ...task.rows.flatMap((rule) =>
      rule.task === undefined ? [] : [arrow(to, placed.get(rule.task)!, { kind: 'rows', tip: `${words.rows} ${rule.table}` })],
    ),
    ...(gate === undefined ? [] : [arrow(placed.get(gate.task)!, to, { kind: 'gate', tip: gateTip(gate, task.scope, words) })]),
    ...againOf(task).map((id) => arrow(to, placed.get(id)!, { kind: 'again', tip: words.again })),
  ];
}

/** Once for each, whatever outcomes ask for it. */
const againOf = ({ id, outcomes }: TaskTemplate): readonly string[] =>
  [...new Set(outcomes.flatMap(({ again = [] }) => again))].filter((other) => other !== id);

function gateTip({ of, share }: Gate, scope: Scope, words: (typeof WORDS)[keyof typeof WORDS]): string {
  return isAbove(of, scope) ? words.above : `${words.gate} ${percentOf(share)}`;
}

const LINES = {
  waits: 'stroke="#555555"',
  rows: 'stroke="#888888" stroke-dasharray="5 4"',
  gate: 'stroke="#b3402e" stroke-width="2"',
  again: 'stroke="#2e6db3" stroke-dasharray="2 3"',
} as const;

/** Forward from side to side; within a column, and back, around the left. */
function arrow(from: Placed, to: Placed, { kind, tip }: { kind: keyof typeof LINES; tip?: string }): string {
  const forward = to.column > from.column;
  const [x1, y1] = [forward ? from.x + BOX.width : from.x, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2 + (kind === 'waits' ? 0 : 6)];
  const bend = forward ? Math.max(30, (x2 - x1) / 2) : -Math.min(38, 14 + Math.abs(y2 - y1) / 12);
  const path = forward
    ? `M${x1} ${round(y1)} C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${x2} ${round(y2)}`
    : `M${x1} ${round(y1)} C${round(Math.min(x1, x2) + bend)} ${round(y1)} ${round(Math.min(x1, x2) + bend)} ${round(y2)} ${x2} ${round(y2)}`;
  const line = `<path d="${path}" fill="none" ${LINES[kind]} marker-end="url(#${kind})"`;
  return tip === undefined ? `${line}/>` : `${line}><title>${escapeXml(tip)}</title></path>`;
}

const MARKERS = `<defs>${(['waits', 'rows', 'gate', 'again'] as const)
  .map((kind) => {
    const colour = /#\w+/.exec(LINES[kind])![0];
    return `<marker id="${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="${colour}"/></marker>`;
  })
  .join('')}</defs>`;

function legendOf(language: 'zh' | 'en'): readonly LegendEntry[] {
  const { legend, scopes } = WORDS[language];
  return [
    ...(['campaign', 'union', 'household'] as const).map((scope) => ({ text: scopes[scope], box: SCOPE_COLOURS[scope] })),
    ...legend.map((text) => ({ text, fill: '#555555' })),
  ];
}

const WORDS = {
  zh: {
    namedByRow: '由行指定',
    when: '条件：',
    sample: '抽样：',
    reviewed: '审核：',
    holds: '办结前后续阶段不开始',
    rows: '每行一项任务：',
    gate: '达到',
    again: '可要求重做',
    above: '上一级办结后',
    scopes: { campaign: '全行动', union: '每个工会', household: '每户' },
    legend: [
      '×N 重复',
      '◇ 条件',
      '◔ 抽样',
      '✓ 审核步骤',
      '‖ 办结前后续阶段不开始',
      '虚框：由表中的行产生',
      '实线：先后',
      '虚线：每行一项',
      '红线：达到比例后（↓ 上一级办结后）',
      '蓝点线：可要求重做',
    ],
  },
  en: {
    namedByRow: 'named by the row',
    when: 'when:',
    sample: 'a sample of',
    reviewed: 'reviewed by',
    holds: 'later phases wait for it',
    rows: 'a task for each row of',
    gate: 'once so many are settled:',
    again: 'may be asked for again',
    above: 'once the one above has settled it',
    scopes: { campaign: 'campaign', union: 'each union', household: 'each household' },
    legend: [
      '×N comes up N times',
      '◇ its condition',
      '◔ a sample',
      '✓ a review step',
      '‖ later phases wait for it',
      'dashed box: made by rows',
      'line: waits for',
      'dashes: a task for each row',
      'red: once so many are settled (↓ the one above)',
      'blue dots: may be asked for again',
    ],
  },
} as const;
const DESCRIPTION = {
  zh: '各阶段一列，任务按动作排列；箭头表示先后、每行产生的任务和达到比例后开启的任务。',
  en: 'A column for each phase with its tasks by action; arrows show what waits for what, what rows make, and what opens once enough are settled.',
} as const;

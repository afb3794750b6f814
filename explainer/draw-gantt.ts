/** A plan against its days: a bar for each task, from the day it can open to the day it is due, with phases above and days off shaded. */
import { dateOf, dayOf, findWorkingDay } from '../model/day-table.ts';
import { clampedOffset } from '../model/offset.ts';
import type { DayTable, Instant, Plan, TaskTemplate, Title } from '../model/plan.ts';
import { anchorWords, offsetWords } from './explain-offset.ts';
import { occurrenceOf } from '../engine/occurrences.ts';
import { keyOf } from '../model/task-key.ts';
import { earliestOpening } from './explain-opening.ts';
import { drawBox, drawLegend, drawSvg, drawWords, type LegendEntry, round, SCOPE_COLOURS, widthOf } from './svg.ts';

export interface PictureOptions {
  /** Of any of the plan's programs. */
  readonly days: DayTable;
  readonly language: 'zh' | 'en';
}

const ROW = 20;
const HEAD = 58;
const MARGIN = 12;
const LABELS_WIDEST = 320;
/** The last date is left out where it would be cut. */
const DATE_WIDE = 36;
/** All days together, as near as whole pixels for a day allow. */
const DAYS_WIDE = 960;

/** The same plan gives the same bytes. */
export function drawGantt(plan: Plan, { days, language }: PictureOptions): string {
  const titleOf = ({ title }: { readonly title: Title }): string => title[language];
  const dueDay = (task: TaskTemplate): number | null => (task.due.kind === 'at' ? dayAt(days, task.due.at) : null);
  const first = dayAt(days, plan.startsAt);
  const last = Math.max(dayAt(days, plan.endsAt), ...plan.tasks.map((task) => dueDay(task) ?? 0));
  const count = last - first + 1;
  const wide = Math.max(4, Math.floor(DAYS_WIDE / count));
  const left = MARGIN + Math.min(LABELS_WIDEST, Math.max(...plan.tasks.map((task) => widthOf(titleOf(task)) + 8)));
  const x = (day: number): number => left + (day - first) * wide;
  const width = x(last + 1) + MARGIN;
  const bottom = HEAD + plan.tasks.length * ROW;
  const legend = drawLegend(legendOf(language), { x: left, y: bottom + 22, width: width - left - MARGIN });

  const shaded = Array.from({ length: count }, (_, index) => first + index)
    .filter((day) => days.working[day] !== '1')
    .map((day) => drawBox({ x: x(day), y: 28, width: wide, height: bottom - 28, fill: '#f1f1f1' }));
  const phases = plan.phases.flatMap((phase, index) => {
    const [from, to] = [x(dayAt(days, phase.startsAt)), x(dayAt(days, phase.endsAt) + 1)];
    const dates = `${dateOf(days, phase.startsAt).slice(5)}..${dateOf(days, phase.endsAt).slice(5)}`;
    return [
      drawBox({
        ...{ x: from, y: 8, width: to - from, height: 18, fill: index % 2 === 0 ? '#e4dcef' : '#efe9f6', radius: 3 },
        tip: `${titleOf(phase)} ${dates}`,
      }),
      drawWords({ x: (from + to) / 2, y: 21, text: titleOf(phase), width: to - from - 4, anchor: 'middle' }),
      `<line x1="${round(from)}" y1="28" x2="${round(from)}" y2="${bottom}" stroke="#b9a8d3"/>`,
    ];
  });
  const rows = plan.tasks.flatMap((task, index) => {
    const y = HEAD + index * ROW;
    const { fill, stroke } = SCOPE_COLOURS[task.scope];
    const bars = timesOf(task).map(({ key, task: each }) => {
      const from = dayAt(days, Math.max(earliestOpening(plan, each), plan.startsAt));
      // As if it opened at once; what opens later is due later, and a row may name any day.
      const due = Math.min(dueDay(each) ?? countedDay(plan, each, { days, from }) ?? last, last);
      return drawBox({
        ...{ x: x(from) + 1, y: y + 4, width: (due - from + 1) * wide - 2, height: ROW - 8, fill, stroke, radius: 3 },
        dashed: each.due.kind !== 'at',
        tip: `${key}: ${titleOf(each)}, ${barInWords(plan, each, { from: dateAt(days, from), to: dateAt(days, due), language })}${each.atEnd === 'hold' ? HOLDS[language] : ''}`,
      });
    });
    return [
      ...(index % 2 === 0 ? [] : [`<line x1="${MARGIN}" y1="${y}" x2="${round(width - MARGIN)}" y2="${y}" stroke="#eeeeee"/>`]),
      drawWords({ x: left - 8, y: y + 14, text: titleOf(task), width: left - MARGIN - 8, anchor: 'end' }),
      ...bars,
    ];
  });
  return drawSvg({
    width,
    height: legend.bottom,
    title: titleOf(plan),
    description: DESCRIPTION[language],
    parts: [...shaded, ...phases, ...datesAlong({ days, first, last, x, wide }), ...rows, ...legend.parts],
  });
}

/** What is on a schedule has a bar each time; what comes up in turn, one for the first, because nobody knows when the next will. */
function timesOf(task: TaskTemplate): readonly { readonly key: string; readonly task: TaskTemplate }[] {
  const times = task.repeats?.kind === 'scheduled' ? task.repeats.opens.length : 1;
  return Array.from({ length: times }, (_, index) => ({
    key: keyOf({ template: task.id, occurrence: index + 1 }),
    task: occurrenceOf(task, index + 1),
  }));
}

/** Each Monday's date, and the first day's, as far as they do not touch. */
function datesAlong({
  days,
  first,
  last,
  x,
  wide,
}: {
  days: DayTable;
  first: number;
  last: number;
  x: (day: number) => number;
  wide: number;
}): string[] {
  const apart = Math.ceil(40 / wide);
  const marks: string[] = [];
  for (let day = first; day <= last && x(day) + DATE_WIDE <= x(last + 1) + MARGIN; day += Math.max(7, apart)) {
    marks.push(drawWords({ x: x(day) + 2, y: 44, text: dateAt(days, day).slice(5), size: 10, fill: '#777777' }));
    marks.push(`<line x1="${round(x(day))}" y1="30" x2="${round(x(day))}" y2="48" stroke="#cccccc"/>`);
  }
  return marks;
}

function legendOf(language: 'zh' | 'en'): readonly LegendEntry[] {
  const words = LEGEND[language];
  return (['campaign', 'union', 'household', 'open'] as const).map((key) => ({
    text: words[key],
    box: key === 'open' ? { fill: '#ffffff', stroke: '#555555', dashed: true } : SCOPE_COLOURS[key],
  }));
}

/** As if it opened on the day `from`: of what follows from something unknown until then, the end of its phase. */
function countedDay(
  { hours }: Plan,
  { due }: TaskTemplate,
  { days, from }: { days: DayTable; from: number },
): number | undefined {
  if (due.kind === 'afterOpening') return findWorkingDay(days, from, due.workingDays);
  if (due.kind !== 'from') return undefined;
  if (due.anchor.on !== 'opened') return dayAt(days, due.otherwise);
  const frame = { days, ...(hours === undefined ? {} : { hours }) };
  return dayAt(days, clampedOffset(frame, { from: days.starts[from]!, offset: due.offset, timeless: 'end-of-day' }));
}

function barInWords(
  plan: Plan,
  task: TaskTemplate,
  { from, to, language }: { from: string; to: string; language: 'zh' | 'en' },
): string {
  const { due } = task;
  switch (due.kind) {
    case 'at':
      return `${from} – ${to}`;
    case 'row':
      return language === 'zh' ? `最早 ${from}，期限由行给出` : `from ${from}, due as its row says`;
    case 'afterOpening':
      return language === 'zh'
        ? `最早 ${from}，开启后 ${due.workingDays} 个工作日`
        : `from ${from}, due ${due.workingDays} working days after it opens`;
    case 'from':
      if (due.anchor.on === 'opened' || due.anchor.on === 'enrolment')
        return language === 'zh'
          ? `最早 ${from}，开启后推算至 ${to}`
          : `from ${from}, due ${offsetWords(due.offset, anchorWords(plan, task)!)}: ${to}`;
      return language === 'zh'
        ? `最早 ${from}，期限随其他事项推算，此前为 ${to}`
        : `from ${from}, due ${offsetWords(due.offset, anchorWords(plan, task)!)}; until then ${to}`;
  }
}

const HOLDS = { zh: '，办结前后续阶段不开始', en: '; later phases wait for it' } as const;
const LEGEND = {
  zh: { campaign: '全行动', union: '每个工会', household: '每户', open: '虚线：期限从开启之日、其他事项或由行给出' },
  en: {
    campaign: 'campaign',
    union: 'each union',
    household: 'each household',
    open: 'dashed: due counted from its opening or another event, or by its row',
  },
} as const;
const DESCRIPTION = {
  zh: '各项任务从最早开启之日到期限的横道图；灰色为非工作日。',
  en: 'A bar for each task, from the day it can open to the day it is due; days off are grey.',
} as const;

const dayAt = (days: DayTable, at: Instant): number =>
  dayOf(days, Math.min(Math.max(at, days.starts[0]!), days.starts.at(-1)! - 1));
const dateAt = (days: DayTable, day: number): string => dateOf(days, days.starts[day]!);

/** A simulated campaign against its days: what everybody does, owes and hears, and below it the people with the heaviest days. */
import { dateOf, dayOf, findDay } from '../model/day-table.ts';
import type { DateText, DayTable, Instant, Plan, Title } from '../model/plan.ts';
import type { Findings, PersonLoad } from '../simulator/findings.ts';
import type { PictureOptions } from './draw-gantt.ts';
import { drawBox, drawLegend, drawSvg, drawWords, round, type LegendEntry } from './svg.ts';

export interface LoadOptions extends PictureOptions {
  /** How many people to show. */
  readonly top: number;
}

const MARGIN = 12;
const HEAD = 52;
const CHART = 150;
const HEARD = 60;
const ROW = 36;
const GAP = 22;
const LABELS = 200;
/** All days together, as near as whole pixels for a day allow. */
const DAYS_WIDE = 900;
const COLOURS = { acts: '#2f6fab', due: '#c26a11', messages: '#7aa77f' } as const;

/** The last date is left out where it would be cut. */
const DATE_WIDE = 36;

/** A picture of so many rows is no picture any more. */
const MOST_PEOPLE = 60;

interface Frame {
  readonly days: DayTable;
  readonly first: number;
  readonly last: number;
  /** Of one day. */
  readonly wide: number;
  readonly x: (day: number) => number;
}

/** One day's figures, by name. */
type Figures = Readonly<Record<'acts' | 'due' | 'messages', number>>;

/** The same findings give the same bytes. */
export function drawLoad(findings: Findings, plan: Plan, { days, language, top }: LoadOptions): string {
  const frame = frameOf(findings, plan, days);
  const words = WORDS[language];
  const people = findings.people.slice(0, Math.min(top, MOST_PEOPLE));
  const [chart, heard] = [HEAD, HEAD + CHART + GAP];
  const rows = heard + HEARD + GAP + 12;
  const bottom = rows + people.length * ROW;
  const width = frame.x(frame.last + 1) + MARGIN;
  const legend = drawLegend(legendOf(words), { x: MARGIN, y: bottom + 32, width: width - 2 * MARGIN });
  const { title } = plan;
  return drawSvg({
    width,
    height: legend.bottom,
    title: `${title[language]} · ${words.load}`,
    description: words.description,
    parts: [
      ...drawDaysOff(frame, bottom),
      ...drawPhases(plan, { frame, bottom, language }),
      ...drawDates(frame, bottom),
      ...drawBars(findings.days, { frame, top: chart, height: CHART, of: ['due', 'acts'], words }),
      ...drawBars(findings.days, { frame, top: heard, height: HEARD, of: ['messages'], words }),
      ...drawPeople(people, { frame, top: rows, words }),
      ...legend.parts,
    ],
  });
}

function frameOf({ days: counted, endedAt }: Findings, { startsAt, endsAt }: Plan, days: DayTable): Frame {
  const seen = [counted[0], counted.at(-1)].flatMap((day) => (day === undefined ? [] : (findDay(days, day.date) ?? [])));
  const first = Math.min(dayAt(days, startsAt), ...seen);
  const last = Math.max(dayAt(days, endsAt), dayAt(days, endedAt), ...seen);
  const wide = Math.max(3, Math.floor(DAYS_WIDE / (last - first + 1)));
  return { days, first, last, wide, x: (day) => MARGIN + LABELS + (day - first) * wide };
}

function drawDaysOff({ days, first, last, wide, x }: Frame, bottom: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .filter((day) => days.working[day] !== '1')
    .map((day) => drawBox({ x: x(day), y: 28, width: wide, height: bottom - 28, fill: '#f1f1f1' }));
}

/** Bands behind everything, with their titles above. */
function drawPhases(
  { phases }: Plan,
  { frame: { days, x }, bottom, language }: { frame: Frame; bottom: number; language: 'zh' | 'en' },
): string[] {
  const titleOf = ({ title }: { readonly title: Title }): string => title[language];
  return phases.flatMap((phase, index) => {
    const [from, to] = [x(dayAt(days, phase.startsAt)), x(dayAt(days, phase.endsAt) + 1)];
    const dates = `${dateOf(days, phase.startsAt).slice(5)}..${dateOf(days, phase.endsAt).slice(5)}`;
    return [
      drawBox({
        ...{ x: from, y: 8, width: to - from, height: 18, fill: index % 2 === 0 ? '#e4dcef' : '#efe9f6', radius: 3 },
        tip: `${titleOf(phase)} ${dates}`,
      }),
      drawWords({ x: (from + to) / 2, y: 21, text: titleOf(phase), width: to - from - 4, anchor: 'middle' }),
      `<rect x="${round(from)}" y="28" width="${round(to - from)}" height="${round(bottom - 28)}" fill="#8a6bb8" fill-opacity="${index % 2 === 0 ? '0.06' : '0.03'}"/>`,
      `<line x1="${round(from)}" y1="28" x2="${round(from)}" y2="${round(bottom)}" stroke="#b9a8d3"/>`,
    ];
  });
}

function drawDates({ days, first, last, wide, x }: Frame, bottom: number): string[] {
  const apart = Math.max(7, Math.ceil(40 / wide));
  const marks: string[] = [];
  for (let day = first; day <= last && x(day) + DATE_WIDE <= x(last + 1) + MARGIN; day += apart) {
    const date = dateOf(days, days.starts[day]!);
    marks.push(drawWords({ x: x(day) + 2, y: bottom + 10, text: date.slice(5), size: 10, fill: '#777777' }));
  }
  return marks;
}

interface Bars {
  readonly frame: Frame;
  readonly top: number;
  readonly height: number;
  /** Drawn one over another, the first at the back. */
  readonly of: readonly (keyof Figures)[];
  readonly words: Words;
}

function drawBars(counted: Findings['days'], { frame, top, height, of, words }: Bars): string[] {
  const most = Math.max(1, ...counted.flatMap((day) => of.map((name) => day[name])));
  const floor = top + height;
  const scale = (value: number): number => (value / most) * (height - 14);
  const left = MARGIN + LABELS - 8;
  const [right] = [frame.x(frame.last + 1)];
  return [
    `<line x1="${round(left + 8)}" y1="${floor}" x2="${round(right)}" y2="${floor}" stroke="#999999"/>`,
    `<line x1="${round(left + 8)}" y1="${round(floor - scale(most))}" x2="${round(right)}" y2="${round(floor - scale(most))}" stroke="#dddddd"/>`,
    drawWords({ x: left, y: floor - scale(most) + 4, text: String(most), anchor: 'end', fill: '#777777' }),
    drawWords({ x: left, y: floor, text: '0', anchor: 'end', fill: '#777777' }),
    ...of.map((name, index) =>
      drawWords({ x: MARGIN, y: top + 16 + index * 16, text: words[name], fill: COLOURS[name], width: LABELS - 50 }),
    ),
    ...counted.flatMap((day) => {
      const at = findDay(frame.days, day.date);
      if (at === undefined) return [];
      const tip = tipOf(day.date, day, { of, words });
      return of.flatMap((name) => drawBar(name, { value: day[name], frame, at, floor, scale, tip }));
    }),
  ];
}

interface Bar {
  readonly value: number;
  readonly frame: Frame;
  readonly at: number;
  readonly floor: number;
  readonly scale: (value: number) => number;
  readonly tip: string;
}

/** What is owed is a frame, what is done fills it. */
function drawBar(name: keyof Figures, { value, frame: { wide, x }, at, floor, scale, tip }: Bar): string[] {
  if (value === 0) return [];
  const inset = name === 'acts' ? Math.min(2, wide / 4) : 0.5;
  const height = Math.max(1, scale(value));
  return [
    drawBox({
      ...{ x: x(at) + inset, y: floor - height, width: Math.max(1, wide - 2 * inset), height },
      ...(name === 'due' ? { fill: '#fdf0e3', stroke: COLOURS.due } : { fill: COLOURS[name] }),
      tip,
    }),
  ];
}

function tipOf(date: DateText, day: Partial<Figures>, { of, words }: Pick<Bars, 'of' | 'words'>): string {
  return `${date}: ${of.map((name) => `${words[name]} ${day[name] ?? 0}`).join(', ')}`;
}

/** What is done above the line, what falls due below it; each on a scale of all that are shown, so that who bears more is seen to. */
function drawPeople(people: readonly PersonLoad[], { frame, top, words }: { frame: Frame; top: number; words: Words }): string[] {
  const most = (of: 'acts' | 'due'): number => Math.max(1, ...people.flatMap(({ load }) => load.map((day) => day[of])));
  const highest = { acts: most('acts'), due: most('due') };
  const right = round(frame.x(frame.last + 1));
  return [
    drawWords({
      ...{ x: MARGIN, y: top - 6, fill: '#777777', size: 11 },
      text: words.people(highest.acts, highest.due),
    }),
    ...people.flatMap(({ person, load, acts, due }, index) => {
      const line = top + index * ROW + Math.round(ROW / 2) + 2;
      return [
        `<line x1="${frame.x(frame.first)}" y1="${line}" x2="${right}" y2="${line}" stroke="#bbbbbb" stroke-width="0.5"/>`,
        drawWords({ x: MARGIN, y: line + 4, text: person, width: LABELS - 74 }),
        drawWords({ x: MARGIN + LABELS - 8, y: line + 4, text: `${acts} / ${due}`, anchor: 'end', fill: '#777777', size: 11 }),
        ...load.flatMap((day) => drawPersonDay(day, { person, line, highest, frame, words })),
      ];
    }),
  ];
}

interface PersonRow {
  readonly person: string;
  readonly line: number;
  readonly highest: Readonly<Record<'acts' | 'due', number>>;
  readonly frame: Frame;
  readonly words: Words;
}

function drawPersonDay(day: PersonLoad['load'][number], { person, line, highest, frame, words }: PersonRow): string[] {
  const at = findDay(frame.days, day.date);
  if (at === undefined) return [];
  const tip = `${person} ${tipOf(day.date, day, { of: ['due', 'acts'], words })}`;
  const heightOf = (name: 'acts' | 'due'): number => (day[name] / highest[name]) * (ROW / 2 - 3);
  const box = (name: 'acts' | 'due', { y, height }: { y: number; height: number }): string[] =>
    day[name] === 0
      ? []
      : [
          drawBox({
            x: frame.x(at) + 1,
            y,
            width: Math.max(1, frame.wide - 2),
            height: Math.max(1, height),
            fill: COLOURS[name],
            tip,
          }),
        ];
  return [
    ...box('acts', { y: line - Math.max(1, heightOf('acts')), height: heightOf('acts') }),
    ...box('due', { y: line + 0.5, height: heightOf('due') }),
  ];
}

const legendOf = (words: Words): readonly LegendEntry[] =>
  (['acts', 'due', 'messages'] as const).map((name) => ({
    text: words[name],
    box: name === 'due' ? { fill: '#fdf0e3', stroke: COLOURS.due } : { fill: COLOURS[name] },
  }));

const dayAt = (days: DayTable, at: Instant): number =>
  dayOf(days, Math.min(Math.max(at, days.starts[0]!), days.starts.at(-1)! - 1));

type Words = (typeof WORDS)['en' | 'zh'];
const WORDS = {
  zh: {
    load: '逐日工作量（推演）',
    description: '每日办理、到期与消息的数量，以及最忙的人员；底色为阶段，灰色为非工作日。',
    acts: '当日办理（填表、审核）',
    due: '当日到期',
    messages: '当日消息',
    people: (acts: number, due: number) => `最忙的人员（办理 / 到期）：线上为办理，一日至多 ${acts}；线下为到期，一日至多 ${due}`,
  },
  en: {
    load: 'load day by day, simulated',
    description:
      'What is done, due and said each day, and the people with the heaviest days; bands are phases, days off are grey.',
    acts: 'done (forms, reviews)',
    due: 'deadlines',
    messages: 'messages',
    people: (acts: number, due: number) =>
      `people with the heaviest days (done / due): above the line what is done, at most ${acts} a day; below it what is due, at most ${due}`,
  },
} as const;

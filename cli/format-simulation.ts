/** What a simulation found, for people to read: what becomes of the work, and on whom it falls when. */
import type { Plan } from '../model/plan.ts';
import type { Simulation } from './simulation-shape.ts';
import { counted } from './counted.ts';
import { formatIndicators } from './format-indicators.ts';
import { formatInstant } from './instants.ts';
import { type Column, formatTable } from './table.ts';

type Line = Simulation['lines'][number];
type Person = Simulation['people'][number];

export function formatSimulation(simulation: Simulation, { plan, top }: { plan: Plan; top: number }): string {
  const { instances, acts, endedAt, people } = simulation;
  const shown = people.slice(0, top);
  return [
    `${counted(instances, 'instance')}, ${counted(acts, 'act')}; nothing is left to happen after ${formatInstant(endedAt, plan.zone)}.`,
    '',
    ...tellLines(simulation.lines, plan),
    '',
    `Load of the ${shown.length} people with the heaviest days, of ${people.length}`,
    formatTable(shown, PERSON),
    ...tellWarnings(simulation, plan),
    ...tellBusiestDays(simulation),
    ...tellTargets(simulation, plan),
    ...tellIndicators(simulation, plan),
    ...tellRefusals(simulation),
    ...tellShut(simulation, plan),
  ].join('\n');
}

/** So many unions can still be read. */
const MOST_UNIONS = 20;

function tellLines(lines: readonly Line[], plan: Plan): readonly string[] {
  const unions = new Set(lines.flatMap(({ union }) => union ?? []));
  if (unions.size <= MOST_UNIONS) return ['Work by phase and union', formatLines(lines, plan)];
  const phases = plan.phases.map(({ id }) => {
    const own = lines.filter(({ phase }) => phase === id);
    return sumOf(own, { phase: id, union: `all ${new Set(own.map(({ union }) => union)).size}` });
  });
  return [
    `Work by phase, of ${unions.size} unions and the federation together (each of them: --json)`,
    formatLines(
      phases.filter(({ tasks }) => tasks > 0),
      plan,
    ),
  ];
}

const escalated = (line: Line): number => Object.values(line.escalations).reduce((sum, times) => sum + times, 0);

function sumOf(lines: readonly Line[], { phase, union }: { phase: string; union: string }): Line {
  const sum = (of: (line: Line) => number): number => lines.reduce((total, line) => total + of(line), 0);
  return {
    phase,
    union,
    tasks: sum(({ tasks }) => tasks),
    onTime: sum(({ onTime }) => onTime),
    late: sum(({ late }) => late),
    missed: sum(({ missed }) => missed),
    unfinished: sum(({ unfinished }) => unfinished),
    returned: sum(({ returned }) => returned),
    reminders: sum(({ reminders }) => reminders),
    escalations: { all: sum(escalated) },
  };
}

function formatLines(lines: readonly Line[], { phases }: Plan): string {
  const titles = new Map(phases.map(({ id, title }) => [id, title.zh]));
  const number = (title: string, value: (line: Line) => number): Column<Line> => ({ title, value, align: 'right' });
  const closing = sumOf(lines, { phase: '', union: 'all' });
  const columns: readonly Column<Line>[] = [
    { title: 'phase', value: ({ phase }) => titles.get(phase) ?? '' },
    { title: 'union', value: ({ union }) => union ?? 'federation' },
    number('tasks', ({ tasks }) => tasks),
    number('on time', ({ onTime }) => onTime),
    number('late', ({ late }) => late),
    number('missed', ({ missed }) => missed),
    number('never done', ({ unfinished }) => unfinished),
    number('returned', ({ returned }) => returned),
    number('reminders', ({ reminders }) => reminders),
    number('escalations', escalated),
  ];
  return formatTable(lines, columns, { closing });
}

const PERSON: readonly Column<Person>[] = [
  { title: 'person', value: ({ person }) => person, widest: 24 },
  { title: 'role', value: ({ role }) => role },
  { title: 'union', value: ({ union }) => union, widest: 20 },
  { title: 'acts', value: ({ acts }) => acts, align: 'right' },
  { title: 'messages', value: ({ messages }) => messages, align: 'right' },
  { title: 'busiest day', value: ({ peak }) => tellPeak(peak), widest: 60 },
  { title: 'most deadlines', value: ({ duePeak }) => (duePeak === null ? '' : `${duePeak.date.slice(5)}: ${duePeak.count}`) },
];

/** `10-28: 41 (38 verification-record, 3 sweep)`. */
function tellPeak(peak: Person['peak']): string {
  if (peak === null) return '';
  const most = peak.tasks.slice(0, 2).map(({ task, count }) => `${count} ${task}`);
  return `${peak.date.slice(5)}: ${peak.count} (${most.join(', ')}${peak.tasks.length > most.length ? ', …' : ''})`;
}

const MOST_WARNINGS = 3;

/** Of those with most deadlines in a day, what they are: `officer 3: 41 deadlines on 10-28: 38 困难职工家庭核查, 3 困难清单`. */
function tellWarnings({ people }: Simulation, plan: Plan): readonly string[] {
  const titles = new Map(plan.tasks.map(({ id, title }) => [id, title.zh]));
  const heaviest = people
    .flatMap(({ person, duePeak }) => (duePeak === null ? [] : [{ person, ...duePeak }]))
    .sort((a, b) => b.count - a.count || (a.person < b.person ? -1 : 1))
    .slice(0, MOST_WARNINGS);
  if (heaviest.length === 0) return [];
  return [
    '',
    'Most deadlines of one person in one day',
    ...heaviest.map(({ person, date, count, tasks }) => {
      const most = tasks.slice(0, 4).map((each) => `${each.count} ${titles.get(each.task) ?? each.task}`);
      return `${person}: ${counted(count, 'deadline')} on ${date.slice(5)}: ${most.join(', ')}${tasks.length > most.length ? ', …' : ''}`;
    }),
  ];
}

function tellBusiestDays({ days }: Simulation): readonly string[] {
  if (days.length === 0) return [];
  const most = (of: (day: (typeof days)[number]) => number, what: string): string => {
    const day = days.reduce((best, each) => (of(each) > of(best) ? each : best));
    return `${what} ${day.date}: ${of(day)}`;
  };
  return [
    '',
    `Busiest days: ${[most(({ acts }) => acts, 'acts on'), most(({ due }) => due, 'deadlines on'), most(({ messages }) => messages, 'messages on')].join('; ')}.`,
  ];
}

/** As a report of the run would have them. */
function tellIndicators({ indicators }: Simulation, plan: Plan): readonly string[] {
  const told = indicators.map((value, index) => {
    const { title, rule } = plan.indicators[index]!;
    return { ...value, title, kind: rule.kind };
  });
  return formatIndicators(told).flatMap((table) => ['', table]);
}

function tellTargets({ targets }: Simulation, plan: Plan): readonly string[] {
  return targets.flatMap(({ target, of, counts }) => {
    const spec = plan.targets.find(({ id }) => id === target)!;
    const words = spec.counts.map(({ id, title }) => `${title.zh} ${counts[id]}`);
    return [`${spec.title.zh}: of ${of}, ${words.join(', ')}.`];
  });
}

/** Of work that nobody is ever asked for nothing else in the answer speaks. */
const tellShut = ({ shut }: Simulation, { tasks }: Plan): readonly string[] =>
  shut.map(({ task, instances }) => {
    const { gate, title } = tasks.find(({ id }) => id === task)!;
    return `Never came up in ${counted(instances, 'instance')}: '${task}' (${title.zh}), whose gate waits for '${gate!.task}' and was shut to the end`;
  });

function tellRefusals({ refusals, unfillable }: Simulation): readonly string[] {
  const codes = Object.entries(refusals).sort(([, a], [, b]) => b - a);
  return [
    ...(codes.length === 0 ? [] : [`Refused: ${codes.map(([code, times]) => `${times} ${code}`).join(', ')}.`]),
    ...unfillable.map(({ form, times, reason }) => `Nobody could fill in '${form}' (${counted(times, 'time')}): ${reason}`),
  ];
}

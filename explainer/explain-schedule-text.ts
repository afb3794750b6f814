/** The deadline and the rungs of an explanation as lines to read, with every day that was counted or skipped. */
import type { CountedDay } from './explain-days.ts';
import type { RungExplanation } from './explain-ladder.ts';
import { wordsOf } from './explain-names.ts';
import type { FormatInstant } from './explain-text.ts';
import type { TaskExplanation } from './explain-task.ts';

export function deadlineLines(explained: TaskExplanation, format: FormatInstant): readonly string[] {
  const { due, openedAt, opening } = explained;
  const earliest = openedAt === opening.earliestAt ? ', the earliest it can' : '';
  return [
    `If it opens ${format(openedAt)}${earliest}, it is due ${format(due.deadline)}, ${due.weekday}${due.working ? '' : ', not a working day'}.`,
    ...ruleLines(explained),
    ...due.counted.map((day) => `  ${countedWords(day)}`),
    'A return does not move the deadline.',
  ];
}

function ruleLines({ due, phase, rowDue }: TaskExplanation): readonly string[] {
  const { rule, fixed, workingDays } = due;
  const days = `${workingDays} working day${workingDays === 1 ? '' : 's'}`;
  const notice = `Opened on that day or later, through no choice of its holder, it would get ${days} of notice instead.`;
  switch (rule) {
    case 'phase-end':
      return [`The rule: the end of the last day of phase ${phase.id}.`, notice];
    case 'date':
      return [`The rule: the end of ${fixed}, which the definition names.`, notice];
    case 'notice':
      return [
        `The rule: the end of ${fixed}. It opened on that day or later, through no choice of its holder, so it gets ${days} of notice.`,
        'Counted from the day after it opened:',
      ];
    case 'working-days':
      return [`The rule: ${days} after the day it opened, at the end of that day. Counted from the day after it opened:`];
    case 'row':
      return [`The rule: the end of the day that its row names. Taken here: ${rowDue}; ask for another with --row-due.`];
  }
}

const countedWords = ({ date, weekday, count }: CountedDay): string =>
  `${date} ${weekday}${count === null ? ', not a working day: skipped' : `: ${count}`}`;

export function rungLines({ rungs, ladder }: TaskExplanation, format: FormatInstant): readonly string[] {
  return [`Ladder ${ladder}, by the deadline above:`, ...rungs.flatMap((rung) => oneRung(rung, format))];
}

function oneRung(rung: RungExplanation, format: FormatInstant): readonly string[] {
  const { at, day, fate, counted, to, daily } = rung;
  const when = at === null ? 'no day' : `${format(at)} ${day!.weekday}`;
  if (fate !== 'speaks') return [`- ${when} ${rung.rung}: silent. ${SILENT[fate]}`, ...countLines(rung, counted)];
  const told =
    to === null ? 'reminds whoever must act: the holder, or the reviewer while it is in review' : `tells ${escalated(to)}`;
  return [`- ${when} ${rung.rung}: ${told}${daily ? '; in one list a day' : ''}`, ...countLines(rung, counted)];
}

const SILENT = {
  dropped: 'It falls before the opening, and nobody is chased for time that was not given.',
  closed: 'The task has been closed by then.',
  beyond: 'That day lies beyond the days the plan knows.',
} as const;

function escalated({ chain, usually }: NonNullable<RungExplanation['to']>): string {
  const [first, ...others] = chain;
  const own = usually.id === first!.id ? '' : ` (who holds the task: so ${usually.id})`;
  return `${wordsOf(first!)}${own}${others.length === 0 ? '' : `; if vacant ${others.map(({ id }) => id).join(', then ')}`}`;
}

/** On one line, because a ladder has several: only the month and day, with what was skipped. */
function countLines({ workingDays }: RungExplanation, counted: readonly CountedDay[]): readonly string[] {
  if (workingDays === null) return ['    the instant after the deadline'];
  if (workingDays === 0) return ["    on the deadline's own day, working or not"];
  const days = counted.map(({ date, weekday, count }) => `${date.slice(5)} ${weekday.slice(0, 3)} ${count ?? 'skipped'}`);
  const side = workingDays < 0 ? 'before' : 'after';
  return [`    working day ${Math.abs(workingDays)} ${side} the deadline${days.length === 0 ? '' : `: ${days.join(', ')}`}`];
}

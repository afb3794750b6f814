/** The deadline and the rungs of an explanation as lines to read, with every day that was counted or skipped. */
import { isOfDays } from '../model/offset.ts';
import type { Instant } from '../model/plan.ts';
import type { CountedDay } from './explain-days.ts';
import type { RungExplanation } from './explain-ladder.ts';
import type { ReviewTimeExplanation } from './explain-review-time.ts';
import { whoHere } from './explain-here-text.ts';
import { wordsOf } from './explain-names.ts';
import { amountWords, everyWords, offsetWords } from './explain-offset.ts';
import type { FormatInstant } from './explain-text.ts';
import type { TaskExplanation } from './explain-task.ts';

export function deadlineLines(explained: TaskExplanation, format: FormatInstant): readonly string[] {
  const { due, openedAt, opening } = explained;
  const earliest = openedAt === opening.earliestAt ? ', the earliest it can' : '';
  return [
    `If it opens ${format(openedAt)}${earliest}, it is due ${format(due.deadline)}, ${due.weekday}${due.working ? '' : ', not a working day'}.`,
    ...ruleLines(explained, format),
    ...due.counted.map((day) => `  ${countedWords(day)}`),
    ...movingLines(explained),
    ...joiningLines(explained),
    ...returnLines(explained),
  ];
}

function returnLines({ reviews, returns, due }: TaskExplanation): readonly string[] {
  if (reviews.length === 0) return [];
  if (returns.within !== null) return [`A return moves it to ${offsetWords(returns.within, 'the return')}, if that is later.`];
  return due.anchor?.words === 'it is returned' ? [] : ['A return does not move the deadline.'];
}

function ruleLines({ due, phase, rowDue }: TaskExplanation, format: FormatInstant): readonly string[] {
  const { rule, fixed, fixedAt, workingDays, anchor } = due;
  const days = `${workingDays} working day${workingDays === 1 ? '' : 's'}`;
  const notice = `Opened on that day or later, through no choice of its holder, it would get ${days} of notice instead.`;
  switch (rule) {
    case 'phase-end':
      return [`The rule: the end of the last day of phase ${phase.id}.`, notice];
    case 'next-occurrence':
      return [`The rule: the end of ${fixed}, the day before the next of it comes up.`, notice];
    case 'date':
      return [`The rule: ${fixedWords(fixedAt!, fixed!, format)}, which the definition names.`, notice];
    case 'notice':
      return [
        `The rule: ${anchor === null || anchor.at === null ? fixedOrEnd(due, format) : fromWords(anchor)}. It opened too late for that, through no choice of its holder, so it gets ${days} of notice.`,
        'Counted from the day after it opened:',
      ];
    case 'working-days':
      return [`The rule: ${days} after the day it opened, at the end of that day. Counted from the day after it opened:`];
    case 'row':
      return [`The rule: the end of the day that its row names. Taken here: ${rowDue}; ask for another with --row-due.`];
    case 'from':
      return [
        `The rule: ${fromWords(anchor!)}, ${anchor!.moves ? 'taken to be' : 'which is'} ${format(anchor!.at!)}.`,
        ...(due.counted.length === 0 ? [] : ['Counted from the day after that:']),
      ];
  }
}

/** Fixed deadlines are mostly the end of a day; a time of day is said only where one is meant. */
function fixedWords(at: Instant, date: string, format: FormatInstant): string {
  const time = format(at).slice(11);
  return time === '23:59' ? `the end of ${date}` : `${date} at ${time}`;
}

const fixedOrEnd = ({ fixed, fixedAt }: TaskExplanation['due'], format: FormatInstant): string =>
  fixedAt === null ? 'the end of its phase' : fixedWords(fixedAt, fixed!, format);

function fromWords({ words, offset }: NonNullable<TaskExplanation['due']['anchor']>): string {
  const end = isOfDays(offset) && offset.atMinute === undefined ? ', at the end of that day' : '';
  return `${offsetWords(offset, words)}${end}`;
}

function joiningLines({ joining, opening }: TaskExplanation): readonly string[] {
  if (joining === null) return [];
  const { words, daysLate } = joining;
  const told = daysLate === 0 ? '' : ` Here it was enrolled ${daysLate} day${daysLate === 1 ? '' : 's'} late.`;
  const asked = daysLate === 0 ? ' To see that, give --enrolled.' : '';
  return opening.madeBy.length > 0 ? [] : [`For whoever is enrolled after it had begun, ${words}.${told}${asked}`];
}

/** What may still move it, and that people hear of it. */
function movingLines({ due: { anchor }, phase }: TaskExplanation): readonly string[] {
  if (anchor === null || !anchor.moves) return [];
  return anchor.at === null
    ? [
        `Once ${anchor.once}, it is due ${fromWords(anchor)}; until then at the end of phase ${phase.id}. To see that, give --anchored.`,
        'Its holder is told of the move.',
      ]
    : ['Should that change, the deadline moves with it, and its holder is told.'];
}

const countedWords = ({ date, weekday, count, skipped }: CountedDay): string =>
  `${date} ${weekday}${skipped === null ? `: ${count}` : `, ${skipped === 'weekend' ? 'weekend' : 'a day off'}: skipped`}`;

export function rungLines({ rungs, ladder }: TaskExplanation, format: FormatInstant): readonly string[] {
  const again = (rung: string): readonly RungExplanation[] => rungs.filter((each) => each.rung === rung && each.occurrence > 1);
  return [
    `Ladder ${ladder}, by the deadline above:`,
    ...rungs
      .filter(({ occurrence }) => occurrence === 1)
      .flatMap((rung) => [...oneRung(rung, format), ...againLines(again(rung.rung), format)]),
  ];
}

/** The deadline of a review and what its ladder says, for one instant at which it comes to the reviewer. */
export function reviewTimeLines(
  { within, ladder, since, deadline, weekday, counted, rungs }: ReviewTimeExplanation,
  { own, format }: { own: string; format: FormatInstant },
): readonly string[] {
  const first = rungs.filter(({ occurrence }) => occurrence === 1);
  return [
    `It is due ${offsetWords(within, 'it comes to the reviewer')}; while it waits, ladder ${ladder} speaks of the review, and ladder ${own} is silent.`,
    `If it came to them ${format(since)}, it would be due ${format(deadline)}, ${weekday}:`,
    ...counted.map((day) => `  ${countedWords(day)}`),
    ...first.flatMap((rung) => [
      ...oneRung(rung, format, 'reminds the reviewer'),
      ...againLines(
        rungs.filter((each) => each.rung === rung.rung && each.occurrence > 1),
        format,
      ),
    ]),
  ];
}

const ACTOR = 'reminds whoever must act: the holder, or the reviewer while it is in review';

function oneRung(rung: RungExplanation, format: FormatInstant, actor = ACTOR): readonly string[] {
  const { at, sendAt, day, fate, to, daily } = rung;
  const when = at === null ? 'no day' : `${format(at)} ${day!.weekday}`;
  if (fate !== 'speaks') return [`- ${when} ${rung.rung}: silent. ${SILENT[fate]}`, ...countLines(rung)];
  const told = to === null ? actor : `tells ${escalated(to)}`;
  const later = sendAt === null ? '' : `; sent ${format(sendAt)}, after the quiet hours`;
  return [`- ${when} ${rung.rung}: ${told}${daily ? '; in one list a day' : ''}${later}`, ...countLines(rung)];
}

const SILENT = {
  dropped: 'It falls before the opening, and nobody is chased for time that was not given.',
  closed: 'The task has been closed by then.',
  beyond: 'That day lies beyond the days the plan knows.',
} as const;

function escalated({ chain, usually, here }: NonNullable<RungExplanation['to']>): string {
  const [first, ...others] = chain;
  const own = usually.id === first!.id ? '' : ` (who holds the task: so ${usually.id})`;
  const vacant = others.length === 0 ? '' : `; if vacant ${others.map(({ id }) => id).join(', then ')}`;
  return `${wordsOf(first!)}${own}${vacant}${here === undefined ? '' : `: here ${whoHere(here)}`}`;
}

/** On one line, because a ladder has several: only the month and day, with what was skipped. */
function countLines({ offset, counted }: RungExplanation): readonly string[] {
  if (offset === null) return ['    the instant after the deadline'];
  if (isOfDays(offset) && offset.count === 0) return ["    on the deadline's own day, working or not"];
  const side = offset.count < 0 ? 'before' : 'after';
  if (offset.unit !== 'workingDays') return [`    ${amountWords(offset)} ${side} the deadline`];
  const days = counted.map(({ date, weekday, count }) => `${date.slice(5)} ${weekday.slice(0, 3)} ${count ?? 'skipped'}`);
  return [`    working day ${Math.abs(offset.count)} ${side} the deadline${days.length === 0 ? '' : `: ${days.join(', ')}`}`];
}

/** So many dates of a repetition are written out. */
const DATES_SHOWN = 6;

function againLines(again: readonly RungExplanation[], format: FormatInstant): readonly string[] {
  const spoken = again.filter(({ fate }) => fate === 'speaks');
  const [first] = again;
  if (first === undefined) return [];
  const every = `${everyWords(first.offset!)} while it is not finished`;
  if (spoken.length === 0) return [`    again ${every}: never, the days known to the plan or the task have ended`];
  const dates = spoken.slice(0, DATES_SHOWN).map(({ at }) => format(at!));
  const more = spoken.length > DATES_SHOWN ? `, and ${spoken.length - DATES_SHOWN} more` : '';
  return [`    again ${every}, ${spoken.length} time${spoken.length === 1 ? '' : 's'} at most: ${dates.join(', ')}${more}`];
}

/**
 * Programs, instants and people for tests of the core. Everything happens in one reference calendar: Beijing time from September 2020 to March 2021
 * with the holidays and make-up days of those months.
 */
import { dateOfEpochDay, epochDay } from '../../model/day-table.ts';
import type { Offset } from '../../model/offset.ts';
import type {
  Condition,
  DateText,
  DayTable,
  DueRule,
  FactValue,
  Gate,
  Instant,
  Ladder,
  Program,
  ProgramTask,
  ReviewStep,
} from '../../model/plan.ts';

/** 'YYYY-MM-DD HH:MM', with ':SS.mmm' where a millisecond matters. */
export function beijing(text: string): Instant {
  const [date, time] = text.split(' ');
  const at = Date.parse(`${date}T${time}${time?.length === 5 ? ':00.000' : ''}+08:00`);
  if (Number.isNaN(at)) throw new Error(`'${text}' is no instant such as '2020-10-15 09:00'`);
  return at;
}

const EIGHT_HOURS = 8 * 3_600_000;

/** The reverse of `beijing`: seconds and milliseconds only where there are some. */
export function inBeijing(at: Instant): string {
  const [date, time] = new Date(at + EIGHT_HOURS).toISOString().slice(0, -1).split('T') as [string, string];
  return `${date} ${time.endsWith(':00.000') ? time.slice(0, 5) : time}`;
}

export const startOf = (date: DateText): Instant => beijing(`${date} 00:00`);
export const endOf = (date: DateText): Instant => beijing(`${date} 23:59:59.999`);

const OFF = [
  ...['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => `2020-10-${day}`), // 国庆节、中秋节
  ...['01', '02', '03'].map((day) => `2021-01-${day}`), // 元旦
  ...['11', '12', '13', '14', '15', '16', '17'].map((day) => `2021-02-${day}`), // 春节
];
const MADE_UP = ['2020-09-27', '2020-10-10', '2021-02-07', '2021-02-20'];

/** Of any stretch of days that the lists above cover. */
export function dayTable(from: DateText, to: DateText): DayTable {
  const first = epochDay(from)!;
  const count = epochDay(to)! - first + 1;
  const dates = Array.from({ length: count }, (_, index) => dateOfEpochDay(first + index));
  return {
    from,
    starts: [...dates, dateOfEpochDay(first + count)].map(startOf),
    working: dates.map((date) => (isWorking(date) ? '1' : '0')).join(''),
  };
}

function isWorking(date: DateText): boolean {
  if (MADE_UP.includes(date)) return true;
  // 1970-01-01 was a Thursday.
  const weekday = (epochDay(date)! + 4) % 7;
  return !OFF.includes(date) && weekday !== 0 && weekday !== 6;
}

export const DAYS = dayTable('2020-09-01', '2021-03-31');
/** The first instant that the reference calendar does not know. */
export const TABLE_ENDS = startOf('2021-04-01');

const PHASES = [
  { id: 'first', startsAt: startOf('2020-10-13'), endsAt: endOf('2020-10-25') },
  { id: 'second', startsAt: startOf('2020-10-26'), endsAt: endOf('2020-11-30') },
  { id: 'third', startsAt: startOf('2020-12-01'), endsAt: endOf('2020-12-31') },
] as const;

/** Each falls back on the next. */
const ROLE_IDS = ['cadre', 'union-officer', 'union-head', 'office'] as const;

/** Who fills the posts, unless a test says otherwise. */
export const PEOPLE: Readonly<Record<(typeof ROLE_IDS)[number], string>> = {
  cadre: 'cadre-1',
  'union-officer': 'officer-1',
  'union-head': 'head-1',
  office: 'office-1',
};

/** Nine in the morning, so many working days from the deadline's date. */
export const nineOn = (workingDays: number): Offset => ({ unit: 'workingDays', count: workingDays, atMinute: 9 * 60 });

/** The ladder of most campaigns: three reminders, then two steps up. */
export const STANDARD: Ladder = {
  id: 'standard',
  rungs: [
    { id: 'before-3', kind: 'reminder', offset: nineOn(-3), to: 'assignee' },
    { id: 'before-1', kind: 'reminder', offset: nineOn(-1), to: 'assignee' },
    { id: 'on-day', kind: 'reminder', offset: nineOn(0), to: 'assignee' },
    { id: 'overdue', kind: 'reminder', offset: null, to: 'assignee' },
    { id: 'after-2', kind: 'escalation', offset: nineOn(2), to: 'union-head' },
    { id: 'after-5', kind: 'escalation', offset: nineOn(5), to: 'office', digest: 'daily' },
  ],
};
const SILENT: Ladder = { id: 'silent', rungs: [] };

/** Held by the cadre, open from 13 October, due at the end of 25 October, with nobody reminding anybody. */
export function task(over: Partial<ProgramTask> & { readonly id: string }): ProgramTask {
  return {
    phase: 'first',
    action: 'action',
    origin: 'plan',
    opensAt: startOf('2020-10-13'),
    after: [],
    holder: { role: 'cadre' },
    due: dueOn('2020-10-25'),
    atEnd: 'late',
    endsAt: endOf('2020-10-25'),
    form: 'form',
    reviews: [],
    ladder: 'silent',
    outcomes: [],
    assigns: {},
    rows: [],
    feeds: [],
    ...over,
  };
}

/** A task that only a row makes: due and held as the row says. */
export function rowTask(over: Partial<ProgramTask> & { readonly id: string }): ProgramTask {
  return task({ origin: 'row', due: { kind: 'row' }, holder: { row: 'holder' }, endsAt: endOf('2020-12-31'), ...over });
}

export function program(over: Partial<Program> = {}): Program {
  return {
    scope: 'household',
    campaign: 'ten-ones',
    zone: 'Asia/Shanghai',
    days: DAYS,
    phases: PHASES,
    startsAt: startOf('2020-10-13'),
    endsAt: endOf('2020-12-31'),
    roles: [
      { id: 'cadre', scope: 'household', fallback: 'union-officer' },
      { id: 'union-officer', scope: 'union', fallback: 'union-head' },
      { id: 'union-head', scope: 'union', fallback: 'office' },
      { id: 'office', scope: 'campaign' },
    ],
    ladders: { standard: STANDARD, silent: SILENT },
    tasks: [],
    ...over,
  };
}

export const dueOn = (date: DateText, noticeWorkingDays = 3): DueRule => ({ kind: 'at', at: endOf(date), noticeWorkingDays });
export const dueWithin = (workingDays: number): DueRule => ({ kind: 'afterOpening', workingDays });

export const is = (fact: string, ...values: readonly FactValue[]): Condition => ({ op: 'is', fact, in: values });

export function gate(over: Partial<Gate> = {}): Gate {
  return { id: 'gate', of: 'union', task: 'counted', share: 1, latched: true, ...over };
}

export const confirmBy = (by: string, when?: Condition): ReviewStep => ({
  id: `confirm-${by}`,
  by,
  kind: 'confirm',
  ...(when === undefined ? {} : { when }),
});
export const acceptBy = (by: string, when?: Condition): ReviewStep => ({
  id: `accept-${by}`,
  by,
  kind: 'accept',
  ...(when === undefined ? {} : { when }),
});

import type { Compiled } from '../../compiler/emit.ts';
import { isRowDueInRange } from '../../engine/schedule.ts';
import { occurrenceOf, wantedOf } from '../../engine/occurrences.ts';
import { MAX_AGAIN } from '../../engine/withdrawal.ts';
import { exampleRowDue } from '../../explainer/explain-deadline.ts';
import { earliestOpening } from '../../explainer/explain-opening.ts';
import { explainTask } from '../../explainer/explain-task.ts';
import { previewMessages } from '../../explainer/preview-messages.ts';
import { formatExplanation } from '../../explainer/explain-text.ts';
import { dateOf, findDay, minuteOfDay } from '../../model/day-table.ts';
import { ASSIGNED } from '../../model/assigned.ts';
import { findNearest } from '../../model/nearest.ts';
import type { Instant, Plan, Program, TaskTemplate } from '../../model/plan.ts';
import { readKey } from '../../model/task-key.ts';
import { defineCommand, readDate, SET_OPTION } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { Explanation } from '../explain-shapes.ts';
import { CliError, EXIT, misuse } from '../failure.ts';
import { findHere } from '../explained-instance.ts';
import { formatInstant } from '../instants.ts';

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'Explains a task: why it opens, why this deadline, who is told when and why, and what follows.',
  about:
    'By the rules a run follows, with every day that is counted or skipped; nothing has to be running. The deadline and the messages are those of one opening: the earliest there can be, or the one given.',
  arguments: {
    path: { kind: 'required', about: "A definition's folder, or its definition.yaml." },
    task: {
      kind: 'required',
      about: 'The id of a task, as the definition has it; check.2 is the second of a task that repeats.',
    },
  },
  options: {
    opened: { value: 'time', about: "As if it opened then: YYYY-MM-DD, or 'YYYY-MM-DD HH:MM'." },
    anchored: {
      value: 'time',
      about: "Of a deadline that is counted from something later: as if that were then, YYYY-MM-DD or 'YYYY-MM-DD HH:MM'.",
    },
    enrolled: {
      value: 'date',
      about: 'As if the household or union had been enrolled on that day (YYYY-MM-DD).',
      read: readDate,
    },
    rowDue: { value: 'date', about: 'Of a task that a row makes: the day its row names (YYYY-MM-DD).', read: readDate },
    starts: { value: 'date', about: 'Moves the whole campaign so that its first day is this one (YYYY-MM-DD).', read: readDate },
    roster: {
      value: 'file',
      about: 'A register, an XLSX file or a folder of CSV files: explains the task for one household, union or campaign of it.',
    },
    household: {
      value: 'id',
      about: 'With --roster: for this household, or for its union or the campaign where the task is theirs.',
    },
    union: { value: 'id', about: 'With --roster: for this union, or for the campaign where the task is its own.' },
    skipBadRows: { about: 'Go on without the rows of the register that have issues.' },
    set: SET_OPTION,
  },
  answer: Explanation,
  examples: [
    'explain definitions/linwei-2020 visit',
    "explain definitions/linwei-2020 visit --opened '2020-10-26 14:30'",
    'explain definitions/linwei-2020 measure --row-due 2020-11-20 --json',
    'explain definitions/linwei-2020 visit --roster definitions/linwei-2020/sample-roster --household h-001',
  ],
  async run({ arguments: { path, task: id }, options }, { host, answer }) {
    const { opened, anchored, enrolled, rowDue, starts, set } = options;
    const compiled = compileOrRefuse(host, { path, starts, set });
    const { plan } = compiled;
    const { occurrence } = readKey(id);
    const template = getTask(plan, { id, path });
    const task = occurrenceOf(template, occurrence);
    const program = compiled.programs[task.scope];
    const enrolledAt = readEnrolment({ plan, program }, enrolled);
    const earliestAt = readOpening({ plan, program }, task, opened);
    const openedAt = opened === undefined ? Math.max(earliestAt, enrolledAt ?? 0) : earliestAt;
    const due = readRowDue({ plan, program, task, openedAt }, rowDue);
    const anchoredAt = readAnchor({ plan, program }, task, anchored);
    const here = await findHere(host, { plan, program, task, enrolledAt, wishes: options });
    const explained = explainTask({ plan, program, here }, template, {
      ...{ openedAt, rowDue: due, anchoredAt, occurrence, enrolledAt },
    });
    const format = (at: Instant): string => formatInstant(at, plan.zone);
    const messages = previewMessages({ plan, task, deadline: explained.due.deadline, format });
    answer({ ...explained, messages }, () => formatExplanation({ ...explained, messages }, format));
    return EXIT.done;
  },
});

function getTask({ tasks }: Plan, { id, path }: { id: string; path: string }): TaskTemplate {
  const key = readKey(id);
  const task = tasks.find((known) => known.id === key.template);
  const wanted = task === undefined ? 0 : wantedOf({}, task) + (mayComeAgain(tasks, task) ? MAX_AGAIN : 0);
  if (task !== undefined && !id.includes(':') && key.occurrence <= wanted) return task;
  const ids = tasks.map((known) => known.id);
  const nearest = findNearest(id, ids);
  throw new CliError({
    exit: EXIT.refused,
    code: 'UNKNOWN_TASK',
    message: `'${path}' has no task '${id}'`,
    remedy:
      key.template === ASSIGNED
        ? 'such items are given while a run goes on; the definition says under `assigned` what becomes of them'
        : nearest === undefined
          ? `its tasks are ${ids.join(', ')}`
          : `did you mean '${nearest}'?`,
  });
}

/** Some outcome asks for it again. */
const mayComeAgain = (tasks: Plan['tasks'], { id }: TaskTemplate): boolean =>
  tasks.some(({ outcomes }) => outcomes.some(({ again = [] }) => again.includes(id)));

function readOpening({ plan, program }: { plan: Plan; program: Program }, task: TaskTemplate, text?: string): Instant {
  const earliestAt = earliestOpening(plan, task);
  if (text === undefined) return earliestAt;
  const at = findInstant(program, text);
  if (at !== undefined && at >= earliestAt) return at;
  const { days } = program;
  const last = dateOf(days, days.starts.at(-1)! - 1);
  throw new CliError({
    exit: EXIT.refused,
    code: 'OPENING_OUT_OF_RANGE',
    message: `task '${task.id}' cannot have opened on '${text}'`,
    remedy: `give --opened a day or a time from ${formatInstant(earliestAt, plan.zone)} to ${last}, as YYYY-MM-DD or 'YYYY-MM-DD HH:MM'`,
  });
}

function readEnrolment({ plan, program }: { plan: Plan; program: Program }, date: string | undefined): Instant | undefined {
  if (date === undefined) return undefined;
  const { days } = program;
  const at = findInstant(program, date);
  if (at !== undefined) return at;
  throw new CliError({
    exit: EXIT.refused,
    code: 'OPENING_OUT_OF_RANGE',
    message: `'${date}' is no day that the plan knows`,
    remedy: `give --enrolled a day from ${days.from} to ${dateOf(days, days.starts.at(-1)! - 1)}, in zone ${plan.zone}`,
  });
}

function readAnchor({ plan, program }: { plan: Plan; program: Program }, task: TaskTemplate, text?: string): Instant | null {
  if (text === undefined) return null;
  if (task.due.kind !== 'from' || task.due.anchor.on === 'opened')
    throw misuse(`the deadline of task '${task.id}' is not counted from anything that comes later`, 'leave out --anchored');
  const at = findInstant(program, text);
  if (at !== undefined) return at;
  const { days } = program;
  throw new CliError({
    exit: EXIT.refused,
    code: 'OPENING_OUT_OF_RANGE',
    message: `'${text}' is no time that the plan knows`,
    remedy: `give --anchored a day or a time from ${days.from} to ${dateOf(days, days.starts.at(-1)! - 1)}, in zone ${plan.zone}`,
  });
}

/** A day is its first instant. Undefined for what is no time, or none of a day the plan knows, or one that the clock jumps over. */
function findInstant({ days, zone }: Program, text: string): Instant | undefined {
  const [, date = '', hours = '00', minutes = '00'] = /^(\S+)(?:[ T](\d\d):(\d\d))?$/.exec(text.trim()) ?? [];
  const day = findDay(days, date);
  if (day === undefined) return undefined;
  if (!text.trim().includes(':')) return days.starts[day];
  const at = minuteOfDay(days, day, Number(hours) * 60 + Number(minutes));
  return formatInstant(at, zone) === `${date} ${hours}:${minutes}` ? at : undefined;
}

interface RowAsked {
  readonly plan: Compiled['plan'];
  readonly program: Program;
  readonly task: TaskTemplate;
  readonly openedAt: Instant;
}

function readRowDue({ plan, program, task, openedAt }: RowAsked, rowDue: string | undefined): string | undefined {
  if (task.due.kind !== 'row') {
    if (rowDue === undefined) return undefined;
    throw misuse(`no row names the deadline of task '${task.id}'`, 'leave out --row-due');
  }
  if (rowDue === undefined) return exampleRowDue({ plan, program }, task, openedAt);
  if (isRowDueInRange(program, { date: rowDue, now: openedAt })) return rowDue;
  throw new CliError({
    exit: EXIT.refused,
    code: 'ROW_DUE_OUT_OF_RANGE',
    message: `a row handed in ${formatInstant(openedAt, plan.zone)} may not name ${rowDue}`,
    remedy:
      "name a day from then to the campaign's last, or up to a fortnight ahead after that; for a later opening add --opened",
  });
}

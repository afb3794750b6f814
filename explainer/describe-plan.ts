/**
 * Everything of a plan that people can tell, thing by thing and aspect by aspect, in words that two plans can be compared by (longer than most files because
 * whoever compares wants to see in one place what is compared).
 */
import type { AssignedRules } from '../model/assigned.ts';
import { dateOf, dayOf, endOfDay, startOfDay, wallTimeOf } from '../model/day-table.ts';
import type { Hours, Span } from '../model/hours.ts';
import type { Offset } from '../model/offset.ts';
import type { Cell, FormRule, FormSpec, Table } from '../model/form.ts';
import type { DateText, DayTable, Indicator, Instant, Ladder, Plan, Rung, TaskTemplate } from '../model/plan.ts';
import { explainCondition } from './explain-condition.ts';
import { isAbove } from '../model/scope.ts';
import { titleOf } from './explain-names.ts';
import { joiningWords } from './explain-joining.ts';
import { amountWords, anchorWords, durationWords, everyWords, clockWords, offsetWords } from './explain-offset.ts';
import { repeatsInWords } from './explain-repeats.ts';
import { gateWords } from './explain-opening.ts';

/** Anchors that every task has from its beginning. */
const KNOWN_AT_ONCE: ReadonlySet<string> = new Set(['opened', 'enrolment']);

export const THINGS = [
  'campaign',
  'phase',
  'action',
  'task',
  'role',
  'ladder',
  'rung',
  'form',
  'field',
  'fact',
  'target',
  'indicator',
  'bulletin',
  'message',
] as const;
export type ThingKind = (typeof THINGS)[number];

export interface Aspect {
  readonly words: string;
  /** Where the words are a day. */
  readonly date?: DateText;
}

export interface Thing {
  readonly kind: ThingKind;
  /** Its own among those of its kind; of rungs `ladder/rung`, of fields `form/field` and `form/table.column`. */
  readonly id: string;
  readonly title: string;
  /** In the order they are told. Without those that do not apply. */
  readonly aspects: Readonly<Record<string, Aspect>>;
}

export interface Described {
  readonly plan: Plan;
  /** Of any of the plan's programs. */
  readonly days: DayTable;
}

/** In the order of the plan. */
export function describePlan({ plan, days }: Described): readonly Thing[] {
  // Most instants of a plan are the first or the last of a day.
  const day = (at: Instant): Aspect => {
    const date = dateOf(days, at);
    const isEdge = at === startOfDay(days, dayOf(days, at)) || at === endOfDay(days, dayOf(days, at));
    return { words: isEdge ? date : `${date} ${clockWords(Math.floor(wallTimeOf(days, at) / 60_000))}`, date };
  };
  return [
    thing('campaign', plan.campaign, titleOf(plan.title), {
      id: plan.campaign,
      title: titleOf(plan.title),
      'messages in': plan.language === 'en' ? 'English' : undefined,
      zone: plan.zone,
      calendar: plan.calendar.id,
      ...describeHours(plan.hours ?? {}),
      ...describePauses(plan),
      ...describeAdjustments(plan.adjustments ?? {}),
      ...describeAssigned(plan.assigned ?? {}),
    }),
    ...plan.phases.flatMap((phase) => [
      thing('phase', phase.id, titleOf(phase.title), {
        title: titleOf(phase.title),
        begins: day(phase.startsAt),
        ends: day(phase.endsAt),
        'begun before its run': phase.past === undefined ? undefined : PAST[phase.past],
      }),
      ...plan.actions
        .filter((action) => action.phase === phase.id)
        .flatMap((action) => [
          thing('action', action.id, titleOf(action.title), {
            title: titleOf(action.title),
            number: String(action.number),
            phase: action.phase,
          }),
          ...plan.tasks.filter((task) => task.action === action.id).map((task) => describeTask(plan, task, day)),
        ]),
    ]),
    ...plan.roles.map(({ id, title, scope, fallback }) =>
      thing('role', id, titleOf(title), { title: titleOf(title), scope, 'when vacant': fallback }),
    ),
    ...Object.values(plan.ladders).flatMap((ladder) => [
      thing('ladder', ladder.id, ladder.id, {}),
      ...ladder.rungs.map((rung) => describeRung(plan, ladder, rung)),
    ]),
    ...Object.values(plan.forms).flatMap((form) => describeForm(plan, form)),
    ...plan.facts.map(({ id, scope, type, choices, from, initial }) =>
      thing('fact', id, id, {
        scope,
        type: choices === undefined ? type : `one of ${choices.join(', ')}`,
        'given by': from,
        'at first': initial === undefined ? undefined : String(initial),
      }),
    ),
    ...plan.targets.map((target) =>
      thing('target', target.id, titleOf(target.title), {
        title: titleOf(target.title),
        of: explainCondition(plan, target.of)!.words,
        counts: target.counts.map(({ title, when }) => `${titleOf(title)}: ${explainCondition(plan, when)!.words}`).join('; '),
        by: target.by.join(', ') || undefined,
      }),
    ),
    ...plan.indicators.map((indicator) =>
      thing('indicator', indicator.id, titleOf(indicator.title), {
        title: titleOf(indicator.title),
        is: indicatorWords(plan, indicator),
        by: indicator.by.join(', ') || undefined,
      }),
    ),
    ...plan.bulletins.map((bulletin) =>
      thing('bulletin', bulletin.id, titleOf(bulletin.title), {
        title: titleOf(bulletin.title),
        'goes to': bulletin.style === 'circular' ? `the ${bulletin.to} of every union` : bulletin.to,
        comes: everyWords({ ...bulletin.every, atMinute: bulletin.atMinute }),
        first: day(bulletin.at[0]!),
        last: day(bulletin.at.at(-1)!),
        times: String(bulletin.at.length),
        shows: bulletin.shows.join(', '),
      }),
    ),
    ...Object.entries(plan.messages ?? {}).map(([id, { zh, en }]) =>
      thing('message', id, id, { 'says in Chinese': zh, 'says in English': en }),
    ),
  ];
}

/** As it would be anyway is not told. */
function describePauses({ pauses }: Plan): Readonly<Record<string, string | undefined>> {
  return {
    'dates in a pause': pauses?.absolute === 'move' ? 'move with it' : undefined,
    'work in a pause': pauses?.completions === 'accept' ? 'is taken' : undefined,
  };
}

const PAST = { 'catch-up': 'its tasks come up at once', skip: 'its tasks do not come up, once it is over' } as const;
function indicatorWords(plan: Plan, { rule }: Indicator): string {
  switch (rule.kind) {
    case 'ratio':
      return rule.parts.join(' divided by ');
    case 'tasks':
      return `tasks ${rule.status === 'all' ? 'that came up' : rule.status}${rule.only.length === 0 ? '' : `: ${rule.only.join(', ')}`}`;
    case 'count':
    case 'sum': {
      const when = explainCondition(plan, rule.when);
      return `${rule.kind === 'sum' ? `the sum of ${rule.fact} of ` : ''}${rule.of}s${when === null ? '' : ` where ${when.words}`}`;
    }
  }
}

type Telling = Readonly<Record<string, string | Aspect | undefined>>;

function thing(kind: ThingKind, id: string, title: string, telling: Telling): Thing {
  const told = Object.entries(telling).flatMap(([name, aspect]): [string, Aspect][] => {
    if (aspect === undefined) return [];
    return [[name, typeof aspect === 'string' ? { words: aspect } : aspect]];
  });
  return { kind, id, title, aspects: Object.fromEntries(told) };
}

/** Who may adjust a run that goes on, where the definition says so. */
function describeAdjustments(adjustments: NonNullable<Plan['adjustments']>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(adjustments).map(([name, { by, atMost }]) => [
      `who may ${name}`,
      `${by.join(', ')}${atMost === undefined ? '' : `, at most ${atMost} times`}`,
    ]),
  );
}

/** Where they are otherwise than built in. */
function describeAssigned({ form, ladder, review, holder = {} }: AssignedRules): Telling {
  return {
    'form of assigned items': form,
    'ladder of assigned items': ladder,
    'assigned items are accepted by': review,
    'assigned items are held by':
      Object.entries(holder)
        .map(([scope, role]) => `${role} (${scope})`)
        .join(', ') || undefined,
  };
}

function describeHours({ work, quiet, quietOnDaysOff }: Hours): Telling {
  const span = ({ fromMinute, toMinute }: Span): string => `${clockWords(fromMinute)}-${clockWords(toMinute)}`;
  const off = quietOnDaysOff === true ? 'and days off' : undefined;
  return {
    'hours of work': work?.map(span).join(', '),
    'quiet hours':
      [quiet === undefined ? undefined : span(quiet), off].filter((each) => each !== undefined).join(' ') || undefined,
  };
}

const AT_END: Readonly<Record<TaskTemplate['atEnd'], string>> = {
  late: 'stays open, late',
  close: 'closed as missed',
  hold: 'stays open, late, and holds its phase open',
};

function describeTask(plan: Plan, task: TaskTemplate, day: (at: Instant) => Aspect): Thing {
  const roleOf = (id: string): string => {
    const role = plan.roles.find((each) => each.id === id);
    return role === undefined ? id : `${id} ${titleOf(role.title)}`;
  };
  const { gate, due, holder } = task;
  const opens =
    gate &&
    `${gateWords({ ...gate, above: isAbove(gate.of, task.scope) })} settled ${gate.task}${gate.latched ? '' : ', for as long as that is so'}`;
  return thing('task', task.id, titleOf(task.title), {
    title: titleOf(task.title),
    basis: task.basis.place ?? task.basis.kind,
    phase: task.phase,
    action: task.action,
    scope: task.scope,
    'who does it': 'role' in holder ? `${roleOf(holder.role)}${othersThan(holder.not)}` : `the person in the row's ${holder.row}`,
    'can open': task.origin === 'row' ? 'with its row' : day(task.opensAt),
    'for those who left': task.ofWithdrawn === true ? 'comes up too' : undefined,
    'for late joiners': joiningWords(plan, task, (at) => day(at).words),
    repeats: task.repeats && repeatsInWords(task.repeats, (at) => day(at).words),
    'waits for': task.after.join(', ') || undefined,
    'gate opens': opens,
    'gate opens at the latest': gate?.noLaterThan === undefined ? undefined : day(gate.noLaterThan),
    condition: explainCondition(plan, task.when)?.words,
    sample:
      task.sample &&
      `${Math.round(task.sample.share * 10_000) / 100}% of the ${task.scope}s, by ids${task.sample.seed === undefined ? '' : ` and '${task.sample.seed}'`}`,
    due: describeDue(plan, task, day),
    notice: due.kind === 'at' || due.kind === 'from' ? `${due.noticeWorkingDays} working days` : undefined,
    'at its end': AT_END[task.atEnd],
    form: task.form,
    'reviewed by':
      task.reviews
        .map(
          ({ by, kind, not, when, within, ladder }) =>
            `${roleOf(by)} ${kind}s${othersThan(not)}${within === undefined ? '' : ` within ${durationWords(within)} (ladder ${ladder})`}${when === undefined ? '' : ` when ${explainCondition(plan, when)!.words}`}`,
        )
        .join(', then ') || undefined,
    'returns at most': task.returns?.atMost === undefined ? undefined : String(task.returns.atMost),
    'a return gives': task.returns?.within === undefined ? undefined : durationWords(task.returns.within),
    'may be taken back within': task.retract === undefined ? undefined : durationWords(task.retract.within),
    sets:
      task.outcomes
        .map(({ set, when, withdraw, again = [] }) => {
          const values = [
            ...Object.entries(set).map(([fact, value]) => `${fact} = ${String(value)}`),
            ...(withdraw === true ? ['leaves the campaign'] : []),
            ...(again.length === 0 ? [] : [`asks again for ${again.join(' and ')}`]),
          ];
          return `${values.join(', ')}${when === undefined ? '' : ` when ${explainCondition(plan, when)!.words}`}`;
        })
        .join('; ') || undefined,
    'gives posts':
      Object.entries(task.assigns)
        .map(([fact, role]) => `${fact} becomes ${role}`)
        .join(', ') || undefined,
    'makes of rows':
      task.rows
        .map(
          ({ table, task: made, to }) =>
            `${table}: ${made ?? 'a household'}${to === 'self' ? '' : `, in the union of ${to.column}`}`,
        )
        .join('; ') || undefined,
    ladder: task.ladder,
  });
}

const othersThan = (task: string | undefined): string => (task === undefined ? '' : `, but nobody who did ${task}`);

function describeDue(plan: Plan, task: TaskTemplate, day: (at: Instant) => Aspect): string | Aspect {
  const { due } = task;
  const counted = (offset: Offset): string => offsetWords(offset, anchorWords(plan, task)!);
  switch (due.kind) {
    case 'row':
      return 'the day its row names';
    case 'afterOpening':
      return `${due.workingDays} working days after it opens`;
    case 'from':
      return KNOWN_AT_ONCE.has(due.anchor.on)
        ? counted(due.offset)
        : `${counted(due.offset)}; until that is known, the end of its phase`;
    case 'at': {
      const told = day(due.at);
      return due.from === undefined ? told : { ...told, words: `${told.words}, ${counted(due.from.offset)}` };
    }
  }
}

function describeRung(plan: Plan, ladder: Ladder, { id, kind, offset, repeat, to, digest }: Rung): Thing {
  const role = plan.roles.find((each) => each.id === to);
  return thing('rung', `${ladder.id}/${id}`, id, {
    speaks: offset === null ? 'the instant it is overdue' : rungWords(offset),
    again: repeat === undefined ? undefined : `${everyWords(repeat.every)}, ${repeat.times} times at most`,
    tells: role === undefined ? 'whoever must act' : `${to} ${titleOf(role.title)}`,
    as: kind,
    'one list a day': digest,
  });
}

function rungWords(offset: Offset): string {
  const time = offset.atMinute === undefined ? '' : `, ${clockWords(offset.atMinute)}`;
  if (offset.count === 0) return `on the day${time}`;
  return `${amountWords(offset)} ${offset.count < 0 ? 'before' : 'after'}${time}`;
}

function describeForm(plan: Plan, form: FormSpec): readonly Thing[] {
  const title = titleOf(form.title);
  return [
    thing('form', form.id, title, { title, note: form.note, ...describeRules(plan, form.rules) }),
    ...form.fields.flatMap((field) =>
      field.type === 'table' ? describeTable(plan, form, field) : [describeCell(plan, `${form.id}/${field.id}`, field)],
    ),
  ];
}

/** Each rule by the field it is told at; of several at one field, all together. */
function describeRules(plan: Plan, rules: readonly FormRule[] = []): Telling {
  return Object.fromEntries(
    rules.map(({ at }) => [
      `rule at ${at}`,
      rules
        .filter((rule) => rule.at === at)
        .map(({ must, say }) => `${explainCondition(plan, must)!.words}: ${titleOf(say)}`)
        .join('; '),
    ]),
  );
}

function describeTable(plan: Plan, form: FormSpec, table: Table): readonly Thing[] {
  const { id, title, minRows, maxRows, fixedRows, when, rowDue, rowHolder, rowUnion, rowTitle } = table;
  return [
    thing('field', `${form.id}/${id}`, titleOf(title), {
      title: titleOf(title),
      type: 'table',
      rows: fixedRows === undefined ? `${minRows} to ${maxRows}` : fixedRows.map((row) => titleOf(row.title)).join(', '),
      'asked when': explainCondition(plan, when)?.words,
      ...describeRules(plan, table.rules),
      'rows are called by': rowTitle,
      'rows read': [rowDue, rowHolder, rowUnion].filter((column) => column !== undefined).join(', ') || undefined,
    }),
    ...table.columns.map((column) => describeCell(plan, `${form.id}/${id}.${column.id}`, column)),
  ];
}

function describeCell(plan: Plan, id: string, cell: Cell): Thing {
  const { title, type, required, privacy, choices, freeText, min, max, atLeast, atMost, dates, role, union } = cell;
  const { from, correctable, fact, equals, when } = cell;
  return thing('field', id, titleOf(title), {
    title: titleOf(title),
    type,
    required: required ? 'yes' : 'no',
    privacy,
    choices: choices?.map((choice) => `${choice.id} ${titleOf(choice.title)}`).join(', '),
    'own words': freeText === true ? 'taken' : undefined,
    range: min === undefined && max === undefined ? undefined : `${min ?? '…'} to ${max ?? '…'}`,
    'how many': atLeast === undefined && atMost === undefined ? undefined : `${atLeast ?? '…'} to ${atMost ?? '…'}`,
    dates,
    'has the role': role,
    'of the union': union === undefined ? undefined : union === 'own' ? 'own' : `not ${union.not}`,
    'prefilled from': typeof from === 'object' ? `${from.field} of ${from.task}` : from,
    'may be corrected': correctable === true ? 'yes' : undefined,
    fact,
    'must equal': equals,
    'asked when': explainCondition(plan, when)?.words,
  });
}

/** What a simulated campaign comes to: counted as it happens, so that no event has to be kept. */
import { evaluate } from '../model/condition.ts';
import { dateOf, dayOf } from '../model/day-table.ts';
import type { OutboxBulletin, OutboxMessage } from '../model/flush.ts';
import type { DateText, DayTable, Gate, Instant, Plan, Scope } from '../model/plan.ts';
import type { Roster } from '../model/roster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Findings, Line, Peak, PersonLoad } from './findings.ts';
import { IndicatorCount } from './indicators.ts';
import { scopeOfInstance, type World } from './world.ts';

type Tally = Map<string, number>;

interface Book {
  readonly acts: Map<DateText, Tally>;
  readonly due: Map<DateText, Tally>;
  messages: number;
}

export class Ledger {
  readonly #plan: Plan;
  readonly #days: DayTable;
  readonly #people: ReadonlyMap<string, { readonly role: string; readonly union: string }>;
  readonly #phaseOf: ReadonlyMap<string, string>;
  readonly #books = new Map<string, Book>();
  readonly #lines = new Map<string, Line>();
  readonly #messagesOn: Tally = new Map();
  readonly #refusals: Record<string, number> = {};
  readonly #unfillable = new Map<string, { times: number; reason: string }>();
  readonly #dates: DateText[] = [];
  readonly #targets: readonly { readonly target: string; of: number; readonly counts: Record<string, number> }[];
  readonly #indicators: IndicatorCount;
  readonly #gated: readonly { readonly id: string; readonly scope: Scope; readonly gate: Gate }[];
  readonly #shut: Tally = new Map();
  #instances = 0;
  #endedAt: Instant = -Infinity;
  #acts = 0;

  constructor({ plan, days, roster }: { plan: Plan; days: DayTable; roster: Roster }) {
    this.#plan = plan;
    this.#days = days;
    this.#people = new Map(roster.people.map((person) => [person.id, person]));
    this.#phaseOf = new Map(plan.tasks.map(({ id, phase }) => [id, phase]));
    this.#indicators = new IndicatorCount(plan);
    this.#gated = plan.tasks.flatMap(({ id, scope, gate }) => (gate === undefined ? [] : [{ id, scope, gate }]));
    this.#targets = plan.targets.map(({ id, counts }) => ({
      target: id,
      of: 0,
      counts: Object.fromEntries(counts.map((each) => [each.id, 0])),
    }));
  }

  get acts(): number {
    return this.#acts;
  }

  worked({ person, template, kind, at }: { person: string; template: string; kind: 'task' | 'review'; at: Instant }): void {
    this.#acts += 1;
    count(this.#book(person).acts, this.#dayOf(at), kind === 'review' ? `${template} (review)` : template);
  }

  told(message: OutboxMessage, union: string | null): void {
    this.#book(message.recipient).messages += 1;
    add(this.#messagesOn, this.#dayOf(message.sendAt ?? message.at));
    const line = this.#line(this.#phaseOf.get(message.template)!, union);
    if (message.purpose === 'reminder') line.reminders += 1;
    if (message.purpose === 'escalation') line.escalations[message.rung!] = (line.escalations[message.rung!] ?? 0) + 1;
  }

  /** To one post, or to that post of every union. */
  issued({ recipient, role, at, sendAt = at }: OutboxBulletin): void {
    const recipients = recipient === null ? this.#holding(role) : [recipient];
    for (const person of recipients) {
      this.#book(person).messages += 1;
      add(this.#messagesOn, this.#dayOf(sendAt));
    }
  }

  /** One in each union. */
  #holding(role: string): readonly string[] {
    const first = new Map<string, string>();
    for (const [id, person] of this.#people)
      if (person.role === role && id < (first.get(person.union) ?? '\uffff')) first.set(person.union, id);
    return [...first.values()];
  }

  refused(code: string): void {
    this.#refusals[code] = (this.#refusals[code] ?? 0) + 1;
  }

  unfillable(form: string, reason: string): void {
    const known = this.#unfillable.get(form) ?? { times: 0, reason };
    // Whoever came first depends on who was played first.
    if (reason < known.reason) known.reason = reason;
    known.times += 1;
    this.#unfillable.set(form, known);
  }

  /** Counts everything of a world that has come to its end; it is not needed any more. */
  take({ instances, now }: World): void {
    this.#instances += instances.size;
    this.#endedAt = Math.max(this.#endedAt, now);
    for (const snapshot of instances.values()) {
      this.#count(snapshot);
      this.#countShut(snapshot);
      this.#countTargets(snapshot);
      this.#indicators.take(snapshot, now);
    }
  }

  /** Work that nobody was ever asked for, because the gate before it waits for what will not be settled any more. */
  #countShut({ instance, tasks, gates, withdrawnAt }: Snapshot): void {
    if (withdrawnAt !== undefined) return;
    for (const { id, scope, gate } of this.#gated) {
      if (scope !== scopeOfInstance(instance) || tasks[id] !== undefined) continue;
      if ((gates[gate.id]?.openedAt ?? gate.noLaterThan) === undefined) add(this.#shut, id);
    }
  }

  /** Tasks as they ended. */
  #count({ tasks, union }: Snapshot): void {
    for (const task of Object.values(tasks)) {
      // Nobody has to do it any more.
      if (task.status === 'dropped' || task.status === 'waived') continue;
      const line = this.#line(this.#phaseOf.get(task.template)!, union);
      line.tasks += 1;
      line.returned += task.returns;
      if (task.status === 'done') line[task.submittedAt! > task.deadline ? 'late' : 'onTime'] += 1;
      else line[task.status === 'missed' ? 'missed' : 'unfinished'] += 1;
      if (task.holder !== null) count(this.#book(task.holder).due, this.#dayOf(task.deadline), task.template);
    }
  }

  close(): Findings {
    const people = [...this.#books].map(([person, book]) => this.#loadOf(person, book));
    return {
      instances: this.#instances,
      acts: this.#acts,
      lines: this.#sortedLines(),
      people: people.sort(
        (a, b) => (b.peak?.count ?? 0) - (a.peak?.count ?? 0) || b.acts - a.acts || (a.person < b.person ? -1 : 1),
      ),
      days: this.#sortedDays(),
      refusals: Object.fromEntries(Object.entries(this.#refusals).sort(([a], [b]) => (a < b ? -1 : 1))),
      unfillable: [...this.#unfillable]
        .map(([form, { times, reason }]) => ({ form, times, reason }))
        .sort((a, b) => (a.form < b.form ? -1 : 1)),
      shut: [...this.#shut].map(([task, instances]) => ({ task, instances })).sort((a, b) => (a.task < b.task ? -1 : 1)),
      targets: this.#targets,
      indicators: this.#indicators.values(this.#endedAt),
      endedAt: this.#endedAt,
    };
  }

  #loadOf(person: string, { acts, due, messages }: Book): PersonLoad {
    const { role = '', union = '' } = this.#people.get(person) ?? {};
    return {
      ...{ person, role, union, messages },
      acts: sumOf(acts),
      due: sumOf(due),
      peak: peakOf(acts),
      duePeak: peakOf(due),
      load: loadOf(acts, due),
    };
  }

  #sortedLines(): Line[] {
    const order = new Map(this.#plan.phases.map(({ id }, index) => [id, index]));
    const place = ({ phase }: Line): number => order.get(phase)!;
    return [...this.#lines.values()].sort((a, b) => place(a) - place(b) || ((a.union ?? '') < (b.union ?? '') ? -1 : 1));
  }

  #sortedDays(): Findings['days'] {
    const acts: Tally = new Map();
    const due: Tally = new Map();
    for (const book of this.#books.values()) {
      for (const [date, tally] of book.acts) add(acts, date, total(tally));
      for (const [date, tally] of book.due) add(due, date, total(tally));
    }
    const dates = [...new Set([...acts.keys(), ...due.keys(), ...this.#messagesOn.keys()])].sort();
    return dates.map((date) => ({
      date,
      acts: acts.get(date) ?? 0,
      due: due.get(date) ?? 0,
      messages: this.#messagesOn.get(date) ?? 0,
    }));
  }

  #book(person: string): Book {
    const known = this.#books.get(person);
    if (known !== undefined) return known;
    const book: Book = { acts: new Map(), due: new Map(), messages: 0 };
    this.#books.set(person, book);
    return book;
  }

  #line(phase: string, union: string | null): Line {
    const key = `${phase}/${union ?? ''}`;
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line: Line = {
      phase,
      union,
      tasks: 0,
      onTime: 0,
      late: 0,
      missed: 0,
      unfinished: 0,
      returned: 0,
      reminders: 0,
      escalations: {},
    };
    this.#lines.set(key, line);
    return line;
  }

  /** Days are asked for very often, and each is spelled once. Instants outside the table count as its first or last day. */
  #dayOf(at: Instant): DateText {
    const { starts } = this.#days;
    const inside = Math.min(Math.max(at, starts[0]!), starts.at(-1)! - 1);
    const day = dayOf(this.#days, inside);
    return (this.#dates[day] ??= dateOf(this.#days, inside));
  }

  #countTargets({ instance, factsAtEnrolment, facts }: Snapshot): void {
    if (!instance.startsWith('h/')) return;
    this.#plan.targets.forEach(({ of, counts }, index) => {
      if (!evaluate(of, factsAtEnrolment)) return;
      const line = this.#targets[index]!;
      line.of += 1;
      for (const { id, when } of counts) if (evaluate(when, facts)) line.counts[id] = line.counts[id]! + 1;
    });
  }
}

function count(days: Map<DateText, Tally>, date: DateText, name: string): void {
  const known = days.get(date);
  if (known === undefined) days.set(date, new Map([[name, 1]]));
  else add(known, name);
}

function add(tally: Tally, name: string, by = 1): void {
  tally.set(name, (tally.get(name) ?? 0) + by);
}

function loadOf(acts: ReadonlyMap<DateText, Tally>, due: ReadonlyMap<DateText, Tally>): PersonLoad['load'] {
  const on = (days: ReadonlyMap<DateText, Tally>, date: DateText): number => total(days.get(date) ?? new Map());
  const dates = [...new Set([...acts.keys(), ...due.keys()])].sort();
  return dates.map((date) => ({ date, acts: on(acts, date), due: on(due, date) }));
}

const total = (tally: Tally): number => [...tally.values()].reduce((sum, each) => sum + each, 0);
const sumOf = (days: ReadonlyMap<DateText, Tally>): number => [...days.values()].reduce((sum, tally) => sum + total(tally), 0);

/** The earliest of the fullest days. */
function peakOf(days: ReadonlyMap<DateText, Tally>): Peak | null {
  let peak: Peak | null = null;
  for (const [date, tally] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (peak !== null && total(tally) <= peak.count) continue;
    const tasks = [...tally]
      .map(([task, times]) => ({ task, count: times }))
      .sort((a, b) => b.count - a.count || (a.task < b.task ? -1 : 1));
    peak = { date, count: total(tally), tasks };
  }
  return peak;
}

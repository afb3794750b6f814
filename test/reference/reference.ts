/**
 * The reference model of the core's observable behaviour, written from docs/definition.md and docs/architecture.md: a list of tasks, asked again from
 * the beginning after everything that happens. Slow and plain on purpose; it shares no code with the engine. (Long, since it is one model.)
 */
import { dateOf, DAY, endOf, heardAt, later, startOf, tell, timeOf, workingDaysLater } from './days.ts';
import type { Condition, Due, Gate, Offset, Scope, Spec, Task, Value } from './spec.ts';

export interface Member {
  readonly instance: string;
  readonly scope: Scope;
  readonly union: string | null;
  readonly roles: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, Value>>;
}

export interface Row {
  readonly table: 'items' | 'found';
  readonly row: number;
  readonly due?: string;
  readonly holder?: string;
  readonly union?: string;
}

export type Act =
  | {
      readonly kind: 'complete';
      readonly task: string;
      readonly facts: Readonly<Record<string, Value>>;
      readonly rows: readonly Row[];
      readonly lateReason: boolean;
    }
  | { readonly kind: 'accept' | 'return'; readonly task: string };

/** Whom a row of a sweep puts on file. */
export type Admit = (of: {
  readonly source: string;
  readonly task: string;
  readonly row: number;
  readonly union: string;
}) => Member;

interface Case {
  readonly instance: string;
  readonly scope: Scope;
  readonly union: string | null;
  readonly enrolledAt: number;
  readonly roles: Record<string, string>;
  readonly facts: Record<string, Value>;
  /** By the task behind each gate: since when it is open. */
  readonly gates: Map<string, number>;
}

interface Work {
  readonly instance: string;
  readonly key: string;
  readonly task: Task;
  readonly openedAt: number;
  readonly holder: string | null;
  /** The day its row names. */
  readonly rowDue: string | undefined;
  status: 'open' | 'inReview' | 'returned' | 'done' | 'missed';
  deadline: number;
  /** What the deadline was counted from when it was last set. */
  anchoredAt: number | null;
  /** Rungs at or before it are of an older deadline. */
  rungsAfter: number;
  step: number;
  reviewer: string | null;
  returns: number;
  returnedAt: number | null;
  submittedAt: number | null;
  submittedBy: string | null;
  settledAt: number | null;
  answers: Readonly<Record<string, Value>>;
  rows: readonly Row[];
  /** Rungs that spoke for this deadline, as `id occurrence`. */
  readonly spoken: Set<string>;
}

interface Due1 {
  readonly at: number;
  readonly act: () => void;
}

const RETURNS_AT_MOST = 20;
const FORTNIGHT = 14 * DAY;

export class Reference {
  now: number;
  readonly work: Work[] = [];
  /** What was said, in no order that matters. */
  readonly said: string[] = [];
  readonly spoken: string[] = [];
  readonly #spec: Spec;
  readonly #admit: Admit;
  /** Found by forms, and not yet taken on. */
  readonly #found: Member[] = [];
  readonly #cases: Case[] = [];

  constructor(spec: Spec, { at, members, admit }: { at: number; members: readonly Member[]; admit: Admit }) {
    this.#spec = spec;
    this.#admit = admit;
    this.now = at;
    for (const member of members) this.#enrol(member);
    this.#settle();
    this.advance(at);
  }

  /** Moves the clock, stopping at everything that happens on the way. */
  advance(to: number): void {
    for (;;) {
      const due = this.#cases.flatMap((one) => this.#findNext(one) ?? []).sort((a, b) => a.at - b.at)[0];
      if (due === undefined || due.at > to) break;
      this.now = Math.max(this.now, due.at);
      due.act();
      this.#settle();
    }
    this.now = Math.max(this.now, to);
  }

  /** Undefined when it is done; otherwise the code of the refusal. */
  do(instance: string, act: Act, person: string): string | undefined {
    const work = this.work.find((each) => each.instance === instance && each.key === act.task);
    if (work === undefined) {
      const template = this.#tasksOf(this.#caseOf(instance)).find(({ id, ofRow }) => id === act.task && !ofRow);
      return template === undefined ? 'UNKNOWN_TASK' : 'NOT_OPEN_YET';
    }
    const refused =
      act.kind === 'complete' ? this.#refusesHandIn(work, act, person) : this.#refusesReview(work, act.kind, person);
    if (refused !== undefined) return refused;
    if (act.kind === 'complete') this.#handIn(work, act, person);
    else if (act.kind === 'accept') this.#pass(work, work.step + 1);
    else this.#giveBack(work);
    // Whoever is put on file joins once that has been written: what comes up here by the same form does not wait for them.
    this.#settle([this.#caseOf(instance)]);
    for (const member of this.#found.splice(0)) this.#enrol(member);
    this.#settle();
    this.#follow(this.#caseOf(instance));
    // What was done may have made something due at this very instant.
    this.advance(this.now);
    return undefined;
  }

  #enrol({ instance, scope, union, roles, facts }: Member): void {
    this.#cases.push({
      instance,
      scope,
      union,
      enrolledAt: this.now,
      roles: { ...roles },
      facts: { ...facts },
      gates: new Map(),
    });
  }

  #caseOf(instance: string): Case {
    return this.#cases.find((one) => one.instance === instance)!;
  }

  /** In the order of the definition. */
  #tasksOf({ scope }: Case): readonly Task[] {
    return this.#spec.phases.flatMap((_, index) =>
      this.#spec.tasks.filter((task) => task.phase === index && task.scope === scope),
    );
  }

  #workOf({ instance }: Case, task: string): readonly Work[] {
    return this.work.filter((each) => each.instance === instance && each.task.id === task);
  }

  // What happens by itself

  /** The next thing that time brings to an instance. At ties: openings, then rungs, then endings. */
  #findNext(one: Case): Due1 | undefined {
    const dues: Due1[] = [];
    for (const task of this.#tasksOf(one)) {
      const at = this.#opensAt(one, task);
      if (at !== undefined) dues.push({ at, act: () => undefined });
    }
    const unfinished = this.work.filter((work) => work.instance === one.instance && !isFinal(work));
    for (const work of unfinished) {
      const rung = this.#nextRung(work);
      if (rung !== undefined) dues.push({ at: rung.at, act: () => this.#speak(one, work, rung) });
    }
    for (const work of unfinished) if (work.task.closes) dues.push({ at: this.#endOf(work), act: () => this.#miss(work) });
    return dues.reduce<Due1 | undefined>((first, due) => (first === undefined || due.at < first.at ? due : first), undefined);
  }

  /** Opens whatever has come up and turns gates, until nothing moves any more. */
  #settle(cases: readonly Case[] = this.#cases): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const one of [...cases]) {
        for (const task of this.#tasksOf(one)) if (this.#turnGate(one, task)) moved = true;
        for (const task of this.#tasksOf(one)) {
          const at = this.#opensAt(one, task);
          if (at === undefined || at > this.now) continue;
          this.#open(one, task, { key: task.id });
          moved = true;
        }
      }
    }
  }

  /** When a task comes up by itself, as things stand; undefined when it has, or waits for more than time. */
  #opensAt(one: Case, task: Task): number | undefined {
    if (task.ofRow || this.#workOf(one, task.id).length > 0) return undefined;
    if (!task.after.every((id) => this.#isBehind(one, id))) return undefined;
    if (task.when !== undefined && !holds(task.when, one.facts)) return undefined;
    const begins = startOf(this.#spec.phases[task.phase]!.starts);
    if (task.gate === undefined) return begins;
    const { noLaterThan } = task.gate;
    const open = one.gates.get(task.id) ?? (noLaterThan === undefined ? undefined : startOf(noLaterThan));
    return open === undefined ? undefined : Math.max(begins, open);
  }

  /** Of a task made by rows: its sources are behind, and all that they made. */
  #isBehind(one: Case, id: string): boolean {
    const there = this.#workOf(one, id);
    if (!there.every(({ status }) => status === 'done')) return false;
    const task = this.#spec.tasks.find((each) => each.id === id)!;
    return task.ofRow ? this.#sourcesOf(task).every((source) => this.#isBehind(one, source.id)) : there.length > 0;
  }

  #sourcesOf({ id, scope }: Task): readonly Task[] {
    return this.#spec.tasks.filter((task) => task.scope === scope && task.rows.some((rule) => rule.task === id));
  }

  // Gates

  /** Whether the gate before a task is another now. */
  #turnGate(one: Case, { id, gate }: Task): boolean {
    if (gate === undefined) return false;
    const wasOpen = one.gates.has(id);
    const isOpen = this.#isEnough(one, gate) || (gate.latched && wasOpen);
    if (isOpen === wasOpen) return false;
    if (isOpen) one.gates.set(id, this.now);
    else one.gates.delete(id);
    return true;
  }

  #isEnough(one: Case, { of, task, share }: Gate): boolean {
    const standings = this.#countedBy(one, of).map((other) => this.#standing(other, task));
    const counted = standings.filter((standing) => standing !== 'out');
    if (counted.length === 0) return standings.length > 0;
    return counted.filter((standing) => standing === 'settled').length / counted.length >= share;
  }

  #countedBy(one: Case, of: Gate['of']): readonly Case[] {
    const scope = { unions: 'union', households: 'household', union: 'union', campaign: 'campaign' }[of];
    const all = this.#cases.filter((other) => other.scope === scope);
    return one.scope === 'campaign' || of === 'campaign' ? all : all.filter(({ union }) => union === one.union);
  }

  #standing(one: Case, id: string): 'settled' | 'waited-for' | 'out' {
    const [work] = this.#workOf(one, id);
    if (work !== undefined) return isFinal(work) ? 'settled' : 'waited-for';
    return this.#concerns(one, id) ? 'waited-for' : 'out';
  }

  /** Not where it can never come up: by a condition that nothing changes, or after such a task or one that was missed. */
  #concerns(one: Case, id: string): boolean {
    const task = this.#spec.tasks.find((each) => each.id === id)!;
    if (task.when !== undefined && factsIn(task.when).every((fact) => !this.#changes(fact)) && !holds(task.when, one.facts))
      return false;
    const before = task.ofRow ? this.#sourcesOf(task).map((source) => source.id) : task.after;
    return before.every(
      (other) => !this.#workOf(one, other).some(({ status }) => status === 'missed') && this.#concerns(one, other),
    );
  }

  #changes(fact: string): boolean {
    return (
      this.#spec.facts[fact]!.asked ||
      this.#spec.tasks.some(({ outcomes }) => outcomes.some(({ set }) => Object.hasOwn(set, fact)))
    );
  }

  // Opening and deadlines

  #open(
    one: Case,
    task: Task,
    { key, due, holder }: { key: string; due?: string | undefined; holder?: string | undefined },
  ): void {
    const held =
      task.holder === 'row' ? (holder ?? null) : this.#findPerson(one, task.holder.role, this.#doersOf(one, task.holder.not));
    const anchoredAt = this.#anchor(one, task, { key, openedAt: this.now });
    const work: Work = {
      ...{ instance: one.instance, key, task, openedAt: this.now, holder: held, rowDue: due, anchoredAt },
      deadline: this.#deadline(task, { openedAt: this.now, rowDue: due, anchoredAt }),
      ...{ status: 'open', rungsAfter: -Infinity, step: 0, reviewer: null, returns: 0, returnedAt: null, submittedAt: null },
      ...{ submittedBy: null, settledAt: null, answers: {}, rows: [], spoken: new Set() },
    };
    this.work.push(work);
    this.#say(work, 'opened', work.holder);
  }

  #deadline(
    { due, phase }: Task,
    { openedAt, rowDue, anchoredAt }: { openedAt: number; rowDue: string | undefined; anchoredAt: number | null },
  ): number {
    const ends = endOf(this.#spec.phases[phase]!.ends);
    switch (due.kind) {
      case 'row':
        return endOf(rowDue ?? dateOf(openedAt));
      case 'opening':
        return endOf(workingDaysLater(dateOf(openedAt), due.workingDays));
      case 'phase-end':
        return this.#orNotice(ends, { phase, openedAt });
      case 'date':
        return this.#orNotice(due.at === undefined ? endOf(due.date) : timeOf(due.date, due.at), { phase, openedAt });
      case 'from': {
        if (due.from === 'phase-start' || due.from === 'phase-end') {
          const from = due.from === 'phase-end' ? ends : startOf(this.#spec.phases[phase]!.starts);
          return this.#orNotice(this.#later(from, due.offset), { phase, openedAt });
        }
        if (anchoredAt === null) return this.#orNotice(ends, { phase, openedAt });
        const at = this.#later(anchoredAt, due.offset);
        return at > openedAt ? at : this.#notice(openedAt);
      }
    }
  }

  #later(at: number, offset: Offset): number {
    return later(at, offset, { work: this.#spec.hours?.work ?? [], endOfDay: true });
  }

  #notice(openedAt: number): number {
    return endOf(workingDaysLater(dateOf(openedAt), this.#spec.notice));
  }

  /** Work that comes up on or after its last day, and not at the beginning of its phase, gets notice. */
  #orNotice(at: number, { phase, openedAt }: { phase: number; openedAt: number }): number {
    const isLate = openedAt > startOf(this.#spec.phases[phase]!.starts) && dateOf(openedAt) >= dateOf(at);
    return isLate ? Math.max(at, this.#notice(openedAt)) : at;
  }

  /** What its deadline is counted from, if that is something that happens; null while it has not. */
  #anchor(one: Case, { due }: Task, { key, openedAt }: { key: string; openedAt: number }): number | null {
    if (due.kind !== 'from' || due.from === 'phase-start' || due.from === 'phase-end') return null;
    const { from } = due;
    if (from === 'opened') return openedAt;
    if (from === 'enrolment') return one.enrolledAt;
    if ('done' in from) return this.#workOf(one, from.done).find(({ status }) => status === 'done')?.settledAt ?? null;
    if ('returned' in from) {
      const own = this.work.find((work) => work.instance === one.instance && work.key === key);
      return own?.task.id === from.returned ? own.returnedAt : (this.#workOf(one, from.returned)[0]?.returnedAt ?? null);
    }
    const date = one.facts[from.fact] ?? null;
    return typeof date === 'string' ? startOf(date) : null;
  }

  /** Deadlines whose anchor is another now move; what is in review keeps its own until it is returned. */
  #follow(one: Case): void {
    for (const work of this.work) {
      if (work.instance !== one.instance || (work.status !== 'open' && work.status !== 'returned')) continue;
      const anchoredAt = this.#anchor(one, work.task, work);
      if (!isAnchored(work.task.due) || anchoredAt === work.anchoredAt) continue;
      work.anchoredAt = anchoredAt;
      const deadline = this.#deadline(work.task, { openedAt: work.openedAt, rowDue: work.rowDue, anchoredAt });
      if (deadline === work.deadline) continue;
      work.deadline = deadline;
      work.rungsAfter = this.now;
      work.spoken.clear();
      this.#say(work, 'moved', work.holder);
    }
  }

  // Rungs and endings

  #nextRung(work: Work): { readonly at: number; readonly rung: number; readonly occurrence: number } | undefined {
    const ladder = this.#spec.ladders[work.task.ladder]!;
    const times = ladder.flatMap((_, rung) =>
      Array.from({ length: 1 + (ladder[rung]!.repeat?.times ?? 0) }, (_none, index) => ({
        ...{ rung, occurrence: index + 1 },
        at: this.#rungAt(work, rung, index + 1),
      })),
    );
    return times
      .filter(
        ({ at, rung, occurrence }) => at >= work.openedAt && at > work.rungsAfter && !work.spoken.has(`${rung} ${occurrence}`),
      )
      .sort((a, b) => a.at - b.at || a.rung - b.rung || a.occurrence - b.occurrence)[0];
  }

  #rungAt({ task, deadline }: Work, rung: number, occurrence: number): number {
    const { offset, repeat } = this.#spec.ladders[task.ladder]![rung]!;
    const hours = { work: this.#spec.hours?.work ?? [], endOfDay: false };
    // Hours from the end of a day are counted from midnight.
    const midnight = Math.ceil(deadline / 1000) * 1000;
    const first = offset === undefined ? deadline + 1 : later(offset.at === undefined ? midnight : deadline, offset, hours);
    return occurrence === 1 ? first : later(first, { ...repeat!.every, count: repeat!.every.count * (occurrence - 1) }, hours);
  }

  #speak(one: Case, work: Work, { rung, occurrence }: { rung: number; occurrence: number }): void {
    const { id, tells, escalates } = this.#spec.ladders[work.task.ladder]![rung]!;
    work.spoken.add(`${rung} ${occurrence}`);
    const assignee = work.status === 'inReview' ? work.reviewer : work.holder;
    const to = tells === 'assignee' ? assignee : this.#findPerson(one, tells, [assignee]);
    this.spoken.push(`${tell(this.now)} ${work.instance}/${work.key} ${id} ${occurrence} to ${to ?? 'nobody'}`);
    this.#say(work, escalates ? 'escalation' : 'reminder', to);
  }

  /** Its phase is over; of what a row dates, the campaign; and its deadline has passed. */
  #endOf({ task, deadline }: Work): number {
    const phase = task.due.kind === 'row' ? this.#spec.phases.at(-1)! : this.#spec.phases[task.phase]!;
    return Math.max(endOf(phase.ends), deadline) + 1;
  }

  #miss(work: Work): void {
    work.status = 'missed';
    work.reviewer = null;
    work.settledAt = this.now;
  }

  // People

  /** Up the chain of fallbacks, past vacant posts and those who may not. */
  #findPerson(one: Case, role: string, not: readonly (string | null)[]): string | null {
    for (let at: string | undefined = role; at !== undefined; at = this.#spec.roles[at]!.fallback) {
      const person = one.roles[at];
      if (person !== undefined && !not.includes(person)) return person;
    }
    return null;
  }

  #doersOf(one: Case, task: string | undefined): readonly (string | null)[] {
    return task === undefined ? [] : this.#workOf(one, task).map(({ submittedBy }) => submittedBy);
  }

  #refusesHandIn(work: Work, { rows, lateReason }: Extract<Act, { kind: 'complete' }>, person: string): string | undefined {
    if (work.status === 'missed') return 'PHASE_CLOSED';
    if (work.status === 'done') return 'ALREADY_FINAL';
    if (work.status === 'inReview') return 'IN_REVIEW';
    if (person !== work.holder) return 'NOT_HOLDER';
    if (this.now > work.deadline && !lateReason) return 'LATE_REASON_REQUIRED';
    const ends = endOf(this.#spec.phases.at(-1)!.ends);
    const latest = dateOf(this.now <= ends ? ends : this.now + FORTNIGHT);
    const makesTasks = work.task.rows.some(({ task }) => task !== undefined);
    const bad = rows.some(
      ({ table, due }) => table === 'items' && makesTasks && due !== undefined && (due < dateOf(this.now) || due > latest),
    );
    return bad ? 'ROW_DUE_OUT_OF_RANGE' : undefined;
  }

  #refusesReview(work: Work, kind: 'accept' | 'return', person: string): string | undefined {
    if (work.status !== 'inReview') return 'NOT_IN_REVIEW';
    if (person === work.submittedBy) return 'SELF_REVIEW';
    if (person !== work.reviewer) return 'NOT_HOLDER';
    return kind === 'return' && work.returns >= RETURNS_AT_MOST ? 'TOO_MANY_RETURNS' : undefined;
  }

  #handIn(work: Work, { facts, rows }: Extract<Act, { kind: 'complete' }>, person: string): void {
    work.submittedAt = this.now;
    work.submittedBy = person;
    work.answers = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
    work.rows = rows;
    this.#pass(work, 0);
  }

  /** On to the first review from `from` on that applies, or to the end. */
  #pass(work: Work, from: number): void {
    const one = this.#caseOf(work.instance);
    const facts = { ...one.facts, ...work.answers };
    const step = work.task.reviews.findIndex(({ when }, index) => index >= from && (when === undefined || holds(when, facts)));
    if (step < 0) {
      this.#finish(one, work);
      return;
    }
    const { by, not } = work.task.reviews[step]!;
    work.status = 'inReview';
    work.step = step;
    work.reviewer = this.#findPerson(one, by, [work.submittedBy, ...this.#doersOf(one, not)]);
    this.#say(work, 'toReview', work.reviewer);
  }

  #giveBack(work: Work): void {
    work.status = 'returned';
    work.returns += 1;
    work.returnedAt = this.now;
    work.reviewer = null;
    work.step = 0;
    this.#say(work, 'returned', work.holder);
  }

  #finish(one: Case, work: Work): void {
    const { task } = work;
    work.status = 'done';
    work.reviewer = null;
    work.settledAt = this.now;
    Object.assign(one.facts, work.answers);
    for (const [fact, role] of Object.entries(task.assigns)) {
      const person = work.answers[fact];
      if (typeof person === 'string') one.roles[role] = person;
    }
    for (const { when, set } of task.outcomes) if (when === undefined || holds(when, one.facts)) Object.assign(one.facts, set);
    for (const { task: makes, toUnion } of task.rows) {
      for (const row of work.rows.filter(({ table }) => table === (makes === undefined ? 'found' : 'items'))) {
        if (makes === undefined)
          this.#found.push(this.#admit({ source: one.instance, task: work.key, row: row.row, union: one.union! }));
        else this.#make(one, work, { makes, toUnion, row });
      }
    }
  }

  #make(one: Case, { key }: Work, { makes, toUnion, row }: { makes: string; toUnion: boolean; row: Row }): void {
    const target = toUnion ? this.#caseOf(`u/${row.union}`) : one;
    const from = toUnion ? `${one.instance.replace('/', '-')}.${key}` : key;
    const task = this.#spec.tasks.find(({ id }) => id === makes)!;
    this.#open(target, task, { key: `${makes}:${from}.${row.row}`, due: row.due, holder: row.holder });
  }

  #say({ instance, key }: Work, purpose: string, to: string | null): void {
    if (to === null) return;
    const { quiet, quietOnDaysOff = false } = this.#spec.hours ?? {};
    this.said.push(`${tell(heardAt(this.now, quiet, quietOnDaysOff))} ${instance}/${key} ${purpose} to ${to}`);
  }

  /** Everything that can be seen, one line for each thing, in an order of its own. */
  view(): readonly string[] {
    const work = this.work.map(
      ({ instance, key, status, openedAt, deadline, holder, reviewer, step, returns, submittedAt }) =>
        `${instance}/${key} ${status} opened ${tell(openedAt)} due ${tell(deadline)} holder ${holder} reviewer ${reviewer} step ${step} returns ${returns} handed in ${submittedAt === null ? 'never' : tell(submittedAt)}`,
    );
    const cases = this.#cases.map(
      ({ instance, facts, roles }) => `${instance} ${JSON.stringify(sorted(facts))} ${JSON.stringify(sorted(roles))}`,
    );
    return [...work, ...cases].sort();
  }
}

export const sorted = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const isFinal = ({ status }: Work): boolean => status === 'done' || status === 'missed';
const isAnchored = (due: Due): boolean => due.kind === 'from' && due.from !== 'phase-start' && due.from !== 'phase-end';

function holds(condition: Condition, facts: Readonly<Record<string, Value>>): boolean {
  if ('is' in condition) return condition.is.includes(facts[condition.fact] ?? null);
  if ('than' in condition) {
    const value = facts[condition.fact] ?? null;
    if (value === null || typeof value !== typeof condition.bound) return false;
    return condition.than === 'less' ? value < condition.bound : value >= condition.bound;
  }
  if ('not' in condition) return !holds(condition.not, facts);
  return 'all' in condition
    ? condition.all.every((part) => holds(part, facts))
    : condition.any.some((part) => holds(part, facts));
}

function factsIn(condition: Condition): readonly string[] {
  if ('fact' in condition) return [condition.fact];
  if ('not' in condition) return factsIn(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(factsIn);
}

/** What a step expects against what there is. Each difference is one sentence at its own place. */
import type { Place } from '../compiler/issue.ts';
import type { Places } from '../compiler/places.ts';
import type { IndicatorValue } from '../model/indicators.ts';
import { lineOf } from '../messages/default-text.ts';
import { findLadder, findTemplate, isTemplate } from '../model/assigned.ts';
import { findNearest } from '../model/nearest.ts';
import { readKey } from '../model/task-key.ts';
import type { DayTable, Facts, Instant, Plan } from '../model/plan.ts';
import { scopeOfInstance } from '../simulator/world.ts';
import { dayOf, momentOf } from './moments.ts';
import type { Expectation } from './language.ts';
import { isOverdue, type Issued, type Spoken, type StagedTask } from './stage.ts';

export interface Found {
  /** By name. */
  readonly tasks: ReadonlyMap<string, StagedTask>;
  readonly facts: ReadonlyMap<string, Facts>;
  /** Since the step before. */
  readonly spoken: readonly Spoken[];
  /** Since the step before. */
  readonly issued: readonly Issued[];
  /** Counted only where some are expected. */
  readonly indicators: readonly IndicatorValue[];
  readonly now: Instant;
}

interface Check {
  readonly places: Places;
  readonly plan: Plan;
  readonly days: DayTable;
  readonly found: Found;
  readonly fail: (place: Place, message: string, sides?: Sides) => void;
}

/** What was expected of something, and what was found, for showing the two beside each other. */
export interface Sides {
  readonly about: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

function differ({ fail }: Pick<Check, 'fail'>, place: Place, sides: Sides): void {
  const { about, expected, found } = sides;
  fail(place, `${about}: expected ${list(expected)}, found ${list(found)}`, sides);
}

export function checkExpectation(expectation: Expectation, check: Check): void {
  for (const state of STATES) checkState(expectation, { ...check, state });
  checkAbsent(expectation, check);
  const { due = {}, reviewDue = {}, holder = {}, reviewer = {}, facts = {}, rungs = {}, count = {} } = expectation;
  const { days, found } = check;
  each(due, check, (task, expected) => momentOf(days, task.deadline).slice(0, expected.length));
  each(reviewDue, check, ({ reviewDeadline }, expected) =>
    reviewDeadline === null ? null : momentOf(days, reviewDeadline).slice(0, expected.length),
  );
  each(holder, check, (task) => task.holder);
  each(reviewer, check, (task) => task.reviewer);
  checkFacts(facts, check);
  for (const name of Object.keys(rungs)) {
    const said = found.spoken.filter(({ instance, task }) => `${instance}/${task}` === name);
    const words = said.map(({ rung, recipient }) => `${rung} to ${recipient ?? 'nobody'}`);
    if (!found.tasks.has(name)) missing(name, check, check.places.ofKey(rungs, name));
    else if (!same(words, rungs[name]!))
      differ(check, check.places.ofKey(rungs, name), { about: `rungs of '${name}'`, expected: rungs[name]!, found: words });
  }
  checkWords(expectation, check);
  checkBulletins(expectation, check);
  checkIndicators(expectation.indicators ?? {}, check);
  for (const [template, expected] of Object.entries(count)) {
    const place = check.places.of(count, template);
    if (!isTemplate(check.plan, template)) {
      check.fail(
        place,
        `the plan has no task '${template}'${near(
          template,
          check.plan.tasks.map(({ id }) => id),
        )}`,
      );
      continue;
    }
    const there = [...found.tasks.values()].filter((task) => task.template === template).length;
    if (there !== expected)
      differ(check, place, { about: `'${template}'`, expected: [`${expected} of them`], found: [`${there}`] });
  }
}

const STATES = ['open', 'returned', 'inReview', 'done', 'missed', 'waived', 'dropped', 'overdue', 'late'] as const;

function checkState(expectation: Expectation, { state, ...check }: Check & { state: (typeof STATES)[number] }): void {
  const names = expectation[state];
  if (names === undefined) return;
  if (names.length === 0) {
    const so = [...check.found.tasks].filter(([, task]) => isSo(task, state, check.found.now)).map(([name]) => name);
    if (so.length > 0)
      differ(check, check.places.of(expectation, state), { about: `tasks ${WORDS[state]}`, expected: [], found: so });
  }
  names.forEach((name, index) => {
    const place = check.places.of(names, index);
    const task = check.found.tasks.get(name);
    if (task === undefined) missing(name, check, place);
    else if (!isSo(task, state, check.found.now))
      differ(check, place, { about: `'${name}'`, expected: [WORDS[state]], found: [tell(task, check)] });
  });
}

const WORDS: Readonly<Record<(typeof STATES)[number], string>> = {
  open: 'open',
  returned: 'returned',
  inReview: 'in review',
  done: 'done',
  missed: 'missed',
  waived: 'waived',
  dropped: 'dropped',
  overdue: 'not done and overdue',
  late: 'done, handed in late',
};

function isSo(task: StagedTask, state: (typeof STATES)[number], now: Instant): boolean {
  if (state === 'overdue') return isOverdue(task, now);
  if (state === 'late') return task.status === 'done' && task.submittedAt! > task.deadline;
  return task.status === state;
}

function tell(task: StagedTask, { days, found }: Check): string {
  const { status, deadline, reviewDeadline, submittedAt } = task;
  const words = status === 'inReview' ? 'in review' : status;
  const late = submittedAt !== null && submittedAt > deadline ? ', handed in late' : '';
  const overdue = isOverdue(task, found.now) ? ', overdue' : '';
  const review = reviewDeadline === null ? '' : `, review due ${momentOf(days, reviewDeadline)}`;
  return `${words}${late}${overdue} (due ${dayOf(days, deadline)}${review})`;
}

function checkAbsent({ absent = [] }: Expectation, check: Check): void {
  absent.forEach((name, index) => {
    const task = check.found.tasks.get(name);
    if (task !== undefined)
      differ(check, check.places.of(absent, index), {
        about: `'${name}'`,
        expected: ['not to have come up'],
        found: [tell(task, check)],
      });
    const cut = name.lastIndexOf('/');
    const [instance, { template }] = [name.slice(0, cut), readKey(name.slice(cut + 1))];
    // What can never come up is absent for the wrong reason.
    if (!check.found.facts.has(instance))
      check.fail(
        check.places.of(absent, index),
        `there is no instance '${instance}'${near(instance, [...check.found.facts.keys()])}`,
      );
    if (isTemplate(check.plan, template)) return;
    check.fail(
      check.places.of(absent, index),
      `the plan has no task '${template}'${near(
        template,
        check.plan.tasks.map(({ id }) => id),
      )}`,
    );
  });
}

function each(
  expected: Readonly<Record<string, string>>,
  check: Check,
  of: (task: StagedTask, expected: string) => string | null,
): void {
  for (const [name, value] of Object.entries(expected)) {
    const place = check.places.of(expected, name);
    const task = check.found.tasks.get(name);
    if (task === undefined) {
      missing(name, check, place);
      continue;
    }
    const found = of(task, value);
    if (found !== value) differ(check, place, { about: `'${name}'`, expected: [value], found: [found ?? 'nobody'] });
  }
}

function checkFacts(expected: NonNullable<Expectation['facts']>, check: Check): void {
  const { places, found, fail } = check;
  for (const [instance, facts] of Object.entries(expected)) {
    const held = found.facts.get(instance);
    if (held === undefined) {
      fail(places.ofKey(expected, instance), `there is no instance '${instance}'${near(instance, [...found.facts.keys()])}`);
      continue;
    }
    for (const [fact, value] of Object.entries(facts)) {
      const place = places.of(facts, fact);
      if (!Object.hasOwn(held, fact)) fail(place, `'${instance}' has no fact '${fact}'${near(fact, Object.keys(held))}`);
      else if (held[fact] !== value)
        differ(check, place, { about: `'${fact}' of ${instance}`, expected: [String(value)], found: [String(held[fact])] });
    }
  }
}

/** The name for all unions together. */
const ALL = 'all';

function checkWords({ says = {} }: Expectation, check: Check): void {
  const { places, found } = check;
  for (const [name, expected] of Object.entries(says)) {
    const task = found.tasks.get(name);
    if (task === undefined) missing(name, check, places.ofKey(says, name));
    else {
      const spoken = found.spoken.filter((each) => `${each.instance}/${each.task}` === name);
      const words = spoken.flatMap((each) => wordsOf(task, each, check));
      if (!same(words, expected))
        differ(check, places.ofKey(says, name), { about: `words about '${name}'`, expected, found: words });
    }
  }
}

/** Made here as they are made for people; no union has a name here. */
function wordsOf(
  { instance, template, item, deadline, reviewDeadline }: StagedTask,
  spoken: Spoken,
  { plan, days }: Check,
): readonly string[] {
  const { ladder, reviews } = findTemplate(plan, { template, scope: scopeOfInstance(instance) })!;
  const rung = [item?.ladder ?? ladder, ...reviews.flatMap((review) => review.ladder ?? [])]
    .flatMap((id) => findLadder(plan, id)?.rungs ?? [])
    .find(({ id }) => id === spoken.rung);
  // A daily list has words of its own, over all that is on it.
  if (rung === undefined || rung.digest !== undefined) return [];
  const { kind: purpose, text } = rung;
  const message = { purpose, template, deadline: reviewDeadline ?? deadline, ...(text === undefined ? {} : { text }) };
  const telling = { now: spoken.at, dateTime: (at: Instant) => momentOf(days, at), unionName: (id: string) => id };
  return [lineOf(plan, { instance, union: null, message }, telling)];
}

function checkBulletins({ bulletins }: Expectation, check: Check): void {
  if (bulletins === undefined) return;
  const { plan, places, found } = check;
  const isCircular = (id: string): boolean => plan.bulletins.some((each) => each.id === id && each.style === 'circular');
  const words = found.issued.map(
    ({ bulletin, recipient }) => `${bulletin} to ${recipient ?? (isCircular(bulletin) ? ALL : 'nobody')}`,
  );
  if (!same(words, bulletins)) differ(check, places.of(bulletins), { about: 'bulletins', expected: bulletins, found: words });
}

function checkIndicators(expected: NonNullable<Expectation['indicators']>, check: Check): void {
  const { places, found, fail } = check;
  for (const [id, wanted] of Object.entries(expected)) {
    const value = found.indicators.find(({ indicator }) => indicator === id);
    if (value === undefined) {
      const known = found.indicators.map(({ indicator }) => indicator);
      fail(places.ofKey(expected, id), `the plan has no indicator '${id}'${near(id, known)}`);
      continue;
    }
    const isMap = typeof wanted === 'object' && wanted !== null;
    for (const [whose, number] of isMap ? Object.entries(wanted) : [[ALL, wanted] as const]) {
      const place = isMap ? places.of(wanted, whose) : places.of(expected, id);
      if (whose !== ALL && !Object.hasOwn(value.unions, whose)) {
        fail(place, `there is no union '${whose}'${near(whose, Object.keys(value.unions))}`);
        continue;
      }
      const is = rounded(whose === ALL ? value.value : (value.unions[whose] ?? null));
      const about = `'${id}'${whose === ALL ? '' : ` of ${whose}`}`;
      if (is !== number) differ(check, place, { about, expected: [String(number)], found: [String(is)] });
    }
  }
}

/** A third cannot be written out. */
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000);

function missing(name: string, { found, fail }: Check, place: Place): void {
  fail(place, `'${name}' has not come up${near(name, [...found.tasks.keys()])}`);
}

function near(name: string, known: readonly string[]): string {
  const found = findNearest(name, known);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, index) => word === b[index]);
const list = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));

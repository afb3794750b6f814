/** A file beside the register of a run: what is other, in which order, and what is done about it. */
import { describe, expect, it } from 'vitest';
import type { HouseholdEntry, PersonEntry, Roster } from '../../model/roster.ts';
import { compareRegisters, hashOfDifference, type RegisterItem, type RegisterOfRun } from '../../roster/difference.ts';
import { stepOf } from '../../roster/register-step.ts';
import { createSampleRoster } from '../../roster/sample.ts';

/** Four households of two unions: h-001 and h-003 of union-01, h-002 and h-004 of union-02. */
const SAMPLE = createSampleRoster({ seed: 7, unions: 2, households: 4, earlier: 0 });
const MORE = createSampleRoster({ seed: 7, unions: 3, households: 6, earlier: 0 });

const runOf = (roster: Roster, more: Partial<RegisterOfRun> = {}): RegisterOfRun => ({
  ...roster,
  leftPeople: new Set(),
  away: new Set(),
  found: new Set(),
  handedTo: new Map(),
  ...more,
});

const RUN = runOf(SAMPLE);
const without = (id: string, roster: Roster = SAMPLE): Roster => ({
  unions: roster.unions.filter((row) => row.id !== id),
  people: roster.people.filter((row) => row.id !== id && row.union !== id),
  households: roster.households.filter((row) => row.id !== id && row.union !== id),
});
const withHousehold = (id: string, changed: Partial<HouseholdEntry>): Roster => ({
  ...SAMPLE,
  households: SAMPLE.households.map((row) => (row.id === id ? { ...row, ...changed } : row)),
});
const withPerson = (id: string, changed: Partial<PersonEntry>): Roster => ({
  ...SAMPLE,
  people: SAMPLE.people.map((row) => (row.id === id ? { ...row, ...changed } : row)),
});
const told = (file: Roster, run: RegisterOfRun = RUN): readonly string[] =>
  compareRegisters({ run, file }).map(({ kind, id, from, to }) => [kind, id, from, to].filter((word) => word !== null).join(' '));
const stepsOf = (file: Roster, { run = RUN, withdrawGone = false } = {}): readonly string[] =>
  compareRegisters({ run, file }).map((item) => {
    const step = stepOf(item, { run: 'autumn', withdrawGone });
    return `${item.kind} ${item.id}: ${typeof step === 'string' ? step : step.code}`;
  });

describe('a file that says the same', () => {
  it('has no difference, whatever the order of its rows', () => {
    const reversed = {
      unions: [...SAMPLE.unions].reverse(),
      people: [...SAMPLE.people].reverse(),
      households: [...SAMPLE.households].reverse(),
    };
    expect(told(reversed)).toEqual([]);
  });

  it('has none for a household that joined the run later, and is on file in it', () => {
    const joined = SAMPLE.households.map((row) => ({ ...row, enrolment: 'admitted' as const }));
    expect(told(SAMPLE, runOf({ ...SAMPLE, households: joined }))).toEqual([]);
  });

  it('has none in what cannot be read any more, because its key was erased', () => {
    const [first, ...others] = SAMPLE.households;
    const { id, union, enrolment, fileLevel, hardshipClass } = first!;
    expect(told(SAMPLE, runOf(SAMPLE, { households: [{ id, union, enrolment, fileLevel, hardshipClass }, ...others] }))).toEqual(
      [],
    );
  });
});

describe('whoever is new', () => {
  it('is told with people first, then unions, then households', () => {
    const news = told(MORE).filter((line) => line.includes('-new'));
    expect(news[0]).toMatch(/^person-new union-03-/);
    expect(news.at(-3)).toBe('union-new union-03 direct');
    expect(news).toContain('person-new union-03-head union-head');
    expect(news.slice(-2)).toEqual(['household-new h-005', 'household-new h-006']);
    expect(news.findLastIndex((line) => line.startsWith('person-new'))).toBe(news.length - 4);
  });

  it('is all that is asked for, when the file may be a part of a register', () => {
    const part = { unions: [], people: [], households: MORE.households.slice(4) };
    const items = compareRegisters({ run: RUN, file: part }, { onlyNew: true });
    expect(items.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['household-new h-005', 'household-new h-006']);
  });

  it.each([
    [
      'the person is on file under another id',
      withHousehold('h-001', { id: 'h-900' }),
      RUN,
      'household-new h-900: HOUSEHOLD_ON_FILE',
    ],
    ['its union has left', MORE, runOf(SAMPLE, { away: new Set(['u/union-02']) }), 'household-new h-005: UNION_HAS_LEFT'],
    [
      'somebody of that id has left',
      SAMPLE,
      runOf(without('union-01-head'), {
        unions: SAMPLE.unions,
        households: SAMPLE.households,
        leftPeople: new Set(['union-01-head']),
      }),
      'person-new union-01-head: PERSON_HAS_LEFT',
    ],
  ])('is left where %s', (_why, file, run, line) => expect(stepsOf(file, { run })).toContain(line));
});

describe('whoever is not in the file', () => {
  it('is listed and stays, unless it is said that they shall leave', () => {
    const file = without('h-003');
    expect(stepsOf(file)).toEqual(['household-gone h-003: GONE_FROM_FILE']);
    expect(stepsOf(file, { withdrawGone: true })).toEqual(['household-gone h-003: withdraw']);
  });

  it('goes with its union', () => {
    const steps = stepsOf(without('union-02'), { withdrawGone: true });
    expect(steps[0]).toBe('union-gone union-02: withdraw');
    expect(steps.filter((line) => line.startsWith('household'))).toEqual([]);
    expect(steps).toContain('person-gone union-02-head: let-go');
  });

  it('is nobody who has left before', () => {
    expect(told(without('h-003'), runOf(SAMPLE, { away: new Set(['h/h-003']) }))).toEqual([]);
  });

  it.each([
    [
      'was found by a sweep',
      without('h-003'),
      runOf(SAMPLE, { found: new Set(['h-003']) }),
      'household-gone h-003: FOUND_IN_RUN',
    ],
    ['is in the file under another id', withHousehold('h-003', { id: 'h-900' }), RUN, 'household-gone h-003: HOUSEHOLD_ON_FILE'],
  ])('stays all the same who %s', (_why, file, run, line) => expect(stepsOf(file, { run, withdrawGone: true })).toContain(line));
});

describe('a post', () => {
  const replaced = withPerson('union-01-head', { id: 'union-01-head-2' });

  it('goes to whoever is new in it, when one has left it', () =>
    expect(told(replaced)).toEqual(['post-taken union-01-head union-01-head union-01-head-2']));

  it('is a new person only, when the file may be a part of a register', () =>
    expect(compareRegisters({ run: RUN, file: replaced }, { onlyNew: true })).toMatchObject([{ kind: 'person-new' }]));

  it('goes to whom it was handed over before, so that what was interrupted goes on', () => {
    const run = runOf(SAMPLE, { handedTo: new Map([['union-01-head', 'office-1']]) });
    expect(told(without('union-01-head'), run)).toEqual(['post-taken union-01-head union-01-head office-1']);
  });

  it('goes to nobody by itself, when several might have it', () => {
    const two = {
      ...replaced,
      people: [...replaced.people, { ...replaced.people[0]!, id: 'x', union: 'union-01', role: 'union-head' as const }],
    };
    expect(stepsOf(two)).toContain('person-gone union-01-head: GONE_FROM_FILE');
  });

  it('is not changed under the same id: what runs would not follow', () =>
    expect(stepsOf(withPerson('union-01-head', { role: 'cadre' }))).toEqual(['person-moved union-01-head: POST_CHANGED']));
});

describe('what is other of somebody who is in both', () => {
  it.each([
    ['a household of another union', withHousehold('h-001', { union: 'union-02' }), 'household-moved h-001: move'],
    ['the file of a household', withHousehold('h-001', { phone: '10000000000' }), 'household-details h-001: DETAILS_CHANGED'],
    ['a telephone', withPerson('union-01-head', { phone: '10000000000' }), 'person-details union-01-head: correct'],
  ])('%s', (_what, file, line) => expect(stepsOf(file)).toEqual([line]));

  it('is told of each fact, from and to, and left: what ran has used it', () => {
    const [household] = SAMPLE.households;
    const [level, other] =
      household!.fileLevel === 'national' ? (['national', 'tiered'] as const) : (['tiered', 'national'] as const);
    const file = withHousehold('h-001', { fileLevel: other });
    expect(told(file)).toEqual([`facts-changed h-001 ${level} ${other}`]);
    expect(stepsOf(file)).toEqual(['facts-changed h-001: FACTS_CHANGED']);
  });

  it('never says what a field holds', () => {
    const file = withHousehold('h-001', { name: '示例改名', address: '示例新址' });
    expect(JSON.stringify(compareRegisters({ run: RUN, file }))).not.toMatch(/示例/);
  });
});

describe('the hash', () => {
  const hashed = (file: Roster, steps: readonly string[] = []): string => {
    const items: readonly RegisterItem[] = compareRegisters({ run: RUN, file });
    return hashOfDifference(items, { roster: file, steps });
  };

  it('is the same whatever the order of rows, and another when any word of a row that is taken is', () => {
    const shuffled = { ...MORE, households: [...MORE.households].reverse() };
    expect(hashed(shuffled)).toBe(hashed(MORE));
    const renamed = { ...MORE, households: MORE.households.map((row) => (row.id === 'h-005' ? { ...row, name: '示例' } : row)) };
    expect(hashed(renamed)).not.toBe(hashed(MORE));
  });

  it('is another when something else would be done', () => expect(hashed(MORE, ['admit'])).not.toBe(hashed(MORE, ['withdraw'])));
});

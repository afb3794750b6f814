import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, digestText } from '../../engine/digest.ts';
import type { Snapshot, TaskState } from '../../model/snapshot.ts';

const task: TaskState = {
  template: 'visit',
  status: 'inReview',
  openedAt: 1_602_518_400_000,
  deadline: 1_603_641_599_999,
  deadlineRev: 0,
  holder: 'cadre-1',
  step: 0,
  reviewer: 'head-1',
  rung: 2,
  returns: 1,
  submission: 'c2',
  held: { facts: { class: 'deep' }, rows: [{ table: 'measures', row: 1, due: '2020-11-10' }] },
  submittedAt: 1_603_000_000_000,
  submittedBy: 'cadre-1',
  settledAt: null,
  decidedBy: 'c2',
  source: { instance: 'c', task: 'inspect', submission: 'c1', row: 3 },
};

/** Fixed for ever: its digest is what kept histories hold of such a state. */
const snapshot: Snapshot = {
  run: 'run',
  instance: 'h/1',
  union: 'u1',
  status: 'open',
  rulesVersion: 1,
  revision: 1,
  advancedTo: 1_603_000_000_000,
  seq: 4,
  roles: { cadre: 'cadre-1' },
  facts: { class: 'deep', poor: true },
  factsAtEnrolment: { class: 'deep' },
  tasks: { visit: task },
  gates: { summary: { version: 2, done: 1, total: 3, excluded: 0, openedAt: null } },
  phasesStarted: 0,
  phasesEnded: 0,
  answered: [{ command: 'c1', digest: 'd1', at: 1_603_000_000_000, task: 'visit', status: 'returned', late: false }],
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** The same value with the members of every object in the opposite order, as a data base may hand it back. */
function reordered<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reordered) as Value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  ) as Value;
}

/** One variant for each leaf of the value: that leaf changed and nothing else. */
function* variantsOf(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const variant of variantsOf(item)) yield value.with(index, variant);
    yield [...value, null];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value))
      for (const variant of variantsOf(member)) yield { ...value, [key]: variant };
    yield { ...value, another: null };
  } else {
    yield typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value}'`;
  }
}

describe('the digest of a state', () => {
  it('is what it has always been', () => expect(digestOf(snapshot)).toBe('0aa0ca00022c0357'));
  it('has sixteen hexadecimal digits', () => expect(digestOf(snapshot)).toMatch(/^[0-9a-f]{16}$/));
  it('is equal for an equal state', () => expect(digestOf(structuredClone(snapshot))).toBe(digestOf(snapshot)));
  it('survives JSON', () => expect(digestOf(JSON.parse(JSON.stringify(snapshot)) as Snapshot)).toBe(digestOf(snapshot)));
  it('survives a data base that keeps members in another order', () =>
    expect(digestOf(reordered(snapshot))).toBe(digestOf(snapshot)));
  it('differs for every member that differs', () => {
    const digests = [...variantsOf(snapshot as unknown as Json)].map((variant) => digestOf(variant as unknown as Snapshot));
    expect([digests.length > 60, new Set([...digests, digestOf(snapshot)]).size]).toEqual([true, digests.length + 1]);
  });
  it('differs when a member is missing', () => {
    const { held: _, ...released } = task;
    expect(digestOf({ ...snapshot, tasks: { visit: released } })).not.toBe(digestOf(snapshot));
  });
});

describe('the digest of a text', () => {
  it.each([
    ['', '1aee8d83488bdcb8'],
    ['a', '82c97901501c2ba7'],
    ['困难职工', '795ac18b0e0d8ccd'],
  ])('of %j is what it has always been', (text, digest) => expect(digestText(text)).toBe(digest));
  it('differs for texts that differ in one place', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 0xffff }), (text, place, change) => {
        const at = place % text.length;
        const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ change) + text.slice(at + 1);
        expect(digestText(other)).not.toBe(digestText(text));
      }),
    ));
  it('is the same whenever it is asked', () => expect(digestText('visit')).toBe(digestText('visit')));
});

describe('the digest of a state whose parts were seen before', () => {
  it('is that of the same state never seen', () => {
    const first = { ...snapshot, tasks: { visit: task, other: { ...task, status: 'open' as const } } };
    digestOf(first);
    const second: Snapshot = { ...first, seq: 5, tasks: { ...first.tasks, other: { ...task, returns: 2 } } };
    expect(digestOf(second)).toBe(digestOf(structuredClone(second)));
    expect(digestOf(second)).not.toBe(digestOf(first));
  });
});

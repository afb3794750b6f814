/** Adjustments of whatever is there, for properties: chosen by numbers, sensible and not. */
import fc from 'fast-check';
import type { Adjustment } from '../../model/adjustment.ts';
import type { Arrival } from '../../model/arrival.ts';
import type { Instant } from '../../model/plan.ts';

const DAY = 86_400_000;
const PEOPLE = ['cadre-1', 'officer-1', 'head-1', 'office-1', 'cadre-2'];

/** What is adjusted is chosen once it is known what there is. */
export interface AdjustmentChoice {
  /** Amendments need a program beside them, and pauses come and go: both have stories of their own. */
  readonly kind: (typeof KINDS)[number];
  readonly one: number;
  readonly other: number;
  readonly days: number;
}

const KINDS = [
  'reassign',
  'delegate',
  'recall',
  'cover',
  'cover',
  'uncover',
  'extend',
  'waive',
  'reopen',
  'reopen',
  'reopen',
  'retract',
  'move',
  'move',
  'withdraw',
  'readmit',
  'assign',
] as const satisfies readonly Adjustment['kind'][];

export const arbitraryChoice: fc.Arbitrary<AdjustmentChoice> = fc.record({
  kind: fc.constantFrom(...KINDS),
  one: fc.nat(20),
  other: fc.nat(4),
  days: fc.integer({ min: 0, max: 12 }),
});

const UNIONS = ['u1', 'u2', 'u3'];

/** As things stand at a union: whose people differ by its number, and which may be paused. */
export const arrivalAt = (to: string, one: number): Arrival => {
  const posts = { 'union-officer': `officer-${to}`, 'union-head': `head-${to}`, office: 'office-1' };
  const theirs = UNIONS.filter((union) => union !== to).flatMap((union) => [`officer-${union}`, `head-${union}`]);
  const gates = Object.fromEntries([0, 2, 4].map((gate) => [`g${gate}`, { version: one, done: one % 4, total: 3, excluded: 0 }]));
  return { posts, left: ['cadre-1', 'officer-1', 'head-1', ...theirs], facts: {}, gates, paused: one % 3 === 0 };
};

/** About one of these tasks, or one of a few people. */
export function adjustmentOf(
  { kind, one, other, days }: AdjustmentChoice,
  { keys, now, submissionOf }: { readonly keys: readonly string[]; readonly now: Instant; submissionOf(key: string): string },
): Adjustment {
  const task = keys[one % keys.length]!;
  const [person, to] = [PEOPLE[one % PEOPLE.length]!, PEOPLE[other]!];
  switch (kind) {
    case 'reassign':
    case 'delegate':
      return { kind, task, to };
    case 'recall':
    case 'waive':
      return { kind, task };
    case 'reopen':
      return { kind, task, ...(other === 0 ? { deadline: now + days * DAY } : {}) };
    case 'retract':
      return { kind, task, submission: submissionOf(task) };
    case 'move':
      return { kind, to: UNIONS[other % UNIONS.length]! };
    case 'withdraw':
    case 'readmit':
      return { kind, cause: 'self' };
    case 'cover': {
      const from = now + (one % 4) * DAY;
      return { kind, person, by: to, ...(one % 4 === 0 ? {} : { from }), until: days === 12 ? null : from + days * DAY };
    }
    case 'assign':
      return {
        ...{ kind, due: now + days * DAY, words: 'w' },
        ...(other === 0 ? {} : { to }),
        ...(one % 3 === 0 ? { review: 'office' } : {}),
        ...(one % 5 === 0 ? { ladder: 'standard' } : {}),
      };
    case 'uncover':
      return { kind, person };
    case 'extend':
      return { kind, of: { task }, deadline: { by: { unit: 'days', count: days - 4 } } };
  }
}

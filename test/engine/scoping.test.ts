/** For whom an adjustment may be asked at all. */
import { describe, expect, it } from 'vitest';
import { refusesScope } from '../../engine/scoping.ts';
import type { Adjustment, AdjustmentScope } from '../../model/adjustment.ts';

const ALL = { all: true } as const;
const UNION = { union: 'union-01' } as const;
const CAMPAIGN = { instance: 'c' } as const;
const ONE_UNION = { instance: 'u/union-01' } as const;
const HOUSEHOLD = { instance: 'h/h-001' } as const;

const codeOf = (adjustment: Adjustment, scope: AdjustmentScope): string | undefined => refusesScope(adjustment, scope)?.code;

describe.each<[Adjustment]>([
  [{ kind: 'reassign', task: 'visit', to: 'head-1' }],
  [{ kind: 'delegate', task: 'visit', to: 'head-1' }],
  [{ kind: 'recall', task: 'visit' }],
  [{ kind: 'waive', task: 'visit' }],
  [{ kind: 'reopen', task: 'visit' }],
  [{ kind: 'retract', task: 'visit', submission: 'form-1' }],
])('what is done to one task: %o', (adjustment) => {
  it('is asked of the instance that has it', () => expect(codeOf(adjustment, HOUSEHOLD)).toBeUndefined());
  it.each([ALL, UNION])('is not asked of many: %o', (scope) => expect(codeOf(adjustment, scope)).toBe('TASK_OF_ONE'));
});

describe('a deadline', () => {
  const later = { kind: 'extend', deadline: { by: { unit: 'days', count: 1 } } } as const;
  it.each([ALL, UNION, HOUSEHOLD])('is moved for anybody who has the task: %o', (scope) => {
    expect(codeOf({ ...later, of: { task: 'visit' } }, scope)).toBeUndefined();
    expect(codeOf({ ...later, of: { all: true } }, scope)).toBeUndefined();
  });
});

describe('whoever is paused, or goes on', () => {
  it.each([
    [ALL, 'run'],
    [UNION, 'union'],
    [CAMPAIGN, 'self'],
    [ONE_UNION, 'self'],
    [HOUSEHOLD, 'self'],
  ] as const)('of %o is so with those whom it is for: %s', (scope, right) => {
    for (const kind of ['pause', 'resume'] as const)
      for (const cause of ['run', 'union', 'self'] as const)
        expect(codeOf({ kind, cause }, scope)).toBe(cause === right ? undefined : 'CAUSE_OF_OTHERS');
  });
});

describe('whoever leaves, or comes back', () => {
  it.each([
    [UNION, 'union'],
    [ONE_UNION, 'self'],
    [HOUSEHOLD, 'self'],
  ] as const)('of %o does so with those whom it is for: %s', (scope, right) => {
    for (const kind of ['withdraw', 'readmit'] as const)
      for (const cause of ['union', 'self'] as const)
        expect(codeOf({ kind, cause }, scope)).toBe(cause === right ? undefined : 'CAUSE_OF_OTHERS');
  });

  it.each([ALL, CAMPAIGN])('is not the campaign: %o', (scope) =>
    expect(codeOf({ kind: 'withdraw', cause: 'self' }, scope)).toBe('NOT_FOR_CAMPAIGN'),
  );
});

describe('an amendment', () => {
  const amend = { kind: 'amend', plan: 'p', programs: {}, timers: 'recompute', initial: {} } as unknown as Adjustment;
  it('is of the run, and of nothing less', () =>
    expect([ALL, UNION, CAMPAIGN].map((scope) => codeOf(amend, scope))).toEqual([
      undefined,
      'AMEND_FOR_EVERYBODY',
      'AMEND_FOR_EVERYBODY',
    ]));
});

describe('an absence', () => {
  it.each<[Adjustment]>([
    [{ kind: 'cover', person: 'cadre-1', by: 'cadre-2', until: null }],
    [{ kind: 'uncover', person: 'cadre-1' }],
  ])('is one everywhere, and nowhere alone: %o', (adjustment) =>
    expect([ALL, UNION, CAMPAIGN, ONE_UNION, HOUSEHOLD].map((scope) => codeOf(adjustment, scope))).toEqual([
      undefined,
      ...['COVER_FOR_EVERYBODY', 'COVER_FOR_EVERYBODY', 'COVER_FOR_EVERYBODY', 'COVER_FOR_EVERYBODY'],
    ]),
  );
});

describe('a move', () => {
  it('is of a household, and of nobody else', () =>
    expect([HOUSEHOLD, ONE_UNION, ALL].map((scope) => codeOf({ kind: 'move', to: 'union-02' }, scope))).toEqual([
      undefined,
      'NOT_A_HOUSEHOLD',
      'NOT_A_HOUSEHOLD',
    ]));
});

describe('an item', () => {
  const assign = { kind: 'assign', due: 1, words: 'w' } as const;
  it('is assigned to one', () =>
    expect([CAMPAIGN, ONE_UNION, HOUSEHOLD, UNION].map((scope) => codeOf(assign, scope))).toEqual([
      ...[undefined, undefined, undefined],
      'ASSIGN_TO_ONE',
    ]));
});

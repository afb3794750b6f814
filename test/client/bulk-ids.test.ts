/** What makes two bulks the same, and two commands: ids and hashes are made of what is asked and of what it does. */
import { describe, expect, it } from 'vitest';
import { type BulkItem, bulkIdOf, type BulkSeen, commandIdOf, hashOfBulk } from '../../client/bulk.ts';

const ITEM: BulkItem = {
  for: { instance: 'h/h-001' },
  adjustment: { kind: 'reassign', task: 'visit', to: 'cadre-2' },
  reason: 'as decided',
};
const SEEN: BulkSeen = {
  state: 'previewed',
  touched: [{ instance: 'h/h-001', union: 'union-01', digest: 'd', differences: [], posts: [], stands: [] }],
};
const REFUSED: BulkSeen = { state: 'refused', refusal: { code: 'HOLDS_ALREADY', message: '', remedy: '' } };
interface Hashed {
  readonly item?: Partial<BulkItem>;
  readonly author?: string;
  readonly seen?: BulkSeen;
}
const hashed = (...items: readonly Hashed[]) =>
  hashOfBulk(items.map(({ item, author = 'office-1', seen = SEEN }) => ({ ...ITEM, ...item, author, seen })));

describe('the id of a bulk', () => {
  it('is the one that was given', () => expect(bulkIdOf({ id: 'week-43', expect: 'abc' })).toBe('week-43'));
  it('is otherwise made of what was agreed to', () =>
    expect(bulkIdOf({ expect: 'a'.repeat(64) })).toBe(`bulk-${'a'.repeat(16)}`));
  it('is one of its own where nothing was agreed to', () => expect(bulkIdOf({})).not.toBe(bulkIdOf({})));
});

describe('the id of a command', () => {
  it('is the same for the same thing asked in the same bulk, whatever the reason', () =>
    expect(commandIdOf('b', { ...ITEM, reason: 'otherwise' })).toBe(commandIdOf('b', ITEM)));

  it.each([
    ['of whom', { for: { instance: 'h/h-002' } }],
    ['what', { adjustment: { kind: 'recall', task: 'visit' } }],
    ['by whom', { person: 'head-1' }],
  ] as const)('is another when it says otherwise %s', (_what, changes) =>
    expect(commandIdOf('b', { ...ITEM, ...changes })).not.toBe(commandIdOf('b', ITEM)),
  );

  it('is another in another bulk', () => expect(commandIdOf('c', ITEM)).not.toBe(commandIdOf('b', ITEM)));
  it('is the one under which it was asked before', () => expect(commandIdOf('c', { ...ITEM, command: 'b|1' })).toBe('b|1'));
  it('is short enough for every instance to take', () => expect(commandIdOf(bulkIdOf({}), ITEM).length).toBeLessThan(200));
});

describe('the hash of a bulk', () => {
  it('does not depend on what is done already', () =>
    expect(hashed({ item: { for: { all: true } }, seen: { state: 'done', adjusted: 1 } }, {})).toBe(hashed({})));

  it.each<[what: string, one: readonly Hashed[], other: readonly Hashed[]]>([
    ['the order', [{}, { seen: REFUSED }], [{ seen: REFUSED }, {}]],
    ['who does it', [{}], [{ author: 'head-1' }]],
    ['what is asked', [{}], [{ item: { adjustment: { kind: 'recall', task: 'visit' } } }]],
    ['whether it is refused', [{}], [{ seen: REFUSED }]],
    ['what it does', [{}], [{ seen: { state: 'previewed', touched: [] } }]],
  ])('depends on %s', (_what, one, other) => expect(hashed(...one)).not.toBe(hashed(...other)));
});

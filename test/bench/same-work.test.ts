import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../bench/same-work.ts';
import type { Volume } from '../../store/volume.ts';

const WORKED: Volume = {
  instance: 'h/1',
  status: 'closed',
  flushes: 7,
  tasks: 5,
  doneTasks: 5,
  audit: 17,
  outbox: 5,
  commands: 6,
  bytes: 10_000,
};

function differences({
  engine,
  reference = [WORKED],
}: {
  engine: readonly Volume[];
  reference?: readonly Volume[];
}): readonly string[] {
  return differencesOf({ engine: { volumes: engine }, reference: { volumes: reference } }, { households: 1, tasks: 5 });
}

describe('two sides that wrote the same', () => {
  it('did the same work', () => expect(differences({ engine: [WORKED] })).toEqual([]));
  it('may differ by a few bytes', () => expect(differences({ engine: [{ ...WORKED, bytes: 10_300 }] })).toEqual([]));
});

describe('two sides that did different work', () => {
  it('are told apart by a missing row, which is named with its household', () =>
    expect(differences({ engine: [{ ...WORKED, audit: 16 }] })).toEqual(['h/1: audit 16 and 17']));
  it('are told apart by what is still open, even on both sides alike', () => {
    const open = { ...WORKED, status: 'open' };
    expect(differences({ engine: [open], reference: [open] })).toEqual([
      '1 households of the engine were not worked through and closed, h/1 first',
      '1 households of the reference were not worked through and closed, h/1 first',
    ]);
  });
  it('are told apart by a household that is missing', () =>
    expect(differences({ engine: [] })).toContain('the engine has 0 households of 1'));
  it('are told apart by rows of another size', () =>
    expect(differences({ engine: [{ ...WORKED, bytes: 12_000 }] })).toEqual([
      "the engine's rows have 1.200 times the bytes of the reference's",
    ]));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../model/canonical.ts';

describe('the canonical text of a value', () => {
  it('has its keys in order at every depth', () =>
    expect(canonicalJson({ b: 1, a: { d: [{ z: 1, y: 2 }], c: null } })).toBe('{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}'));
  it('orders keys by code unit, not by language', () =>
    expect(canonicalJson({ é: 1, z: 2, Z: 3, 一: 4 })).toBe('{"Z":3,"z":2,"é":1,"一":4}'));
  it('leaves out members that are undefined', () => expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}'));
  it('keeps members that are null', () => expect(canonicalJson({ a: null })).toBe('{"a":null}'));
  it('keeps lists in their order', () => expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]'));
  it('has null for an item that is undefined, as JSON has', () => expect(canonicalJson([undefined, 1])).toBe('[null,1]'));
  it('escapes text as JSON does', () => expect(canonicalJson('他说"好"\n')).toBe(JSON.stringify('他说"好"\n')));
  it('reads back as the same value', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));
  it('is the same for members in another order', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value));
      }),
    ));
  it('differs when the value does', () => expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 })));
});

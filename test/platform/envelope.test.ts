import { describe, expect, it } from 'vitest';
import { blindIndex, blindIndexes, createDataKey, open, seal, unwrapKey, wrapKey } from '../../platform/envelope.ts';
import { newKeyText, parseKeyRing } from '../../platform/keys.ts';

const PLACE = ['submissions', 'run-1', 's-1', 'sealed'];
const first = newKeyText('first');
const second = newKeyText('second');
const ring = parseKeyRing(first, 'the test');
const rotated = parseKeyRing(`${second},${first}`, 'the test');
const other = parseKeyRing(second, 'the test');

const unreadable = expect.objectContaining({ code: 'SEALED_VALUE_UNREADABLE' });

describe('a sealed value', () => {
  const dataKey = createDataKey();
  const sealed = seal(dataKey, '患有重病', PLACE);

  it('opens to what was sealed', () => expect(open(dataKey, sealed, PLACE).toString('utf8')).toBe('患有重病'));

  it('does not show what was sealed', () => expect(sealed.includes(Buffer.from('患有', 'utf8'))).toBe(false));

  it('is another text each time, so that equal values cannot be told', () =>
    expect(seal(dataKey, '患有重病', PLACE).equals(sealed)).toBe(false));

  it('opens also when it is empty', () => expect(open(dataKey, seal(dataKey, '', PLACE), PLACE)).toHaveLength(0));

  it('does not open with another key', () => expect(() => open(createDataKey(), sealed, PLACE)).toThrow(unreadable));

  it('does not open in another row', () =>
    expect(() => open(dataKey, sealed, ['submissions', 'run-1', 's-2', 'sealed'])).toThrow(unreadable));

  it('does not open in a place that only reads the same when joined', () =>
    expect(() => open(dataKey, sealed, ['submissions', 'run-1s-1', '', 'sealed'])).toThrow(unreadable));

  it('does not open when any one byte of it was changed', () => {
    for (const index of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => open(dataKey, changed, PLACE), `byte ${index}`).toThrow(unreadable);
    }
  });

  it.each([0, 1, 28])('does not open when only %i bytes are left of it', (length) =>
    expect(() => open(dataKey, sealed.subarray(0, length), PLACE)).toThrow(unreadable),
  );
});

describe('a wrapped data key', () => {
  const dataKey = createDataKey();
  const wrapped = wrapKey(ring, dataKey, PLACE);

  it('unwraps to the data key', () => expect(unwrapKey(ring, wrapped, PLACE)).toEqual(dataKey));

  it('still unwraps when a newer master key is current', () => expect(unwrapKey(rotated, wrapped, PLACE)).toEqual(dataKey));

  it('names the master key that is missing', () =>
    expect(() => unwrapKey(other, wrapped, PLACE)).toThrow(
      expect.objectContaining({ code: 'KEY_UNKNOWN', message: expect.stringContaining(ring.current.id) }),
    ));

  it('does not unwrap with another key under the same id', () => {
    const impostor = parseKeyRing(`${ring.current.id}:${createDataKey().toString('base64')}`, 'the test');
    expect(() => unwrapKey(impostor, wrapped, PLACE)).toThrow(unreadable);
  });
});

describe('a blind index', () => {
  it('is the same for the same value', () =>
    expect(blindIndex(ring, 'id-number', '1')).toEqual(blindIndex(ring, 'id-number', '1')));

  it('differs between labels', () => expect(blindIndex(ring, 'id-number', '1')).not.toEqual(blindIndex(ring, 'phone', '1')));

  it('differs between keys', () => expect(blindIndex(ring, 'id-number', '1')).not.toEqual(blindIndex(other, 'id-number', '1')));

  it('can be made for an earlier key, to find what that key indexed', () =>
    expect(blindIndexes(rotated, 'id-number', '1')).toContainEqual(blindIndex(ring, 'id-number', '1')));
});

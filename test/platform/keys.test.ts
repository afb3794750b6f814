import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newKeyText, parseKeyRing, readKeyRing } from '../../platform/keys.ts';

const invalid = (text: string) => expect.objectContaining({ code: 'KEYS_INVALID', message: expect.stringContaining(text) });

describe('SHIGEYI_KEYS', () => {
  const first = newKeyText('a');
  const second = newKeyText('b');

  it('names the current key first', () => expect(`${parseKeyRing(`${second},${first}`, 'X').current.id}`).toMatch(/^b-/));

  it('finds every key by its id', () => {
    const ring = parseKeyRing(`${second},${first}`, 'X');
    expect(ring.get(first.split(':')[0] ?? '')?.key.toString('base64')).toBe(first.split(':')[1]);
  });

  it('finds nothing under an unknown id', () => expect(parseKeyRing(first, 'X').get('nobody')).toBeUndefined());

  it.each([
    ['a key that is too short', 'k1:c2hvcnQ='],
    ['a key that is not base64', `k1:${'!'.repeat(44)}`],
    ['a missing id', Buffer.alloc(32, 7).toString('base64')],
    ['an empty entry', `${first},`],
  ])('is refused with %s, with the place of the entry', (_, text) =>
    expect(() => parseKeyRing(text, 'SHIGEYI_KEYS')).toThrow(invalid('of SHIGEYI_KEYS')),
  );

  it('is refused with a key of equal bytes, which nobody drew at random', () =>
    expect(() => parseKeyRing(`k1:${Buffer.alloc(32).toString('base64')}`, 'X')).toThrow(invalid('no random key')));

  it('is refused with one id for two keys', () => {
    const twice = `k1:${first.split(':')[1]},k1:${second.split(':')[1]}`;
    expect(() => parseKeyRing(twice, 'X')).toThrow(invalid('twice'));
  });

  it('is never quoted in an error', () => {
    const secret = `${'A'.repeat(20)}${'b'.repeat(20)}`;
    expect(() => parseKeyRing(`k1:${secret}`, 'X')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});

describe('the development key', () => {
  let dataDir: string;
  beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'shigeyi-keys-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once and then kept', () => expect(readKeyRing({ dataDir }).current).toEqual(readKeyRing({ dataDir }).current));

  it('is readable by its owner alone', () => {
    readKeyRing({ dataDir });
    expect(statSync(join(dataDir, 'keys', 'dev.key')).mode & 0o777).toBe(0o600);
  });

  it('is not made where keys are given', () => {
    readKeyRing({ dataDir, keys: newKeyText('a') });
    expect(() => statSync(join(dataDir, 'keys'))).toThrow('ENOENT');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birthOf, checkCharacterOf, checkIdNumber, sexOf } from '../../model/id-number.ts';

const asOf = '2020-10-13';
const numbered = (digits: string): string => digits + checkCharacterOf(digits);

describe('an identity number', () => {
  // The two examples printed in GB 11643-1999.
  it.each(['11010519491231002X', '440524188001010014'])('is accepted when it is the standard’s own example %s', (text) =>
    expect(checkIdNumber(text, { asOf })).toBeUndefined(),
  );
  it('is refused with a wrong check character', () =>
    expect(checkIdNumber('110105194912310021', { asOf })).toBe('wrong check character'));
  it('is refused when 31 February is the birth date', () =>
    expect(checkIdNumber(numbered('99999919700231001'), { asOf })).toBe('no such birth date'));
  it('is refused when born after the day asked about', () =>
    expect(checkIdNumber(numbered('99999920201014001'), { asOf })).toBe('born in the future'));
  it('is accepted when born on that day', () => expect(checkIdNumber(numbered('99999920201013001'), { asOf })).toBeUndefined());
  it.each(['', '1101051949123100', '11010519491231002x', ' 11010519491231002X', '01010519491231002X', '１1010519491231002X'])(
    'is refused when the text is %j',
    (text) => expect(checkIdNumber(text, { asOf })).toBe('not 18 characters'),
  );
  it('tells the sex by the seventeenth digit', () =>
    expect([sexOf('11010519491231002X'), sexOf('440524188001010014')]).toEqual(['female', 'male']));
  it('tells the birth date', () => expect(birthOf('11010519491231002X')).toBe('1949-12-31'));
  it('does not survive one changed digit', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (order, place, by) => {
          const good = numbered(`99999919700315${String(order).padStart(3, '0')}`);
          const changed = good.slice(0, place) + ((Number(good[place]) + by) % 10) + good.slice(place + 1);
          expect(checkIdNumber(changed, { asOf })).toBeDefined();
        },
      ),
    ));
});

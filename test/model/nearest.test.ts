import { describe, expect, it } from 'vitest';
import { findNearest } from '../../model/nearest.ts';
import { parsePhone } from '../../model/phone.ts';

describe('the nearest word', () => {
  it('is the one that differs by a slip', () => expect(findNearest('visitDat', ['visitDate', 'content'])).toBe('visitDate'));
  it('is the one with two letters the other way round, also when it is short', () =>
    expect(findNearest('awrm', ['warm', 'cold'])).toBe('warm'));
  it('is the one that holds it', () => expect(findNearest('姓名', ['身份证号码', '户主姓名'])).toBe('户主姓名'));
  it('is nothing when all are far', () => expect(findNearest('salary', ['visitDate', 'content'])).toBeUndefined());
  it('is nothing for one foreign letter', () => expect(findNearest('x', ['a', 'b'])).toBeUndefined());
});

describe('a telephone number', () => {
  it.each(['13900000000', '10000000001', '0913-2000000', '02988888888', '0913-2000000-801'])('has the shape of %s', (text) =>
    expect(parsePhone(text)).toBe(text),
  );
  it('loses its spaces and full-width digits', () => expect(parsePhone('１39 0000 0000')).toBe('13900000000'));
  it.each(['', '1390000000', '139000000000', '23900000000', '10086', 'phone'])('has not the shape of %j', (text) =>
    expect(parsePhone(text)).toBeUndefined(),
  );
});

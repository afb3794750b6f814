import { describe, expect, it } from 'vitest';
import { FORM_LIMITS } from '../../forms/limits.ts';
import { accept, cell, choice, faultsOf, form, issuesOf, judge, TODAY } from './builders.ts';

describe('a text', () => {
  it('loses the space around it and runs of space in it', () => expect(judge(cell(), '  社区\n 服务  ')).toBe('社区 服务'));
  it('keeps its lines when it is long', () => expect(judge(cell({ type: 'long-text' }), '一\r\n二')).toBe('一\n二'));
  it('is refused beyond its length', () => expect(judge(cell(), 'x'.repeat(FORM_LIMITS.text + 1))).toBe('TEXT_TOO_LONG'));
  it('may be longer when it is long', () =>
    expect(judge(cell({ type: 'long-text' }), 'x'.repeat(FORM_LIMITS.longText))).toHaveLength(FORM_LIMITS.longText));
  it('is refused with a null character, which Postgres cannot keep', () =>
    expect(judge(cell(), 'a\u0000b')).toBe('UNPRINTABLE_TEXT'));
  it('is refused with half a character', () => expect(judge(cell(), 'a\ud83d')).toBe('UNPRINTABLE_TEXT'));
  it('is no number', () => expect(judge(cell(), 5)).toBe('WRONG_TYPE'));
});

describe('a number', () => {
  it('is no text', () => expect(judge(cell({ type: 'number' }), '5')).toBe('WRONG_TYPE'));
  it('is finite', () => expect(judge(cell({ type: 'number' }), Number.NaN)).toBe('WRONG_TYPE'));
  it('is whole when it is an integer', () =>
    expect([judge(cell({ type: 'integer' }), 5), judge(cell({ type: 'integer' }), 5.5)]).toEqual([5, 'WRONG_TYPE']));
  it('keeps to its bounds, both included', () => {
    const bounded = cell({ type: 'integer', min: 1, max: 3 });
    expect([0, 1, 3, 4].map((given) => judge(bounded, given))).toEqual(['NUMBER_OUT_OF_RANGE', 1, 3, 'NUMBER_OUT_OF_RANGE']);
  });
  it('has at most two decimals when it is money', () =>
    expect([1234.56, 1234.567, 0.1].map((given) => judge(cell({ type: 'money' }), given))).toEqual([
      1234.56,
      'TOO_MANY_DECIMALS',
      0.1,
    ]));
  it('is never minus zero', () => expect(Object.is(judge(cell({ type: 'integer' }), -0), 0)).toBe(true));
});

describe('a date', () => {
  const at = (dates: 'past' | 'future' | undefined, given: unknown) =>
    judge(cell({ type: 'date', ...(dates && { dates }) }), given);

  it.each(['2020-02-30', '2020-2-3', '2021-02-29', '0020-10-22', 'yesterday', 20201022])('is refused as %j', (given) =>
    expect(at(undefined, given)).toBe('NO_SUCH_DATE'),
  );
  it('of the past may be today', () => expect(at('past', TODAY)).toBe(TODAY));
  it('of the past may not be tomorrow', () => expect(at('past', '2020-10-23')).toBe('DATE_OUT_OF_RANGE'));
  it('of the future may be today', () => expect(at('future', TODAY)).toBe(TODAY));
  it('of the future may not be yesterday', () => expect(at('future', '2020-10-21')).toBe('DATE_OUT_OF_RANGE'));
  it('of the future may be the campaign’s last day', () => expect(at('future', '2020-12-31')).toBe('2020-12-31'));
  it('of the future may not be a day later', () => expect(at('future', '2021-01-01')).toBe('DATE_OUT_OF_RANGE'));
  it('may be a month', () => expect(judge(cell({ type: 'year-month' }), '1968-04')).toBe('1968-04'));
  it('may not be a thirteenth month', () => expect(judge(cell({ type: 'year-month' }), '1968-13')).toBe('NO_SUCH_DATE'));
  it('compares months with the month of today', () =>
    expect(['2020-10', '2020-11'].map((given) => judge(cell({ type: 'year-month', dates: 'past' }), given))).toEqual([
      '2020-10',
      'DATE_OUT_OF_RANGE',
    ]));
});

describe('a choice', () => {
  it('is one of its members', () => expect(judge(choice(), 'lifted')).toBe('lifted'));
  it('suggests the member that was meant', () =>
    expect(issuesOf(form(choice()), { field: 'relievd' })[0]?.hint).toMatch(/^did you mean 'relieved'\?/));
  it('takes words beside "other" where it takes free text', () =>
    expect(judge(choice({ freeText: true }), { choice: 'other', text: ' 医疗保障 ' })).toEqual({
      choice: 'other',
      text: '医疗保障',
    }));
  it('may be "other" without words', () =>
    expect(judge(choice({ freeText: true }), { choice: 'other', text: '' })).toBe('other'));
  it('takes no words beside another member', () =>
    expect(judge(choice({ freeText: true }), { choice: 'lifted', text: 'x' })).toBe('FREE_TEXT_NOT_TAKEN'));
  it('takes no words where free text is not offered', () =>
    expect(judge(choice(), { choice: 'other', text: 'x' })).toBe('FREE_TEXT_NOT_TAKEN'));
  it('takes nothing else beside it', () =>
    expect(judge(choice({ freeText: true }), { choice: 'other', text: 'x', more: 1 })).toBe('WRONG_TYPE'));
});

describe('choices', () => {
  const several = choice({ type: 'choices' });
  it('are kept in the order of the form', () => expect(judge(several, ['other', 'lifted'])).toEqual(['lifted', 'other']));
  it('are each named once', () => expect(judge(several, ['lifted', 'lifted'])).toBe('REPEATED_CHOICE'));
  it('are all members', () => expect(judge(several, ['lifted', 'x'])).toBe('UNKNOWN_CHOICE'));
  it('are a list', () => expect(judge(several, 'lifted')).toBe('WRONG_TYPE'));
  it('are blank when the list is empty', () => expect(judge({ ...several, required: true }, [])).toBe('ANSWER_REQUIRED'));
});

describe('yes or no', () => {
  it('is a boolean', () =>
    expect([true, false].map((given) => judge(cell({ type: 'yes-no', required: true }), given))).toEqual([true, false]));
  it('is no text', () => expect(judge(cell({ type: 'yes-no' }), 'yes')).toBe('WRONG_TYPE'));
});

describe('a telephone or identity number', () => {
  it('is kept in one shape', () => expect(judge(cell({ type: 'phone' }), '１39 0000 0000')).toBe('13900000000'));
  it('is refused when nobody could be called', () => expect(judge(cell({ type: 'phone' }), '12345')).toBe('NO_PHONE_NUMBER'));
  it('is kept with a capital X', () =>
    expect(judge(cell({ type: 'id-number' }), '11010519491231002x')).toBe('11010519491231002X'));
  it('is refused with the reason, without the number', () => {
    const issues = issuesOf(form(cell({ type: 'id-number', privacy: 'sensitive' })), { field: '110105194912310021' });
    expect(issues).toMatchObject([{ code: 'NO_ID_NUMBER', message: expect.stringContaining('wrong check character') }]);
    expect(JSON.stringify(issues)).not.toContain('110105194912310021');
  });
});

describe('a person', () => {
  const cadre = cell({ type: 'person', role: 'cadre', union: 'own' });
  it('is in the roster', () =>
    expect([judge(cadre, 'cadre-1'), judge(cadre, 'nobody'), judge(cadre, 'constructor')]).toEqual([
      'cadre-1',
      'UNKNOWN_PERSON',
      'UNKNOWN_PERSON',
    ]));
  it('has the role asked for', () =>
    expect(judge(cell({ type: 'person', role: 'union-head' }), 'cadre-1')).toBe('PERSON_LACKS_ROLE'));
  it('belongs to one’s own union where that is asked', () => expect(judge(cadre, 'cadre-2')).toBe('PERSON_OF_WRONG_UNION'));
  it('belongs to the federation where the campaign asks for its own', () =>
    expect(judge(cell({ type: 'person', union: 'own' }), 'office-1', { union: null })).toBe('office-1'));
  it('does not inspect their own union', () => {
    const inspected = form(cell({ id: 'union', type: 'union' }), cell({ id: 'by', type: 'person', union: { not: 'union' } }));
    expect(faultsOf(inspected, { union: 'union-1', by: 'cadre-1' })).toEqual(['PERSON_OF_WRONG_UNION by']);
    expect(faultsOf(inspected, { union: 'union-2', by: 'cadre-1' })).toEqual([]);
  });
});

describe('a union', () => {
  it('is in the roster', () =>
    expect([judge(cell({ type: 'union' }), 'union-2'), judge(cell({ type: 'union' }), 'x')]).toEqual([
      'union-2',
      'UNKNOWN_UNION',
    ]));
});

describe('evidence', () => {
  const evidence = cell({ type: 'evidence', required: true });
  it('is a list of references, each once', () =>
    expect(judge(evidence, ['照片-1', ' 照片-1 ', 'minutes.pdf'])).toEqual(['照片-1', 'minutes.pdf']));
  it('is not empty', () => expect(judge(evidence, [])).toBe('ANSWER_REQUIRED'));
  it.each([[['']], [[5]], ['photo'], [['x'.repeat(FORM_LIMITS.reference + 1)]]])('is refused as %j', (given) =>
    expect(judge(evidence, given)).toBe('WRONG_TYPE'),
  );
  it('has a limit', () =>
    expect(
      judge(
        evidence,
        Array.from({ length: FORM_LIMITS.evidence + 1 }, (_, at) => `photo-${at}`),
      ),
    ).toBe('TOO_MUCH_EVIDENCE'));
});

describe('evidence of which there are so many', () => {
  const three = cell({ type: 'evidence', atLeast: 2, atMost: 3 });
  it.each([
    [['a', 'a'], 'TOO_LITTLE_EVIDENCE'],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [['a', 'b', 'c', 'd'], 'TOO_MUCH_EVIDENCE'],
    [[], null],
  ])('takes %j for %j', (given, kept) => expect(judge(three, given)).toEqual(kept));
});

describe('a photo', () => {
  const photo = cell({ type: 'photo', required: true });
  it('is a list of references to pictures', () =>
    expect(judge(photo, ['visits/1.JPG', '门口.heic'])).toEqual(['visits/1.JPG', '门口.heic']));
  it.each([[['minutes.pdf']], [['a.jpg', 'jpg']], [['a.jpg.exe']]])('is refused as %j', (given) =>
    expect(judge(photo, given)).toBe('NOT_A_PICTURE'),
  );
});

describe('a file', () => {
  it('is a list of references of any kind', () =>
    expect(judge(cell({ type: 'file' }), ['minutes.pdf', 'archive-7'])).toEqual(['minutes.pdf', 'archive-7']));
});

describe('a text with a bound of its own', () => {
  it.each([
    ['text', '一二三', '一二三'],
    ['text', '一二三四', 'TEXT_TOO_LONG'],
    ['long-text', '一二三四', 'TEXT_TOO_LONG'],
  ] as const)('takes in a %s %s for %s', (type, given, kept) => expect(judge(cell({ type, atMost: 3 }), given)).toBe(kept));
});

describe('a signature', () => {
  const signature = cell({ type: 'signature', role: 'cadre', union: 'own', required: true, fact: 'witness' });
  const by = (author: string, given: unknown) => judge(signature, given, { author });

  it('is a second person and the day they signed', () =>
    expect(by('office-1', { person: 'cadre-1', on: TODAY })).toEqual({ person: 'cadre-1', on: TODAY }));
  it('gives the person as its fact', () =>
    expect(accept(form(signature), { field: { person: 'cadre-1', on: TODAY } }).facts).toEqual({ witness: 'cadre-1' }));
  it('is never of the person who hands the form in', () =>
    expect(by('cadre-1', { person: 'cadre-1', on: TODAY })).toBe('SIGNED_BY_AUTHOR'));
  it.each([
    [{ person: 'office-1', on: TODAY }, 'PERSON_LACKS_ROLE'],
    [{ person: 'cadre-2', on: TODAY }, 'PERSON_OF_WRONG_UNION'],
    [{ person: 'nobody', on: TODAY }, 'UNKNOWN_PERSON'],
    [{ person: 'cadre-1', on: '2020-10-23' }, 'DATE_OUT_OF_RANGE'],
    [{ person: 'cadre-1' }, 'NO_SUCH_DATE'],
    [{ on: TODAY }, 'WRONG_TYPE'],
    [{ person: 'cadre-1', on: TODAY, at: '09:00' }, 'WRONG_TYPE'],
    ['cadre-1', 'WRONG_TYPE'],
    [{ person: null, on: ' ' }, 'ANSWER_REQUIRED'],
    [{}, 'ANSWER_REQUIRED'],
  ])('is refused as %j', (given, code) => expect(by('office-1', given)).toBe(code));
});

import { describe, expect, it } from 'vitest';
import { fictitiousIdNumber } from '../../model/fictitious.ts';
import { ROSTER_LIMITS } from '../../roster/limits.ts';
import { check, faultsOf, REGISTER, withCell, withoutSheet, withRows } from './builders.ts';

describe('a register', () => {
  it('without fault is taken whole', () => {
    const { roster, issues } = check(REGISTER);
    expect(issues).toEqual([]);
    expect([roster.unions.length, roster.people.length, roster.households.length]).toEqual([2, 5, 3]);
  });
  it('becomes entries in the words of the model', () =>
    expect(check(REGISTER).roster.households[2]).toEqual({
      id: 'e-1',
      union: 'union-1',
      enrolment: 'earlier-lifted',
      name: '示例职工e-1',
      sex: 'male',
      bornIn: '1968-04',
      idNumber: fictitiousIdNumber({ bornOn: '1968-04-01', order: 5 }),
      phone: '10000000009',
      filedOn: '2018-03-05',
      fileLevel: 'national',
      hardshipClass: 'deep',
      cause: '因病',
      workplace: '示例单位',
      address: '示例街道 1 号',
      liftedOn: '2019-06-01',
    }));
  it('puts the federation’s people in the federation', () => expect(check(REGISTER).roster.people[4]?.union).toBe('district'));
  it('need not have a sheet of earlier years', () => expect(faultsOf(withoutSheet('earlier'))).toEqual([]));
  it('needs the other sheets, and does not complain of every row for want of one', () => {
    expect(faultsOf(withoutSheet('unions'))).toEqual(['SHEET_MISSING 工会 0']);
    expect(faultsOf(withoutSheet('people'))).toEqual(['SHEET_MISSING 人员 0']);
    expect(faultsOf(withoutSheet('households'))).toEqual(['SHEET_MISSING 困难职工 0']);
  });
  it('is refused when a sheet has a heading and nothing else', () =>
    expect(faultsOf(withRows('households', REGISTER.households.slice(0, 1)))).toEqual(['ROSTER_EMPTY 困难职工 0']));
  it('tells all faults of all sheets at once, and keeps the other rows', () => {
    const texts = {
      ...withCell({ sheet: 'people', line: 6, column: '电话' }, '123'),
      earlier: withCell({ sheet: 'earlier', line: 2, column: '性别' }, '?').earlier,
    };
    expect(faultsOf(texts)).toEqual(['NO_PHONE_NUMBER 人员 6 电话', 'BAD_CHOICE 历年脱困 2 性别']);
    expect(check(texts).roster.people.map(({ id }) => id)).toEqual(['head-1', 'officer-1', 'head-2', 'officer-2']);
  });
  it('tells every fault of one row', () => {
    const row = ['H 1', 'union-1', '', 'x', '1968', '123', '12', '2018-02-30', '?', '?', '', '', ''];
    const codes = check(withRows('households', [...REGISTER.households, row])).issues.map(({ code, line }) => `${code} ${line}`);
    expect(codes).toEqual([
      'BAD_ID 4',
      'CELL_REQUIRED 4',
      'BAD_CHOICE 4',
      'NO_SUCH_DATE 4',
      'NO_ID_NUMBER 4',
      'NO_PHONE_NUMBER 4',
      'NO_SUCH_DATE 4',
      'BAD_CHOICE 4',
      'BAD_CHOICE 4',
      'CELL_REQUIRED 4',
      'CELL_REQUIRED 4',
    ]);
  });
  it('tells no more issues than anybody reads, and counts the rest', () => {
    const rows = Array.from({ length: ROSTER_LIMITS.issues + 5 }, () => ['', '', '']);
    const { issues } = check(withRows('unions', [...REGISTER.unions, ...rows.map(() => ['X', '示例', '镇街'])]));
    expect(issues).toHaveLength(ROSTER_LIMITS.issues + 1);
    expect(issues.at(-1)).toMatchObject({ code: 'MORE_ISSUES', message: 'there are 5 more issues' });
  });
});

function orphans(): readonly string[] {
  return [
    ...[2, 3, 4, 5].map((line) => `UNION_NOT_TAKEN 人员 ${line}`),
    'UNION_NOT_TAKEN 困难职工 2',
    'UNION_NOT_TAKEN 困难职工 3',
    'UNION_NOT_TAKEN 历年脱困 2',
  ];
}

describe('headings', () => {
  const moved = (rows: readonly (readonly string[])[]) => rows.map((row) => row.toReversed());

  it('may stand in any order', () => expect(check(withRows('people', moved(REGISTER.people)))).toEqual(check(REGISTER)));
  it('may be English', () => {
    const headings = [
      'id',
      'union',
      'name',
      'sex',
      'bornIn',
      'idNumber',
      'phone',
      'filedOn',
      'fileLevel',
      'hardshipClass',
      'cause',
      'workplace',
      'address',
    ];
    expect(check(withRows('households', [headings, ...REGISTER.households.slice(1)]))).toEqual(check(REGISTER));
  });
  it('may have spaces, a star or a colon', () => {
    const headings = REGISTER.unions[0]!.map((heading) => ` *${heading[0]} ${heading.slice(1)}：`);
    expect(check(withRows('unions', [headings, ...REGISTER.unions.slice(1)]))).toEqual(check(REGISTER));
  });
  it('must all be there, except of cells that may be blank', () => {
    const without = (column: string) => {
      const place = REGISTER.people[0]!.indexOf(column);
      return faultsOf(
        withRows(
          'people',
          REGISTER.people.map((row) => row.toSpliced(place, 1)),
        ),
      );
    };
    expect(without('岗位')).toEqual(['HEADING_MISSING 人员 1 岗位']);
    expect(without('职务')).toEqual([]);
  });
  it('must be known; the nearest is suggested', () => {
    const { issues } = check(
      withRows(
        'unions',
        REGISTER.unions.map((row, index) => [...row, index === 0 ? '工会名称' : 'x']),
      ),
    );
    expect(issues).toMatchObject([{ code: 'HEADING_UNKNOWN', line: 1, column: 'D', hint: "did you mean '名称'?" }]);
  });
  it('stand once', () => {
    const doubled = REGISTER.unions.map((row) => [...row, row[1]!]);
    expect(faultsOf(withRows('unions', doubled))).toEqual(['HEADING_REPEATED 工会 1 名称']);
  });
  it('are asked for once when the first row stands in their place, without repeating it', () => {
    const { issues } = check(withRows('households', REGISTER.households.slice(1)));
    expect(issues.map(({ code }) => code)).toEqual(['HEADING_MISSING']);
    expect(JSON.stringify(issues)).not.toMatch(/示例职工|\d{17}/);
  });
});

describe('a cell', () => {
  const household = (column: string, text: string) => faultsOf(withCell({ sheet: 'households', line: 2, column }, text));

  it.each(['', '  ', '\u3000', '\ufeff'])('is refused when it is required and says %j', (text) =>
    expect(household('家庭地址', text)).toEqual(['CELL_REQUIRED 困难职工 2 家庭地址']),
  );
  it.each(['联系电话', '工作单位'])('may be blank under %s', (column) => expect(household(column, '')).toEqual([]));
  it('is refused when it is longer than any entry', () =>
    expect(household('致困原因', '长'.repeat(ROSTER_LIMITS.text + 1))).toEqual(['CELL_TOO_LONG 困难职工 2 致困原因']));
  it.each(['a\u0000b', '#REF!', 'a\ud83d', '\ufffd'])('is refused as %j', (text) =>
    expect(household('致困原因', text)).toEqual(['CELL_UNPRINTABLE 困难职工 2 致困原因']),
  );
  it.each(['H-1', '-h', 'h_1', '职工', 'h'.repeat(41)])('is no id as %j', (text) =>
    expect(household('编号', text)).toEqual(['BAD_ID 困难职工 2 编号']),
  );
  it('may be a choice by its English id', () => expect(household('困难类别', 'sudden')).toEqual([]));
  it('is refused as a date that does not exist', () =>
    expect(household('建档时间', '2019-02-29')).toEqual(['NO_SUCH_DATE 困难职工 2 建档时间']));
  it('is refused as a date after the day of reading', () => {
    expect(household('建档时间', '2020-10-14')).toEqual(['DATE_IN_FUTURE 困难职工 2 建档时间']);
    expect(household('建档时间', '2020-10-13')).toEqual([]);
  });
  it('is refused as a telephone number of another shape', () =>
    expect(household('联系电话', '12345')).toEqual(['NO_PHONE_NUMBER 困难职工 2 联系电话']));
});

describe('a household', () => {
  const number = (bornOn: string, order: number) => fictitiousIdNumber({ bornOn, order });
  const numbered = (text: string) => faultsOf(withCell({ sheet: 'households', line: 2, column: '身份证号码' }, text));

  it('has an identity number with its check character', () =>
    expect(numbered('999999196804010010')).toEqual(['NO_ID_NUMBER 困难职工 2 身份证号码']));
  it('was not born after the day of reading', () =>
    expect(numbered(number('2020-10-14', 1))).toEqual(['NO_ID_NUMBER 困难职工 2 身份证号码']));
  it('may have a small x and full-width digits in its number', () => {
    const text = number('1968-04-01', 999);
    expect(numbered(text.toLowerCase().replace('9', '９'))).toEqual([]);
  });
  it('has the sex of its number', () => expect(numbered(number('1968-04-01', 2))).toEqual(['SEX_DISAGREES 困难职工 2 性别']));
  it('has the month of birth of its number', () =>
    expect(numbered(number('1968-05-01', 1))).toEqual(['BIRTH_DISAGREES 困难职工 2 出生年月']));
  it('was lifted after it was filed', () =>
    expect(faultsOf(withCell({ sheet: 'earlier', line: 2, column: '脱困时间' }, '2018-03-04'))).toEqual([
      'LIFTED_BEFORE_FILED 历年脱困 2 脱困时间',
    ]));
  it('has a number of its own', () => {
    const { issues, roster } = check(withCell({ sheet: 'households', line: 3, column: '身份证号码' }, number('1968-04-01', 1)));
    expect(issues).toMatchObject([{ code: 'DUPLICATE_ID_NUMBER', line: 3, message: expect.stringContaining('line 2') }]);
    expect(roster.households.map(({ id }) => id)).toEqual(['h-1', 'e-1']);
  });
  it('is not at once on file and lifted in an earlier year', () =>
    expect(check(withCell({ sheet: 'earlier', line: 2, column: '身份证号码' }, number('1968-04-01', 1))).issues).toMatchObject([
      { code: 'DUPLICATE_ID_NUMBER', sheet: '历年脱困', line: 2, message: expect.stringContaining('line 2 of 困难职工') },
    ]));
  it('has an id of its own, across both sheets', () =>
    expect(faultsOf(withCell({ sheet: 'earlier', line: 2, column: '编号' }, 'h-1'))).toEqual(['DUPLICATE_ID 历年脱困 2 编号']));
  it('belongs to a union of the register', () => {
    expect(faultsOf(withCell({ sheet: 'households', line: 2, column: '建档工会' }, 'union-9'))).toEqual([
      'UNKNOWN_UNION 困难职工 2 建档工会',
    ]);
    expect(faultsOf(withCell({ sheet: 'households', line: 2, column: '建档工会' }, 'district'))).toEqual([
      'UNKNOWN_UNION 困难职工 2 建档工会',
    ]);
  });
});

describe('a union', () => {
  it('has an id of its own', () =>
    expect(faultsOf(withCell({ sheet: 'unions', line: 3, column: '编号' }, 'union-1'))[0]).toBe('DUPLICATE_ID 工会 3 编号'));
  it('is not called as the federation is', () => {
    const texts = { ...REGISTER, unions: [...REGISTER.unions, ['district', '示例', '镇街']] };
    expect(faultsOf(texts)[0]).toBe('BAD_ID 工会 4 编号');
  });
  it('needs a head and an officer', () => {
    const texts = withRows(
      'people',
      REGISTER.people.filter((_, index) => index !== 3 && index !== 4),
    );
    expect(faultsOf(texts)).toEqual(['UNION_WITHOUT_HEAD 工会 3', 'UNION_WITHOUT_OFFICER 工会 3']);
  });
  it('is not taken without them, nor is anybody who belongs to it', () => {
    const texts = withCell({ sheet: 'people', line: 2, column: '电话' }, '12');
    expect(faultsOf(texts)).toEqual([
      'NO_PHONE_NUMBER 人员 2 电话',
      'UNION_WITHOUT_HEAD 工会 2',
      ...orphans().filter((fault) => !/人员 [245]/.test(fault)),
    ]);
    const { roster } = check(texts);
    expect(roster.unions.map(({ id }) => id)).toEqual(['union-2']);
    expect(roster.people.map(({ union }) => union)).toEqual(['union-2', 'union-2', 'district']);
    expect(roster.households).toEqual([]);
  });
  it('has its head and officers itself; the federation has none', () =>
    expect(faultsOf(withCell({ sheet: 'people', line: 6, column: '岗位' }, '主要负责人'))).toEqual([
      'POST_NEEDS_UNION 人员 6 所属工会',
    ]));
  it('has nobody of the office: that is of the federation', () => {
    const texts = withCell({ sheet: 'people', line: 3, column: '岗位' }, '办公室');
    expect(faultsOf(texts)).toContain('POST_NEEDS_FEDERATION 人员 3 所属工会');
  });
});

describe('a part of a register, of a run whose unions are known', () => {
  const known = ['union-1', 'union-2'];

  it('may have any of the sheets alone, and names unions of the run', () => {
    const { roster, issues } = check({ households: REGISTER.households }, { known });
    expect(issues).toEqual([]);
    expect(roster.households.map(({ id }) => id)).toEqual(['h-1', 'h-2']);
    expect(faultsOf({ people: REGISTER.people }, { known })).toEqual([]);
  });
  it('need not name the people of a union that the run has', () =>
    expect(faultsOf({ unions: REGISTER.unions, households: REGISTER.households }, { known })).toEqual([]));
  it('names those of a new one', () =>
    expect(faultsOf({ unions: REGISTER.unions }, { known: ['union-1'] })).toEqual([
      'UNION_WITHOUT_HEAD 工会 3',
      'UNION_WITHOUT_OFFICER 工会 3',
    ]));
  it('is refused row by row all the same, a union that nobody knows among them', () => {
    const [heading, first, second] = REGISTER.households;
    const households = [heading!, first!.with(1, 'union-9'), second!.with(3, '女')];
    expect(faultsOf({ households }, { known })).toEqual(['SEX_DISAGREES 困难职工 3 性别', 'UNKNOWN_UNION 困难职工 2 建档工会']);
  });
  it('is none at all without a sheet', () => expect(faultsOf({}, { known })).not.toEqual([]));
});

describe('no issue', () => {
  it('repeats a name or a number, whatever column it was put into', () => {
    const spilled = REGISTER.households.map((row, index) =>
      index === 0 ? row : row.map((_, place) => (place % 2 === 0 ? '张某某' : '110105194912310021')),
    );
    const people = REGISTER.people.map((row, index) => (index === 0 ? row : row.toReversed()));
    const { issues } = check({ ...withRows('households', spilled), people });
    expect(issues.length).toBeGreaterThan(20);
    expect(JSON.stringify(issues)).not.toMatch(/张某某|样例|\d{11}/);
  });
});

/** A small register without fault, and ways to put a fault into it. */
import { fictitiousIdNumber } from '../../model/fictitious.ts';
import { checkRoster, type RosterQuestion } from '../../roster/check-roster.ts';
import { SHEET_KINDS, SHEET_TITLES, type Sheet, type SheetKind } from '../../roster/sheet.ts';

export const AS_OF = '2020-10-13';

export type Texts = Readonly<Record<SheetKind, readonly (readonly string[])[]>>;

const HOUSEHOLD_HEADINGS = [
  '编号',
  '建档工会',
  '户主姓名',
  '性别',
  '出生年月',
  '身份证号码',
  '联系电话',
  '建档时间',
  '档案级别',
  '困难类别',
  '致困原因',
  '工作单位',
  '家庭地址',
] as const;

export const REGISTER: Texts = {
  unions: [
    ['编号', '名称', '类别'],
    ['union-1', '示例街道工会', '镇街'],
    ['union-2', '示例系统工会', '系统'],
  ],
  people: [
    ['编号', '姓名', '所属工会', '岗位', '职务', '电话'],
    ['head-1', '样例甲', 'union-1', '主要负责人', '主席', '10000000001'],
    ['officer-1', '样例乙', 'union-1', '经办人', '', '10000000002'],
    ['head-2', '样例丙', 'union-2', '主要负责人', '主席', '10000000003'],
    ['officer-2', '样例丁', 'union-2', '经办人', '', '10000000004'],
    ['office', '样例戊', '区总工会', '办公室', '主任', '0913-2000000'],
  ],
  households: [HOUSEHOLD_HEADINGS, household('h-1', { order: 1 }), household('h-2', { order: 3 })],
  earlier: [
    [...HOUSEHOLD_HEADINGS, '脱困时间'],
    [...household('e-1', { order: 5 }), '2019-06-01'],
  ],
};

function household(id: string, { order }: { order: number }): readonly string[] {
  return [
    id,
    'union-1',
    `示例职工${id}`,
    '男',
    '1968-04',
    fictitiousIdNumber({ bornOn: '1968-04-01', order }),
    '10000000009',
    '2018-03-05',
    '全国级',
    '深度困难',
    '因病',
    '示例单位',
    '示例街道 1 号',
  ];
}

/** The register with one cell changed. Lines count from 1 with the heading, as issues count them. */
export function withCell({ sheet, line, column }: { sheet: SheetKind; line: number; column: string }, text: string): Texts {
  const place = REGISTER[sheet][0]!.indexOf(column);
  if (place < 0) throw new Error(`no column ${column} in ${sheet}`);
  return withRows(
    sheet,
    REGISTER[sheet].map((row, index) => (index === line - 1 ? row.with(place, text) : row)),
  );
}

export function withRows(sheet: SheetKind, rows: readonly (readonly string[])[]): Texts {
  return { ...REGISTER, [sheet]: rows };
}

export function withoutSheet(sheet: SheetKind): Partial<Texts> {
  return Object.fromEntries(Object.entries(REGISTER).filter(([kind]) => kind !== sheet));
}

export function check(texts: Partial<Texts>, more: Pick<RosterQuestion, 'known'> = {}) {
  const sheets = SHEET_KINDS.flatMap((kind): Sheet[] => {
    const rows = texts[kind]?.map((cells, index) => ({ line: index + 1, cells }));
    return rows === undefined ? [] : [{ kind, title: SHEET_TITLES[kind], rows }];
  });
  return checkRoster(sheets, { asOf: AS_OF, ...more });
}

/** Issues as 'NO_SUCH_DATE 困难职工 2 建档时间'. */
export function faultsOf(texts: Partial<Texts>, more: Pick<RosterQuestion, 'known'> = {}): readonly string[] {
  return check(texts, more).issues.map(({ code, sheet, line, column }) =>
    [code, sheet, line, column].filter((part) => part !== undefined).join(' '),
  );
}

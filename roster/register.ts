/** The four sheets of a register: their columns, in the order they are written, under the headings the office knows. */
import type { HouseholdEntry, PersonEntry, UnionEntry } from '../model/roster.ts';
import {
  type Column,
  choiceColumn,
  dateColumn,
  idColumn,
  idNumberColumn,
  monthColumn,
  optional,
  phoneColumn,
  unionColumn,
  wordsColumn,
} from './columns.ts';

/** The federation as the union of its own people. No union may have this id. */
export const FEDERATION = { id: 'district', name: '区总工会' } as const;

type ColumnsOf<T> = { readonly [K in keyof T]-?: Column<NonNullable<T[K]>> };

export const UNION_COLUMNS: ColumnsOf<UnionEntry> = {
  id: idColumn('编号'),
  name: wordsColumn('名称'),
  kind: choiceColumn('类别', { township: '镇街', sector: '系统', direct: '区直' }),
};

export const PERSON_COLUMNS: ColumnsOf<PersonEntry> = {
  id: idColumn('编号'),
  name: wordsColumn('姓名'),
  union: unionColumn('所属工会', FEDERATION),
  role: choiceColumn('岗位', {
    office: '办公室',
    'leading-group': '领导小组',
    'union-head': '主要负责人',
    'union-officer': '经办人',
    cadre: '结对干部',
    inspector: '督查',
  }),
  post: optional(wordsColumn('职务')),
  phone: phoneColumn('电话'),
};

/** A household may have no telephone and its head no work: that is often why it is here. */
export const HOUSEHOLD_COLUMNS: ColumnsOf<Omit<HouseholdEntry, 'enrolment' | 'liftedOn'>> = {
  id: idColumn('编号'),
  union: unionColumn('建档工会'),
  name: wordsColumn('户主姓名'),
  sex: choiceColumn('性别', { male: '男', female: '女' }),
  bornIn: monthColumn('出生年月'),
  idNumber: idNumberColumn('身份证号码'),
  phone: optional(phoneColumn('联系电话')),
  filedOn: dateColumn('建档时间'),
  fileLevel: choiceColumn('档案级别', { national: '全国级', tiered: '层级' }),
  hardshipClass: choiceColumn('困难类别', { deep: '深度困难', relative: '相对困难', sudden: '意外致困' }),
  cause: wordsColumn('致困原因'),
  workplace: optional(wordsColumn('工作单位')),
  address: wordsColumn('家庭地址'),
};

export const EARLIER_COLUMNS: ColumnsOf<Omit<HouseholdEntry, 'enrolment'>> = {
  ...HOUSEHOLD_COLUMNS,
  liftedOn: dateColumn('脱困时间'),
};

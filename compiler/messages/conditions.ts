/** Why a condition in CEL cannot be read, or cannot be meant. */
import { type Said, said, type Words } from '../said.ts';

const EXAMPLE: Words = {
  en: "write comparisons such as: outcome == 'assist' && (income < 800 || class in ['deep', 'sudden'])",
  zh: "比较的写法如：outcome == 'assist' && (income < 800 || class in ['deep', 'sudden'])",
};

export const conditions = {
  CONDITION_UNREADABLE: {
    cannotBeRead: ({ why }: { readonly why: string }): Said =>
      said([`it cannot be read: ${why}`, EXAMPLE.en], [`无法读取：${why}`, EXAMPLE.zh]),
    alone: said(
      ['this is a number or a date, and compared with nothing', EXAMPLE.en],
      ['这是数值或日期，却没有与任何东西比较', EXAMPLE.zh],
    ),
    noComparison: said(['this is no comparison', EXAMPLE.en], ['这不是比较', EXAMPLE.zh]),
    operator: ({ op }: { readonly op: string }): Said =>
      said([`'${op}' is not known to conditions`, EXAMPLE.en], [`条件中不认识“${op}”`, EXAMPLE.zh]),
    inName: said(["before 'in' stands a name", EXAMPLE.en], ['in 之前应为名称', EXAMPLE.zh]),
    inList: said(
      ["'in' wants a list", "write, for example: class in ['deep', 'sudden']"],
      ['in 之后应为列表', "例如：class in ['deep', 'sudden']"],
    ),
    emptyList: said(['nothing is in an empty list', 'name at least one value'], ['空列表中什么也没有', '至少写一个值']),
    nothingNamed: said(['this names nothing that could be null', EXAMPLE.en], ['这里没有可能为 null 的名称', EXAMPLE.zh]),
    noName: said(
      ['neither side names anything', 'one side of a comparison reads a name at least'],
      ['两边都没有名称', '比较的一边至少要有一个名称'],
    ),
    nullCompared: said(['null is only compared, by == and !=', EXAMPLE.en], ['null 只能用 == 和 != 比较', EXAMPLE.zh]),
    noExpression: said(
      ['this is neither a name, a value nor reckoned from them', EXAMPLE.en],
      ['这既不是名称、值，也不是由它们算出的', EXAMPLE.zh],
    ),
    oneArgument: ({ name }: { readonly name: string }): Said =>
      said([`'${name}' takes one argument`, EXAMPLE.en], [`“${name}”只取一个参数`, EXAMPLE.zh]),
    size: said(
      ["'size' counts the rows of a table", 'write, for example: size(measures) > 0'],
      ['size 统计一张表的行数', '例如：size(measures) > 0'],
    ),
    daysAlone: said(
      [
        'days(n) stands alone here',
        'days(n) stands after a date: visitedOn + days(3). The difference of two dates is a plain number: paidOn - visitedOn <= 3',
      ],
      ['days(n) 在此处单独出现', 'days(n) 写在日期之后：visitedOn + days(3)。两个日期之差就是数值：paidOn - visitedOn <= 3'],
    ),
    noFunction: ({ name }: { readonly name: string }): Said =>
      said(
        [`there is no function '${name}'`, 'conditions know date, days, size and sum'],
        [`没有函数“${name}”`, '条件中可用 date、days、size 和 sum'],
      ),
    sum: said(
      ["'sum' adds up a column of a table", 'write, for example: sum(measures.amount) <= budget'],
      ['sum 合计表中的一列', '例如：sum(measures.amount) <= budget'],
    ),
    noDate: said(['this is no date', "write, for example: date('2020-10-13')"], ['这不是日期', "例如：date('2020-10-13')"]),
    noValue: said(
      ['this is neither a word in quotes, a number, true, false, null nor a date', EXAMPLE.en],
      ['这既不是加引号的词、数值、true、false、null，也不是日期', EXAMPLE.zh],
    ),
  },
  CONDITION_TOO_COSTLY: {
    main: ({ cost, most }: { readonly cost: number; readonly most: number }): Said =>
      said(
        [
          `the condition has ${cost} names, values and operators`,
          `a condition may have ${most}; let a form or an outcome set a fact for a part of it`,
        ],
        [`该条件共有 ${cost} 个名称、值和运算符`, `一个条件至多 ${most} 个；其中一部分可由表单或结果设成事实项`],
      ),
  },
  CONDITION_TYPE_MISMATCH: {
    factTable: ({ table }: { readonly table: string }): Said =>
      said(
        [`facts have no table '${table}': only a form counts its rows`, 'let a field of the form be the number, as a fact'],
        [`事实项中没有表“${table}”：只有表单才能数行`, '在表单中用一个字段给出该数，作为事实项'],
      ),
    words: ({ name }: { readonly name: string }): Said =>
      said(
        [
          `'${name}' holds words or several choices, which conditions never see`,
          'ask for a choice, a number, a date, a person or yes and no beside it',
        ],
        [`“${name}”是文字或多选，条件看不到`, '另设一个单选、数值、日期、人员或是否字段'],
      ),
    noOrder: ({ side, type }: { readonly side: Words; readonly type: Words }): Said =>
      said(
        [
          `${side.en} is ${type.en} and has no order: only numbers and dates do`,
          "compare it with == and !=, or with 'in' and a list",
        ],
        [`${side.zh}是${type.zh}，没有大小先后：只有数值和日期才有`, '改用 ==、!=，或用 in 和列表比较'],
      ),
    compared: ({ left, right }: { readonly left: Words; readonly right: Words }): Said =>
      said(
        [`${left.en} is compared with ${right.en}`, 'compare two of the same type'],
        [`把${left.zh}与${right.zh}相比较`, '只比较同一类型的两者'],
      ),
    wanted: ({
      found,
      wanted,
      isOfDates,
    }: {
      readonly found: Words;
      readonly wanted: Words;
      readonly isOfDates: boolean;
    }): Said =>
      said(
        [
          `this is ${found.en}, and ${wanted.en} is wanted here`,
          isOfDates
            ? 'days are added to a date by date + days(n), and two dates give the days between them: a - b'
            : 'only numbers are added, subtracted, multiplied and divided',
        ],
        [
          `这里是${found.zh}，而此处需要${wanted.zh}`,
          isOfDates ? '日期加天数写作 date + days(n)，两个日期之差 a - b 是相隔天数' : '只有数值才能加减乘除',
        ],
      ),
  },
} as const;

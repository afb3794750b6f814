/** Forms, and what their rows make. */
import type { Scope } from '../../model/plan.ts';
import { type Said, said, type Words, zhScope } from '../said.ts';

export const forms = {
  CHOICES_MISPLACED: {
    main: ({ cell, type, isChoice }: { readonly cell: string; readonly type: string; readonly isChoice: boolean }): Said =>
      said(
        [
          `field '${cell}' of type ${type} ${isChoice ? 'has no choices' : 'has choices'}`,
          isChoice ? 'add `choices`' : "take them out, or make it a 'choice'",
        ],
        [
          `类型为 ${type} 的字段“${cell}”${isChoice ? '没有选项' : '带有选项'}`,
          `${isChoice ? '补上 `choices`' : '去掉选项，或改为 choice 类型'}`,
        ],
      ),
  },
  NOT_FOR_THIS_TYPE: {
    partAsColumn: ({ cell, part, what }: { readonly cell: string; readonly part: string; readonly what: Words }): Said =>
      said(
        [
          `'${cell}' of part '${part}' ${what.en} and cannot be a column`,
          'a column has as many answers as its table has rows: put the field outside the table',
        ],
        [`字段组“${part}”中的“${cell}”${what.zh}，不能作列`, '一张表有多少行，列就有多少个答案：请把该字段放在表外'],
      ),
    noCorrection: ({ cell }: { readonly cell: string }): Said =>
      said(
        [`'${cell}' does not come from the register`, 'take `correctable` out, or prefill it from the register'],
        [`“${cell}”不是从名册预填的`, '去掉 `correctable`，或改从名册预填'],
      ),
    correctionOfFact: ({ field }: { readonly field: string }): Said =>
      said(
        [
          `'${field}' was given to rules at enrolment, and is not corrected in the register`,
          'ask for it in a field of its own, with a fact',
        ],
        [`“${field}”在建档时已交给规则使用，不在名册中更正`, '另设一个带事实项的字段询问'],
      ),
    correctionType: ({ cell, type, wanted }: { readonly cell: string; readonly type: string; readonly wanted: string }): Said =>
      said(
        [`'${cell}' is of type ${type}, and the register wants a ${wanted}`, `make it a ${wanted}`],
        [`“${cell}”的类型是 ${type}，而名册需要 ${wanted}`, `改为 ${wanted}`],
      ),
    correctionChoices: ({ cell, members }: { readonly cell: string; readonly members: readonly string[] }): Said =>
      said(
        [`the register takes no other than ${members.join(' and ')} as '${cell}'`, 'offer these choices alone'],
        [`名册中“${cell}”只能是 ${members.join('、')}`, '只提供这些选项'],
      ),
    equalsPrefilled: ({ cell }: { readonly cell: string }): Said =>
      said(
        [`'${cell}' is prefilled, and nobody could mend it`, 'take out `from` or `equals`'],
        [`“${cell}”是预填的，没有人能改正它`, '去掉 `from` 或 `equals`'],
      ),
    column: ({ name, found, type }: { readonly name: string; readonly found: string; readonly type: string }): Said =>
      said(
        [`column '${name}' is of type ${found}`, `name a column of type ${type}`],
        [`列“${name}”的类型是 ${found}`, `改为类型为 ${type} 的列`],
      ),
    option: ({
      option,
      cell,
      type,
      types,
    }: {
      readonly option: string;
      readonly cell: string;
      readonly type: string;
      readonly types: readonly string[];
    }): Said =>
      said(
        [`'${option}' does not apply to '${cell}', which is of type ${type}`, `it applies to ${types.join(', ')}`],
        [`“${option}”不适用于类型为 ${type} 的“${cell}”`, `适用于 ${types.join('、')}`],
      ),
  },
  PRIVACY_TOO_LOW: {
    rowTitle: ({ column }: { readonly column: string }): Said =>
      said(
        [
          `column '${column}' is sensitive, and titles stand in lists of tasks`,
          'name another column, or add one that says in a word what it is about',
        ],
        [`列“${column}”属敏感信息，而行标题会出现在任务列表中`, '改用别的列，或另加一列，用一个词说明是什么事'],
      ),
    numbers: ({ cell, isPhone }: { readonly cell: string; readonly isPhone: boolean }): Said =>
      said(
        [
          `'${cell}' holds ${isPhone ? 'telephone' : 'identity'} numbers and may not be open to everybody`,
          'use `personal` or `sensitive`',
        ],
        [`“${cell}”是${isPhone ? '电话' : '身份证'}号码，不得公开`, `改为 \`personal\` 或 \`sensitive\``],
      ),
    prefill: ({
      cell,
      own,
      what,
      privacy,
    }: {
      readonly cell: string;
      readonly own: string;
      readonly what: Words;
      readonly privacy: string;
    }): Said =>
      said(
        [
          `'${cell}' is ${own === 'none' ? 'open to everybody' : own}, and ${what.en} is ${privacy}`,
          `write \`privacy: ${privacy}\``,
        ],
        [`“${cell}”的保密级别是 ${own}，而${what.zh}是 ${privacy}`, `写明 \`privacy: ${privacy}\``],
      ),
  },
  PREFILL_UNKNOWN: {
    register: ({ from, near }: { readonly from: string; readonly near: Words }): Said =>
      said([`the register has no '${from}'`, near.en], [`名册中没有“${from}”`, near.zh]),
    household: ({
      form,
      field,
      task,
      scope,
    }: {
      readonly form: string;
      readonly field: string;
      readonly task: string;
      readonly scope: Scope;
    }): Said =>
      said(
        [
          `form '${form}' prefills '${field}' from a household, and task '${task}' belongs to the ${scope}`,
          'use a form that is not prefilled from the register',
        ],
        [`表单“${form}”的“${field}”从户的档案预填，而任务“${task}”属于${zhScope(scope)}`, '改用不从名册预填的表单'],
      ),
    rows: ({ form, source }: { readonly form: string; readonly source: string }): Said =>
      said(
        [
          `form '${form}' is prefilled from '${source}', which rows make: there may be none or many`,
          'prefill it from a task that comes up once',
        ],
        [`表单“${form}”从“${source}”预填，而它由表行生成，可能没有，也可能很多`, '改从只出现一次的任务预填'],
      ),
  },
  PREFILL_TYPE_MISMATCH: {
    type: ({
      cell,
      type,
      field,
      form,
      source,
    }: {
      readonly cell: string;
      readonly type: string;
      readonly field: string;
      readonly form: string;
      readonly source: string;
    }): Said =>
      said(
        [`'${cell}' is of type ${type}, and '${field}' of form '${form}' of type ${source}`, `make it a ${source}`],
        [`“${cell}”的类型是 ${type}，而表单“${form}”的“${field}”是 ${source}`, `改为 ${source}`],
      ),
    choices: ({
      field,
      form,
      strange,
    }: {
      readonly field: string;
      readonly form: string;
      readonly strange: readonly string[];
    }): Said =>
      said(
        [
          `'${field}' of form '${form}' may also be '${strange.join("', '")}'`,
          'give both the same choices, as a list under `lists`',
        ],
        [`表单“${form}”的“${field}”还可能是“${strange.join('”、“')}”`, `两者使用同一组选项，可列在 \`lists\` 中`],
      ),
  },
  PREFILL_MAY_BE_EMPTY: {
    main: ({ form, source, task }: { readonly form: string; readonly source: string; readonly task: string }): Said =>
      said(
        [
          `form '${form}' is prefilled from '${source}', which task '${task}' does not wait for`,
          `add '${source}' to its \`after\`, or prefill from a task it waits for`,
        ],
        [`表单“${form}”从“${source}”预填，而任务“${task}”并不等待它`, `把“${source}”写入其 \`after\`，或改从它所等待的任务预填`],
      ),
  },
  ROW_TASK_WITHOUT_SOURCE: {
    main: ({ task, wants }: { readonly task: string; readonly wants: 'due' | 'holder' }): Said =>
      said(
        [
          `task '${task}' takes its ${wants} from a row, and no rule for rows makes it`,
          `name it under \`rows\` of another task, or give it a ${wants === 'due' ? 'date' : 'role'}`,
        ],
        [
          `任务“${task}”的${wants === 'due' ? '期限' : '责任人'}取自表行，却没有任何 \`rows\` 规则生成它`,
          `在另一个任务的 \`rows\` 中指定它，或写明${wants === 'due' ? '日期' : '角色'}`,
        ],
      ),
    joining: ({ task }: { readonly task: string }): Said =>
      said(
        [
          `task '${task}' takes its date for whoever joins late from a row, and no row makes it`,
          'count from its opening, such as `{ due: { workingDays: 3 } }`',
        ],
        [`任务“${task}”为后来加入者从表行取期限，却没有表行生成它`, `从开启时推算，如 \`{ due: { workingDays: 3 } }\``],
      ),
  },
  ROW_TASK_NEEDS_DUE: {
    main: ({ task, table }: { readonly task: string; readonly table: string }): Said =>
      said(
        [
          `task '${task}' is due when its row says, and table '${table}' has no \`rowDue\``,
          `add \`rowDue: <column>\` to the table, or give '${task}' another \`due\``,
        ],
        [
          `任务“${task}”的期限取自表行，而表“${table}”没有 \`rowDue\``,
          `在该表中加上 \`rowDue: <列>\`，或改写“${task}”的 \`due\``,
        ],
      ),
  },
  ROW_TASK_NEEDS_HOLDER: {
    main: ({
      task,
      column,
      table,
      found,
    }: {
      readonly task: string;
      readonly column: string;
      readonly table: string;
      readonly found: string | undefined;
    }): Said =>
      said(
        [
          `task '${task}' is held by the person in column '${column}', and table '${table}' has ${found === undefined ? 'no `rowHolder`' : `\`rowHolder: ${found}\``}`,
          `add \`rowHolder: ${column}\` to the table, or give '${task}' a role`,
        ],
        [
          `任务“${task}”由列“${column}”中的人负责，而表“${table}”${found === undefined ? '没有 `rowHolder`' : `写的是 \`rowHolder: ${found}\``}`,
          `在该表中加上 \`rowHolder: ${column}\`，或给“${task}”指定角色`,
        ],
      ),
  },
  ROW_TASK_RULE: {
    gate: ({ task }: { readonly task: string }): Said =>
      said(
        [`'${task}' is made by rows; there may be none or many of it`, 'count a task that every instance has once'],
        [`“${task}”由表行生成，可能没有，也可能很多`, '请统计每个实例都有且只有一次的任务'],
      ),
    key: ({ task, key }: { readonly task: string; readonly key: string }): Said =>
      said(
        [
          `task '${task}' is made by rows, and comes up when its row does; it takes no '${key}'`,
          'put it on the task whose rows make this one',
        ],
        [`任务“${task}”由表行生成，随表行开启，不能写“${key}”`, '写在生成它的任务上'],
      ),
    anchor: ({ other, task }: { readonly other: string; readonly task: string }): Said =>
      said(
        [
          `'${other}' is made by rows, as often as there are some, and the deadline of task '${task}' is counted from it`,
          'count from the task whose rows make it',
        ],
        [`“${other}”由表行生成，个数不定，而任务“${task}”的期限由它推算`, '改由生成它的任务推算'],
      ),
  },
  ROW_COLUMN_OPTIONAL: {
    main: ({ name }: { readonly name: string }): Said =>
      said(
        [
          `column '${name}' may be left empty, and the tasks that rows make depend on it`,
          `take \`required: false\` out of '${name}'`,
        ],
        [`列“${name}”可以留空，而表行生成的任务要用到它`, `去掉“${name}”的 \`required: false\``],
      ),
  },
  ADMISSION_COLUMNS: {
    main: ({ table, missing }: { readonly table: string; readonly missing: readonly string[] }): Said =>
      said(
        [`table '${table}' lacks ${missing.join(', ')}`, 'a household is admitted from these columns; add them'],
        [`表“${table}”缺少 ${missing.join('、')}`, '新增建档要用到这些列，请补上'],
      ),
  },
} as const;

/** Facts and the values they take. */
import type { Scope } from '../../model/plan.ts';
import { type Said, said, type Words, zhScope } from '../said.ts';

export const facts = {
  FACT_VALUE_UNKNOWN: {
    member: ({ name, value, near }: { readonly name: string; readonly value: string; readonly near: Words }): Said =>
      said([`'${name}' is never '${value}'`, near.en], [`“${name}”不会是“${value}”`, near.zh]),
    type: ({ name, value, type }: { readonly name: string; readonly value: string; readonly type: Words }): Said =>
      said(
        [`'${name}' is ${type.en} and never '${value}'`, `compare it with ${type.en}`],
        [`“${name}”是${type.zh}，不会是“${value}”`, `与${type.zh}比较`],
      ),
  },
  FACT_TYPE_MISMATCH: {
    roster: ({
      id,
      missing,
      choices,
    }: {
      readonly id: string;
      readonly missing: readonly string[];
      readonly choices: readonly string[];
    }): Said =>
      said(
        [`the register also gives '${id}' the value '${missing.join("', '")}'`, `list all of: ${choices.join(', ')}`],
        [`名册还会给“${id}”这些值：“${missing.join('”、“')}”`, `全部列出：${choices.join('、')}`],
      ),
    cell: ({
      cell,
      gives,
      fact,
      wants,
    }: {
      readonly cell: string;
      readonly gives: string;
      readonly fact: string;
      readonly wants: string;
    }): Said =>
      said(
        [`'${cell}' answers with a ${gives}, and fact '${fact}' is a ${wants}`, 'give both the same type'],
        [`“${cell}”的答案是 ${gives}，而事实项“${fact}”是 ${wants}`, '使两者类型一致'],
      ),
    members: ({
      fact,
      strange,
      choices,
    }: {
      readonly fact: string;
      readonly strange: readonly string[];
      readonly choices: readonly string[];
    }): Said =>
      said(
        [`fact '${fact}' is never '${strange.join("', '")}'`, `its choices are ${choices.join(', ')}`],
        [`事实项“${fact}”不会是“${strange.join('”、“')}”`, `它的选项是 ${choices.join('、')}`],
      ),
    noPerson: ({ fact }: { readonly fact: string }): Said =>
      said([`fact '${fact}' is no person`, 'only a person can take a role'], [`事实项“${fact}”不是人员`, '只有人员才能担任角色']),
    noDate: ({ fact, task }: { readonly fact: string; readonly task: string }): Said =>
      said(
        [`fact '${fact}' is no date, and the deadline of task '${task}' is counted from it`, 'use a fact with `type: date`'],
        [`任务“${task}”的期限由事实项“${fact}”推算，而它不是日期`, `改用 \`type: date\` 的事实项`],
      ),
    noNumber: ({ fact }: { readonly fact: string }): Said =>
      said(
        [`fact '${fact}' is no number`, 'add up a number, or count whom a condition holds of'],
        [`事实项“${fact}”不是数值`, '改为对数值求和，或统计符合条件者的个数'],
      ),
  },
  FACT_NEVER_SET: {
    main: ({ fact }: { readonly fact: string }): Said =>
      said(
        [`conditions read fact '${fact}', and nothing sets it`, 'let a form or an outcome set it, or give it an `initial` value'],
        [`条件读取事实项“${fact}”，却从未有任何地方给它赋值`, `由表单或结果赋值，或给出 \`initial\``],
      ),
  },
  FACT_NOT_IN_FORM: {
    main: ({ form, fact }: { readonly form: string; readonly fact: string }): Said =>
      said(
        [`form '${form}' does not ask for '${fact}'`, `add a field with \`fact: ${fact}\` to the form`],
        [`表单“${form}”没有询问“${fact}”`, `在表单中加入带 \`fact: ${fact}\` 的字段`],
      ),
  },
  ROSTER_FACT_UNKNOWN: {
    main: ({ id, scope }: { readonly id: string; readonly scope: Scope }): Said =>
      said(
        [
          `the register has no '${id}' of a ${scope}`,
          'it has enrolment, fileLevel and class of households, and unionKind of unions',
        ],
        [`名册中没有${zhScope(scope)}级的“${id}”`, '户有 enrolment、fileLevel、class，工会有 unionKind'],
      ),
  },
} as const;

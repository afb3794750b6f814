/** Names: of what there is, of what there is not, and of what nothing uses. */
import { type Said, said, type Words, zhKind } from '../said.ts';

const unknown =
  (kind: string) =>
  ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
    said([`there is no ${kind} '${name}'`, near.en], [`没有${zhKind(kind)}“${name}”`, near.zh]);

interface Missing {
  /** Where it is missed, such as `form has no`. */
  readonly what: Words;
  readonly name: string;
  readonly near: Words;
}

export const names = {
  DUPLICATE_ID: {
    fact: ({ fact, first }: { readonly fact: string; readonly first: string }): Said =>
      said(
        [`fact '${fact}' is already the answer to '${first}'`, 'let one field of a form be one fact'],
        [`事实项“${fact}”已经是“${first}”的答案`, '一张表单中一个事实项只由一个字段给出'],
      ),
    main: ({
      what,
      id,
      file,
      line,
    }: {
      readonly what: string;
      readonly id: string | number;
      readonly file: string;
      readonly line: number;
    }): Said =>
      said(
        [`${what} '${id}' is already used at ${file}:${line}`, `give each ${what} its own id`],
        [`${zhKind(what)}“${id}”已在 ${file}:${line} 用过`, '各取不同的标识'],
      ),
  },
  UNKNOWN_PHASE: {
    main: unknown('phase'),
  },
  UNKNOWN_ROLE: {
    main: unknown('role'),
  },
  UNKNOWN_FORM: {
    main: unknown('form'),
  },
  UNKNOWN_TASK: {
    main: unknown('task'),
  },
  UNKNOWN_FACT: {
    main: unknown('fact'),
  },
  UNKNOWN_LADDER: {
    main: unknown('ladder'),
  },
  UNKNOWN_RUNG: {
    main: ({ ladder, rung, near }: { readonly ladder: string; readonly rung: string; readonly near: Words }): Said =>
      said(
        [`ladder '${ladder}' has no rung '${rung}' to leave out`, near.en],
        [`梯级“${ladder}”没有可以去掉的档“${rung}”`, near.zh],
      ),
  },
  UNKNOWN_TABLE: {
    ofForm: ({ form, name, near }: { readonly form: string; readonly name: string; readonly near: Words }): Said =>
      said([`there is no table in form '${form}' called '${name}'`, near.en], [`表单“${form}”中没有表“${name}”`, near.zh]),
    inForm: ({ what, name, near }: Missing): Said =>
      said([`the ${what.en} table '${name}'`, near.en], [`${what.zh}表“${name}”`, near.zh]),
  },
  UNKNOWN_COLUMN: {
    destination: ({ table, column }: { readonly table: string; readonly column: string }): Said =>
      said(
        [`table '${table}' does not say that '${column}' is where its rows go`, `add \`rowUnion: ${column}\` to the table`],
        [`表“${table}”没有说明“${column}”就是表行的去处`, `在该表中加上 \`rowUnion: ${column}\``],
      ),
    ofTable: ({ table, name, near }: { readonly table: string; readonly name: string; readonly near: Words }): Said =>
      said([`there is no column in table '${table}' called '${name}'`, near.en], [`表“${table}”中没有列“${name}”`, near.zh]),
  },
  UNKNOWN_FIELD: {
    ofRule: ({ at, near }: { readonly at: string; readonly near: Words }): Said =>
      said(
        [`there is no field or column '${at}' to tell the rule at`, near.en],
        [`没有可以显示该规则的字段或列“${at}”`, near.zh],
      ),
    union: ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
      said([`the form has no field '${name}' of type union`, near.en], [`表单中没有工会类型的字段“${name}”`, near.zh]),
    prefill: ({
      form,
      task,
      field,
      near,
    }: {
      readonly form: string;
      readonly task: string;
      readonly field: string;
      readonly near: Words;
    }): Said =>
      said(
        [`form '${form}' of task '${task}' has no field '${field}' outside its tables`, near.en],
        [`任务“${task}”的表单“${form}”在表格之外没有字段“${field}”`, near.zh],
      ),
    inForm: ({ what, name, near }: Missing): Said =>
      said([`the ${what.en} field '${name}'`, near.en], [`${what.zh}字段“${name}”`, near.zh]),
  },
  UNKNOWN_LIST: {
    main: unknown('list'),
  },
  UNKNOWN_PART: {
    main: unknown('part'),
  },
  UNKNOWN_INDICATOR: {
    main: unknown('indicator'),
  },
  UNUSED: {
    main: ({ kind, id }: { readonly kind: string; readonly id: string }): Said =>
      said([`${kind} '${id}' is never used`, 'use it, or take it out'], [`${zhKind(kind)}“${id}”从未使用`, '使用它，或删去']),
  },
} as const;

/** What is said to a definition's author, in both languages at once: whoever shows it chooses. */
import type { Scope } from '../model/plan.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Words = Readonly<Record<Language, string>>;

/** Of one issue. */
export interface Said {
  readonly message: Words;
  readonly hint: Words;
}

type Sentences = readonly [message: string, hint: string];

export function said(en: Sentences, zh: Sentences): Said {
  return { message: { en: en[0], zh: zh[0] }, hint: { en: en[1], zh: zh[1] } };
}

/** The same in both languages: names, and what another program said. */
export const plain = (text: string): Words => ({ en: text, zh: text });

const SCOPES: Readonly<Record<Scope, string>> = { campaign: '全行动', union: '工会', household: '户' };
export const zhScope = (scope: Scope): string => SCOPES[scope];

const KINDS: Readonly<Record<string, string>> = {
  role: '角色',
  fact: '事实项',
  ladder: '催办梯级',
  rung: '档',
  list: '选项表',
  part: '字段组',
  form: '表单',
  field: '字段',
  column: '列',
  phase: '阶段',
  action: '动作',
  'action number': '动作序号',
  task: '任务',
  target: '目标',
  indicator: '指标',
  message: '消息',
  parameter: '参数',
};
/** What kinds of things with names are called; a kind that is not known here keeps its English name. */
export const zhKind = (kind: string): string => KINDS[kind] ?? kind;

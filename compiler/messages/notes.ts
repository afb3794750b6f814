/** What is said of the other places that an issue is about. */
import type { Words } from '../said.ts';

export const NOTES = {
  firstUsed: { en: 'first used here', zh: '首次使用在此处' },
  defined: { en: 'defined here', zh: '定义在此处' },
  scope: { en: 'its scope is written here', zh: '其层级写在此处' },
  starts: { en: 'it starts here', zh: '开始日期在此处' },
  ends: { en: 'it ends here', zh: '结束日期在此处' },
  leaves: { en: 'who has done it leaves here', zh: '完成者在此处退出' },
  phaseBefore: { en: 'the phase before it', zh: '前一阶段' },
  rungBefore: { en: 'the rung listed first', zh: '列在前面的一档' },
  rung: { en: 'the rung', zh: '该档' },
  due: { en: 'the deadline', zh: '期限' },
  condition: { en: 'the condition', zh: '该条件' },
  holder: { en: 'the holder', zh: '责任人' },
  table: { en: 'the table', zh: '该表' },
  column: { en: 'the column', zh: '该列' },
  source: { en: 'where it comes from', zh: '来源' },
} as const satisfies Record<string, Words>;

export const againNote = (task: string, other: string): Words => ({
  en: `'${task}' asks for '${other}' again here`,
  zh: `“${task}”在此处要求重做“${other}”`,
});

export const waitsNote = (task: string, on: string): Words => ({
  en: `'${task}' waits for '${on}' here`,
  zh: `“${task}”在此处等待“${on}”`,
});

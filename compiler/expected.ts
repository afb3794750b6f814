/**
 * What the language expects where something else stands: the texts of its schemas (`error: …`), in Chinese too. A test reads the schemas' sources and
 * finds each of their texts here.
 */
import { plain, type Words } from './said.ts';

const CHINESE: Readonly<Record<string, string>> = {
  'a year': '年份',
  'one line, without control characters and marks of direction': '一行文字，不含控制字符和文字方向标记',
  'a date, or the id of a phase': '日期，或阶段的标识',
  'no `text` where there is `digest`: a list has words of its own': '有 `digest` 时不写 `text`：日报自有文字',
  '`on` only where `every` counts weeks': '只在 `every` 按周计时才写 `on`',
  '{ times: 3 }, { times: 3, apart: { weeks: 2 } } or { every: { weeks: 1 } }':
    '{ times: 3 }、{ times: 3, apart: { weeks: 2 } } 或 { every: { weeks: 1 } }',
  'catch-up, shift, skip, or { due: … }': 'catch-up、shift、skip，或 { due: … }',
  'catch-up, shift, skip, or { due: { workingDays: 3 } }': 'catch-up、shift、skip，或 { due: { workingDays: 3 } }',
  'choices as id: { zh, en }, or the name of a list': '选项，写作 标识: { zh, en }，或选项表的名称',
  'own, or { not: column }': 'own，或 { not: 列 }',
  'a field of the register, or { task: …, field: … }': '名册中的字段，或 { task: …, field: … }',
  'a column, or { part: … }': '列，或 { part: … }',
  'a field, a table, or { part: … }': '字段、表，或 { part: … }',
  'exactly one of when, minutes, hours, workingHours, days + at, workingDays + at or weeks + at':
    'when、minutes、hours、workingHours、days + at、workingDays + at、weeks + at 中的恰好一种',
  'a list of rungs, or { extends: ladder, without: …, rungs: … }': '各档的列表，或 { extends: 梯级, without: …, rungs: … }',
  '`within` where it has a `ladder` of its own': '在有自己的 `ladder` 时写明 `within`',
  '{ atMost: 3 }, { within: { workingDays: 2 } } or both': '{ atMost: 3 }、{ within: { workingDays: 2 } }，或两者都写',
  'self, or { column: … }': 'self，或 { column: … }',
  'exactly one of all, share + of (unions or households), or of alone (union or campaign)':
    'all、share + of（unions 或 households）、单独的 of（union 或 campaign）中的恰好一种',
  'a role, { role: …, not: task } or { row: column }': '角色、{ role: …, not: 任务 } 或 { row: 列 }',
  "the folder of a definition beside this one, such as '../ten-ones'": '本方案旁边的方案文件夹，如 ../ten-ones',
  "the name of a file beside this one, such as 'forms.yaml'": '同一文件夹中的文件名，如 forms.yaml',
  "a time of day, such as '09:00'": "时刻，如 '09:00'",
  'at least 1': '至少为 1 的数',
  'at least one of form, ladder, review or holder': 'form、ladder、review、holder 中的至少一个',
  'at least one of set, withdraw or again': 'set、withdraw、again 中的至少一个',
  'phase-start, phase-end, opened, enrolment, { done: task }, { returned: task } or { fact: name }':
    'phase-start、phase-end、opened、enrolment、{ done: 任务 }、{ returned: 任务 } 或 { fact: 名称 }',
  'exactly one of date (+ at), workingDays, or from + a unit such as workingDays (+ at)':
    'date（+ at）、workingDays、from + workingDays 之类的单位（+ at）中的恰好一种',
  'phase-end, row, { workingDays: 1 to 20 }, { date: YYYY-MM-DD } or { from: …, workingDays: … }':
    'phase-end、row、{ workingDays: 1 至 20 }、{ date: YYYY-MM-DD } 或 { from: …, workingDays: … }',
  "hours from one time of day to another, such as '08:30-12:00'": "从某一时刻到另一时刻，如 '08:30-12:00'",
  "an id: lower-case letters, digits and hyphens, such as 'aid-list'": '标识：小写字母、数字和连字符，如 aid-list',
  "a name: letters, digits and hyphens, such as 'fileLevel'": '名称：字母、数字和连字符，如 fileLevel',
  'another word: every object of JavaScript has something of this name': '别的词：JavaScript 的每个对象都自带这个名称',
  'a date that exists, written YYYY-MM-DD': '真实存在的日期，格式 YYYY-MM-DD',
  'a word, a number, true, false or null': '词、数值、true、false 或 null',
  "a name whose parts begin with a letter, such as 'office-name'": '各段以字母开头的名称，如 office-name',
  'a text of at most 100 characters, a number, true or false': '至多 100 个字符的文字、数值、true 或 false',
  'a value, a list of values, or (after `any` and `not`) further conditions':
    '值、值的列表，或（在 `any` 和 `not` 之后）更多条件',
  'at least one comparison, such as { class: deep }': '至少一个比较，如 { class: deep }',
  'a condition: { class: deep }, or in CEL, such as "class == \'deep\'"':
    "条件：{ class: deep }，或 CEL 写法，如 class == 'deep'",
};

/** A text that is not known here is the same in both languages. */
export function expectedWords(english: string): Words {
  const zh = CHINESE[english];
  return zh === undefined ? plain(english) : { en: english, zh };
}

/** Of groups of keys exactly one is wanted. */
export const oneOf = (groups: readonly string[]): Words => ({
  en: `exactly one of ${groups.join(' or ')}`,
  zh: `${groups.join('、')} 中的恰好一种`,
});

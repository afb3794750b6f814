/** A small campaign of visits, with tasks of unions and households, for what needs more scopes than one. */
import { issuesFrom } from './tiny.ts';

const VISITS = `shigeyi: 1
id: visits
title: { zh: 走访, en: Visits }
zone: Asia/Shanghai
calendar: cn
notice: 1
roles:
  leading-group: { title: { zh: 领导小组, en: Leading group }, scope: campaign }
  office: { title: { zh: 办公室, en: Office }, scope: campaign, fallback: leading-group }
  union-head: { title: { zh: 主席, en: Head }, scope: union, fallback: office }
  union-officer: { title: { zh: 经办人, en: Officer }, scope: union, fallback: union-head }
facts:
  outcome: { scope: household, choices: [assist, stay, exit] }
  class: { scope: household, choices: [deep, relative, sudden], from: roster }
  people: { scope: household, type: number }
ladders:
  standard:
    - { id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }
forms:
  visit:
    title: { zh: 走访, en: Visit }
    fields:
      - { id: outcome, title: { zh: 结论, en: Outcome }, type: choice, choices: { assist: { zh: 帮, en: Assist }, stay: { zh: 留, en: Stay }, exit: { zh: 退, en: Exit } }, fact: outcome }
      - { id: people, title: { zh: 人数, en: People }, type: integer, min: 1, max: 9, required: false, fact: people }
  note:
    title: { zh: 记录, en: Note }
    fields: [{ id: text, title: { zh: 内容, en: Text }, type: long-text }]
phases:
  - id: autumn
    title: { zh: 秋季, en: Autumn }
    starts: 2026-11-02
    ends: 2026-11-20
    actions:
      - id: visiting
        number: 1
        title: { zh: 走访, en: Visiting }
        tasks:
          # here
  - id: close
    title: { zh: 总结, en: Close }
    starts: 2026-11-23
    ends: 2026-11-27
    actions:
      - id: closing
        number: 2
        title: { zh: 总结, en: Sum up }
        tasks:
          - { id: summary, title: { zh: 总结, en: Summary }, basis: house, scope: campaign, holder: office, form: note }
`;

export const visit = (more = ''): string =>
  `- { id: visit, title: { zh: 走访, en: Visit }, basis: house, scope: household, holder: union-officer, form: visit${more} }`;
/** A household's. */
export const care = (id: string, more: string): string =>
  `- { id: ${id}, title: { zh: 任务, en: Task }, basis: house, scope: household, holder: union-officer, form: note, ${more} }`;
export const report = (more: string): string =>
  `- { id: report, title: { zh: 上报, en: Report }, basis: house, scope: union, holder: union-officer, form: note, ${more} }`;

/** The campaign with these tasks in its first phase, and some texts of it put otherwise. */
export function visitsWith(tasks: readonly string[], ...changes: readonly (readonly [from: string, to: string])[]): string {
  const text = VISITS.replace('# here', () => tasks.join('\n          '));
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the campaign of visits does not contain ${from}`);
    return changed.replace(from, () => to);
  }, text);
}

/** The codes of its issues, but of what a small campaign leaves unused or unanswered. */
export const visitCodes = (...args: Parameters<typeof visitsWith>): readonly string[] =>
  issuesFrom(visitsWith(...args)).flatMap(({ code }) => (['UNUSED', 'BRANCH_MISSING'].includes(code) ? [] : code));

/** The definition that `new` writes, and its first scenario: small, whole and commented, to be changed into a campaign of one's own. */
import type { SourceFile } from '../compiler/yaml-source.ts';
import { dateOfEpochDay, epochDay } from '../model/day-table.ts';
import type { DateText } from '../model/plan.ts';

/** Two phases in one week, so that the newest calendar is enough for as long as can be. */
const PREPARE_DAYS = 2;
export const CAMPAIGN_DAYS = 7;

/** The date so many days later. */
export const daysLater = (date: DateText, count: number): DateText => dateOfEpochDay(epochDay(date)! + count);

export function startingDefinition({ id, starts }: { readonly id: string; readonly starts: DateText }): readonly SourceFile[] {
  return [{ path: 'definition.yaml', text: textOf({ id, starts }) }];
}

/** It passes as it is, whatever day the campaign begins on. */
export const startingScenario = ({ starts }: { readonly starts: DateText }): SourceFile => ({
  path: 'first.test.yaml',
  text: scenarioOf(starts),
});

const textOf = ({
  id,
  starts,
}: {
  id: string;
  starts: DateText;
}): string => `# 一项行动的定义：改成自己的即可。 A campaign as text: change it into your own.
# 所有键见 docs/definition.md；改后运行 npx shigeyi check。 Every key: docs/definition.md. After a change: npx shigeyi check.
shigeyi: 1
id: ${id}
title: { zh: 新的行动, en: A new campaign }
zone: Asia/Shanghai
calendar: cn # 工作日历，含调休 which days are worked, make-up days included
notice: 3 # 任务在截止日当天或之后才开启时，给几个工作日 working days for what comes up on or after its last day

# 角色：谁办、谁审、催谁。职位空缺时由 fallback 顶替。 Roles: who acts, reviews, is told. A vacant post falls back on the next.
roles:
  office: { title: { zh: 办公室, en: Office }, scope: campaign }
  union-head: { title: { zh: 工会主席, en: Head of the union }, scope: union, fallback: office }
  union-officer: { title: { zh: 工会经办人, en: Officer of the union }, scope: union, fallback: union-head }

# 催办梯级：期限前后第几个工作日、几点、告诉谁。 A ladder: so many working days from the deadline, at what time, who is told.
ladders:
  standard:
    - { id: day-before, remind: assignee, workingDays: -1, at: '09:00' }
    - { id: overdue, escalate: union-head, when: overdue }
    - { id: office, escalate: office, workingDays: 2, at: '09:00', digest: daily }

# 表单：完成任务时填写的内容。 Forms: what is filled in to finish a task.
forms:
  record:
    title: { zh: 工作记录, en: Record }
    fields:
      - { id: doneOn, title: { zh: 完成日期, en: Done on }, type: date, dates: past }
      - { id: text, title: { zh: 情况, en: What was done }, type: long-text }

# 阶段按日期先后排列，不得重叠；动作下列任务。 Phases in the order of their dates, without overlap; actions hold tasks.
phases:
  - id: prepare
    title: { zh: 准备阶段, en: Preparation }
    starts: ${starts}
    ends: ${daysLater(starts, PREPARE_DAYS - 1)}
    actions:
      - id: preparing
        number: 1
        title: { zh: 制定方案, en: Plan the work }
        tasks: # scope：每户、每个工会或全行动一次；basis：依据 each household, each union, or once; where it is laid down
          - { id: scheme, title: { zh: 工作方案, en: Scheme }, basis: practice, scope: union, holder: union-officer, form: record }
  - id: visits
    title: { zh: 走访阶段, en: Visits }
    starts: ${daysLater(starts, PREPARE_DAYS)}
    ends: ${daysLater(starts, CAMPAIGN_DAYS - 1)}
    actions:
      - id: visiting
        number: 2
        title: { zh: 走访, en: Visit every household }
        tasks:
          - { id: visit, title: { zh: 入户走访, en: Visit }, basis: practice, scope: household, holder: union-officer, form: record }
          - id: summary
            title: { zh: 工作小结, en: Summary }
            basis: house
            scope: union
            holder: union-officer
            form: record
            after: [scheme] # 先完成这些任务才开启 opens once these are done
            ladder: standard # 不写即为 standard；期限默认阶段末 what it is without saying so; due at the phase's end unless \`due\` says otherwise
            reviews: [{ accept: union-head }] # 办完后由谁审 who accepts or returns it
`;

const scenarioOf = (
  starts: DateText,
): string => `# 情景：这些时刻这些人做这些事，之后应当如此。 A scenario: at these instants these people do this, and then this is how things stand.
# 所有键见 docs/scenarios.md；运行 npx shigeyi test。 Every key: docs/scenarios.md. It is played by npx shigeyi test.
shigeyi-test: 1
title: { zh: 从方案到小结, en: From the scheme to the summary }
register: { unions: 1, households: 1 } # 为情景编造的名册 a register made up for the scenario
steps:
  - at: ${starts} 10:00
    do: # 不写 as 即由该办的人办；未写的答案自动填 without \`as\` whoever must act does; answers that are not given are made up
      - { complete: u/union-01/scheme, as: union-01-head, refused: NOT_HOLDER } # 拒绝也可预期 a refusal may be expected too
      - { complete: u/union-01/scheme }
    expect:
      done: [u/union-01/scheme]
      absent: [h/h-001/visit, u/union-01/summary] # 走访阶段尚未开始 their phase has not begun
  - at: ${daysLater(starts, PREPARE_DAYS)} 10:00
    do:
      - { complete: h/h-001/visit }
      - { complete: u/union-01/summary }
      - { return: u/union-01/summary }
    expect:
      done: [h/h-001/visit]
      returned: [u/union-01/summary]
      due: { u/union-01/summary: ${daysLater(starts, CAMPAIGN_DAYS - 1)} } # 退回不改期限 a return leaves the deadline
  - at: ${daysLater(starts, PREPARE_DAYS + 1)} 10:00
    do:
      - { complete: u/union-01/summary }
      - { accept: u/union-01/summary }
    expect:
      done: [u/union-01/summary]
      overdue: [] # 没有逾期 nothing is overdue
`;

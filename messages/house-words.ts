/** What the house says around titles, ids and numbers, in each language that messages may be sent in. */
import type { OutboxMessage } from '../model/flush.ts';
import type { MessageLanguage, Plan } from '../model/plan.ts';

type Purpose = OutboxMessage['purpose'];

export interface HouseWords {
  readonly purposes: Readonly<Record<Purpose, string>>;
  /** Of all work of whoever it is sent to. */
  readonly ofAll: Readonly<Partial<Record<Purpose, string>>>;
  readonly federation: string;
  readonly union: (id: string) => string;
  readonly household: (id: string) => string;
  /** The campaign's title, before what is said. */
  readonly heading: (title: string) => string;
  readonly about: (purpose: string, what: string) => string;
  readonly task: (line: { readonly title: string; readonly place: string; readonly deadline: string }) => string;
  /** Of what messages say no more than that it is there. */
  readonly lookItUp: (line: string) => string;
  readonly items: (count: number) => string;
  readonly moreItems: (count: number) => string;
  readonly dailyList: string;
  readonly overdue: (of: { readonly tasks: number; readonly households: number; readonly days: number }) => string;
  readonly issue: (bulletin: { readonly title: string; readonly number: number; readonly at: string }) => string;
  readonly total: string;
  readonly moreUnions: (count: number) => string;
  readonly colon: string;
  readonly semicolon: string;
}

const zh: HouseWords = {
  purposes: {
    opened: '新任务',
    returned: '已退回',
    toReview: '待审核',
    moved: '时限变更',
    assigned: '转由您办理',
    released: '已转他人办理',
    delegated: '已委托他人办理，仍由您负责',
    dropped: '不再需要办理',
    paused: '暂停',
    resumed: '恢复',
    waived: '已免办',
    reopened: '重新办理',
    undone: '暂不办理',
    retracted: '提交已撤回，无需审核',
    instructed: '交办',
    reminder: '催办',
    escalation: '逾期上报',
  },
  ofAll: { paused: '工作暂停，期间不催办', resumed: '工作恢复，时限以任务清单为准' },
  federation: '区总工会',
  union: (id) => `工会 ${id}`,
  household: (id) => `户 ${id}`,
  heading: (title) => `【${title}】`,
  about: (purpose, what) => `${purpose}：${what}`,
  task: ({ title, place, deadline }) => `${title}（${place}），时限 ${deadline}`,
  lookItUp: (line) => `${line}，内容请在任务清单中查看`,
  items: (count) => `共 ${count} 项`,
  moreItems: (count) => `另有 ${count} 项`,
  dailyList: '逾期日报',
  overdue: ({ tasks, households, days }) => `逾期任务 ${tasks} 项，涉及 ${households} 户，最长逾期 ${days} 天`,
  issue: ({ title, number, at }) => `${title} 第${number}期（${at}）`,
  total: '合计',
  moreUnions: (count) => `另有 ${count} 个工会`,
  colon: '：',
  semicolon: '；',
};

const en: HouseWords = {
  purposes: {
    opened: 'New',
    returned: 'Returned',
    toReview: 'To review',
    moved: 'Deadline moved',
    assigned: 'Now yours',
    released: 'Now with somebody else',
    delegated: 'Delegated, and still yours to answer for',
    dropped: 'No longer to be done',
    paused: 'Paused',
    resumed: 'Resumed',
    waived: 'Waived',
    reopened: 'To be done again',
    undone: 'Not to be done for now',
    retracted: 'Taken back, and no longer to review',
    instructed: 'Assigned',
    reminder: 'Reminder',
    escalation: 'Overdue',
  },
  ofAll: { paused: 'work stands still, and nobody is reminded', resumed: 'work goes on; deadlines are in the list of tasks' },
  federation: 'the federation',
  union: (id) => `union ${id}`,
  household: (id) => `household ${id}`,
  heading: (title) => `[${title}] `,
  about: (purpose, what) => `${purpose}: ${what}`,
  task: ({ title, place, deadline }) => `${title} (${place}), due ${deadline}`,
  lookItUp: (line) => `${line}; what it is stands in the list of tasks`,
  items: (count) => `${count} items`,
  moreItems: (count) => `and ${count} more`,
  dailyList: 'What is overdue today',
  overdue: ({ tasks, households, days }) => `overdue tasks: ${tasks}, households: ${households}, days late at most: ${days}`,
  issue: ({ title, number, at }) => `${title} no. ${number} (${at})`,
  total: 'In all',
  moreUnions: (count) => `unions that are not shown: ${count}`,
  colon: ': ',
  semicolon: '; ',
};

const WORDS: Readonly<Record<MessageLanguage, HouseWords>> = { zh, en };

/** The language that a plan's messages are sent in, Chinese unless it says otherwise, and the words for it. */
export function wordsOf({ language = 'zh' }: Pick<Plan, 'language'>): {
  readonly language: MessageLanguage;
  readonly words: HouseWords;
} {
  return { language, words: WORDS[language] };
}

/** What a message may be about; `messages` of a definition are called after these. */
export const PURPOSES: readonly string[] = Object.keys(zh.purposes);

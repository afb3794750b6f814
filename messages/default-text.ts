/** The words of a message, where the definition has none of its own. Titles of tasks and opaque ids only: who a household is stays in the database. */
import type { OutboxMessage } from '../model/flush.ts';
import { groupBy } from '../model/group.ts';
import type { Instant, Plan } from '../model/plan.ts';
import { renderTemplate } from './template.ts';

export interface Sendable {
  readonly instance: string;
  readonly union: string | null;
  readonly message: OutboxMessage;
}

/** What of a message its words are made of. */
export interface Spoken extends Omit<Sendable, 'message'> {
  readonly message: Pick<OutboxMessage, 'purpose' | 'template' | 'deadline' | 'text' | 'occurrence'>;
}

export interface Telling {
  readonly now: Instant;
  readonly dateTime: (at: Instant) => string;
  readonly unionName: (id: string) => string;
}

const PURPOSE: Readonly<Record<OutboxMessage['purpose'], string>> = {
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
  reminder: '催办',
  escalation: '逾期上报',
};

/** What a message may be about; `messages` of a definition are called after these. */
export const PURPOSES: readonly string[] = Object.keys(PURPOSE);

const DAY_MS = 86_400_000;

/** A digest lists so many lines and then only counts. */
const LINES = 20;

/** One text for everything a person is told at once. */
export function textOf(plan: Plan, messages: readonly Sendable[], telling: Telling): string {
  const [only] = messages;
  if (messages.length === 1 && only !== undefined) return `【${plan.title.zh}】${lineOf(plan, only, telling)}`;
  const lines = messages.slice(0, LINES).map((message) => `- ${lineOf(plan, message, telling)}`);
  const more = messages.length > LINES ? [`- 另有 ${messages.length - LINES} 项`] : [];
  return [`【${plan.title.zh}】共 ${messages.length} 项`, ...lines, ...more].join('\n');
}

/** Of all work of whoever it is sent to. */
const OF_ALL: Readonly<Partial<Record<OutboxMessage['purpose'], string>>> = {
  paused: '工作暂停，期间不催办',
  resumed: '工作恢复，时限以任务清单为准',
};

/** In the definition's own words where it has some: the rung's, or those of the purpose. */
export function lineOf(plan: Plan, { instance, union, message }: Spoken, { now, dateTime, unionName }: Telling): string {
  const template = plan.messages?.[message.text ?? message.purpose] ?? plan.messages?.[message.purpose];
  const ofAll = OF_ALL[message.purpose];
  if (ofAll !== undefined && template === undefined) return `${PURPOSE[message.purpose]}：${ofAll}`;
  const title = plan.tasks.find(({ id }) => id === message.template)?.title.zh ?? message.template;
  if (template !== undefined)
    return renderTemplate(template.zh, {
      campaign: plan.title.zh,
      task: title,
      place: placeOf(instance),
      union: union === null ? '区总工会' : unionName(union),
      deadline: dateTime(message.deadline),
      left: Math.max(0, Math.floor((message.deadline - now) / DAY_MS)),
      late: Math.max(0, Math.floor((now - message.deadline) / DAY_MS)),
      times: message.occurrence ?? 1,
    });
  return `${PURPOSE[message.purpose]}：${title}（${placeOf(instance)}），时限 ${dateTime(message.deadline)}`;
}

const placeOf = (instance: string): string =>
  instance === 'c' ? '区总工会' : instance.startsWith('u/') ? `工会 ${instance.slice(2)}` : `户 ${instance.slice(2)}`;

/** The leading group's list: by union, how many households and tasks, and the longest delay in days; no household is named. */
export function dailyListOf(
  plan: Plan,
  messages: readonly Sendable[],
  { at, unionName }: { at: number; unionName: (id: string) => string },
): string {
  const byUnion = groupBy(messages, ({ union }) => union);
  const lines = [...byUnion]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([union, of]) => {
      const households = new Set(of.filter(({ instance }) => instance.startsWith('h/')).map(({ instance }) => instance)).size;
      const days = Math.max(...of.map(({ message }) => Math.floor((at - message.deadline) / DAY_MS)));
      return `- ${union === null ? '区总工会' : unionName(union)}：逾期任务 ${of.length} 项，涉及 ${households} 户，最长逾期 ${days} 天`;
    });
  return [`【${plan.title.zh}】逾期日报`, ...lines].join('\n');
}

/** The words of a message, where the definition has none of its own. Titles of tasks and opaque ids only: who a household is stays in the database. */
import { ASSIGNED, ASSIGNED_TITLE } from '../model/assigned.ts';
import type { OutboxMessage } from '../model/flush.ts';
import { groupBy } from '../model/group.ts';
import type { Instant, Plan, Title } from '../model/plan.ts';
import { type HouseWords, wordsOf } from './house-words.ts';
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

const DAY_MS = 86_400_000;

/** A digest lists so many lines and then only counts. */
const LINES = 20;

/** One text for everything a person is told at once. */
export function textOf(plan: Plan, messages: readonly Sendable[], telling: Telling): string {
  const { language, words } = wordsOf(plan);
  const heading = words.heading(plan.title[language]);
  const [only] = messages;
  if (messages.length === 1 && only !== undefined) return `${heading}${lineOf(plan, only, telling)}`;
  const lines = messages.slice(0, LINES).map((message) => `- ${lineOf(plan, message, telling)}`);
  const more = messages.length > LINES ? [`- ${words.moreItems(messages.length - LINES)}`] : [];
  return [`${heading}${words.items(messages.length)}`, ...lines, ...more].join('\n');
}

/** In the definition's own words where it has some: the rung's, or those of the purpose. */
export function lineOf(plan: Plan, { instance, union, message }: Spoken, { now, dateTime, unionName }: Telling): string {
  const { language, words } = wordsOf(plan);
  const { purpose, deadline } = message;
  const template = plan.messages?.[message.text ?? purpose] ?? plan.messages?.[purpose];
  const ofAll = words.ofAll[purpose];
  if (ofAll !== undefined && template === undefined) return words.about(words.purposes[purpose], ofAll);
  const title = titleOf(plan, message.template)?.[language] ?? message.template;
  const place = placeOf(instance, words);
  if (template !== undefined)
    return renderTemplate(template[language], {
      campaign: plan.title[language],
      task: title,
      place,
      union: union === null ? words.federation : unionName(union),
      deadline: dateTime(deadline),
      left: Math.max(0, Math.floor((deadline - now) / DAY_MS)),
      late: Math.max(0, Math.floor((now - deadline) / DAY_MS)),
      times: message.occurrence ?? 1,
    });
  const line = words.task({ title, place, deadline: dateTime(deadline) });
  return words.about(words.purposes[purpose], purpose === 'instructed' ? words.lookItUp(line) : line);
}

/** Of an assigned item only that it is one: its own title may name people. */
const titleOf = ({ tasks }: Plan, template: string): Title | undefined =>
  tasks.find(({ id }) => id === template)?.title ?? (template === ASSIGNED ? ASSIGNED_TITLE : undefined);

function placeOf(instance: string, words: HouseWords): string {
  if (instance === 'c') return words.federation;
  const id = instance.slice(2);
  return instance.startsWith('u/') ? words.union(id) : words.household(id);
}

/** The leading group's list: by union, how many households and tasks, and the longest delay in days; no household is named. */
export function dailyListOf(
  plan: Plan,
  messages: readonly Sendable[],
  { at, unionName }: { at: number; unionName: (id: string) => string },
): string {
  const { language, words } = wordsOf(plan);
  const byUnion = groupBy(messages, ({ union }) => union);
  const lines = [...byUnion]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([union, of]) => {
      const households = new Set(of.filter(({ instance }) => instance.startsWith('h/')).map(({ instance }) => instance)).size;
      const days = Math.max(...of.map(({ message }) => Math.floor((at - message.deadline) / DAY_MS)));
      const name = union === null ? words.federation : unionName(union);
      return `- ${name}${words.colon}${words.overdue({ tasks: of.length, households, days })}`;
    });
  return [`${words.heading(plan.title[language])}${words.dailyList}`, ...lines].join('\n');
}

/** Templates of messages: what they may say, what is wrong with one, and what it comes to. Never in a workflow: a template is text to be read. */
import { analyzeSync, Liquid, type Template } from 'liquidjs';

/** What a template may name: titles, opaque ids, dates and counts. */
export const MESSAGE_FIELDS = ['campaign', 'task', 'place', 'union', 'deadline', 'left', 'late', 'times'] as const;
export type MessageField = (typeof MESSAGE_FIELDS)[number];
export type MessageValues = Readonly<Record<MessageField, string | number>>;

export const MESSAGE_TAGS: readonly string[] = ['if', 'unless', 'case'];
export const MESSAGE_FILTERS: readonly string[] = ['append', 'default', 'minus', 'plus', 'prepend', 'slice', 'truncate'];

/** Of a text, in characters: what a message on a telephone may hold. */
const LONGEST = 500;

/** `at`: the character at which it begins. */
export type TemplateFlaw = { readonly at: number } & (
  | { readonly kind: 'syntax'; readonly message: string }
  | { readonly kind: 'field' | 'filter' | 'tag'; readonly name: string }
);

export interface TemplateName {
  readonly name: string;
  readonly at: number;
}

export interface ReadTemplate {
  /** What it names, each once and where it first does, whether it is a field or not. */
  readonly names: readonly TemplateName[];
  readonly flaws: readonly TemplateFlaw[];
}

/** Strict: no name, filter or tag but those above. Loops, files and assignments are not among them, so a text ends and says what it shows. */
const liquid = createLiquid();

function createLiquid(): Liquid {
  const made = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    // No file is ever read: there is no tag that could name one.
    templates: {},
    parseLimit: 10_000,
    memoryLimit: 100_000,
    renderLimit: 200,
  });
  for (const tag of Object.keys(made.tags)) if (!MESSAGE_TAGS.includes(tag)) delete made.tags[tag];
  for (const filter of Object.keys(made.filters)) if (!MESSAGE_FILTERS.includes(filter)) delete made.filters[filter];
  return made;
}

export function readTemplate(text: string): ReadTemplate {
  let parsed: Template[];
  try {
    parsed = liquid.parse(text);
  } catch (failure) {
    return { names: [], flaws: [flawOf(failure, text)] };
  }
  const names = namesIn(parsed, text);
  const unknown = names.filter(({ name }) => !isField(name));
  if (unknown.length > 0) return { names, flaws: unknown.map((each) => ({ kind: 'field', ...each })) };
  try {
    liquid.renderSync(parsed, SAMPLE);
  } catch (failure) {
    return { names, flaws: [flawOf(failure, text)] };
  }
  return { names, flaws: [] };
}

function namesIn(parsed: Template[], text: string): readonly TemplateName[] {
  const { globals } = analyzeSync(parsed);
  const uses = Object.values(globals).flat();
  const named = uses.map(({ segments, location }) => ({
    name: segments.map((segment) => String(segment)).join('.'),
    at: offsetOf(text, location),
  }));
  const first = new Map<string, TemplateName>();
  for (const each of named.sort((a, b) => a.at - b.at)) if (!first.has(each.name)) first.set(each.name, each);
  return [...first.values()];
}

/** Of a line and a column, both from 1. */
function offsetOf(text: string, { row, col }: { readonly row: number; readonly col: number }): number {
  const before = text.split('\n').slice(0, row - 1);
  return before.reduce((sum, line) => sum + line.length + 1, 0) + col - 1;
}

/** @throws when the text would be read by nobody: `readTemplate` says so before a plan is made of it. */
export function renderTemplate(text: string, values: MessageValues): string {
  const said = liquid
    .parseAndRenderSync(text, { ...values })
    .replace(/\s+/g, ' ')
    .trim();
  return said.length > LONGEST ? `${said.slice(0, LONGEST - 1)}…` : said;
}

export const isField = (name: string): name is MessageField => (MESSAGE_FIELDS as readonly string[]).includes(name);

/** For a trial. */
const SAMPLE: MessageValues = {
  campaign: '行动',
  task: '任务',
  place: '户 h-001',
  union: '工会',
  deadline: '2020-10-20 23:59',
  left: 2,
  late: 0,
  times: 1,
};

function flawOf(failure: unknown, text: string): TemplateFlaw {
  const [message] = String(failure instanceof Error ? failure.message : failure).split('\n');
  const begin = beginOf(failure);
  const filter = /undefined filter: (\S+?),/.exec(message!)?.[1];
  if (filter !== undefined) return { kind: 'filter', name: filter, at: filterAt(text, { name: filter, begin }) };
  const tag = /^tag "(.+?)" not found/.exec(message!)?.[1];
  if (tag !== undefined) return { kind: 'tag', name: tag, at: Math.max(begin, text.indexOf(tag, begin)) };
  return { kind: 'syntax', message: message!.replace(/, line:\d+, col:\d+$/, ''), at: begin };
}

/** Behind its bar: a field before it may have the same letters. */
function filterAt(text: string, { name, begin }: { readonly name: string; readonly begin: number }): number {
  for (const { index, 0: bar } of text.matchAll(/\|\s*/g)) {
    const at = index + bar.length;
    if (index >= begin && text.startsWith(name, at)) return at;
  }
  return begin;
}

/** Where what could not be read begins; the beginning, where that is not told. */
function beginOf(failure: unknown): number {
  const { token } = failure as { readonly token?: { readonly begin?: number } };
  return token?.begin ?? 0;
}

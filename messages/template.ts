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

export type TemplateFlaw =
  | { readonly kind: 'syntax'; readonly message: string }
  | { readonly kind: 'field' | 'filter' | 'tag'; readonly name: string };

export interface ReadTemplate {
  /** What it names, each once, whether it is a field or not. */
  readonly names: readonly string[];
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
    return { names: [], flaws: [flawOf(failure)] };
  }
  const { globals } = analyzeSync(parsed);
  const uses = Object.values(globals).flat();
  const names = [...new Set(uses.map((use) => use.segments.map((segment) => String(segment)).join('.')))];
  const unknown = names.filter((name) => !isField(name));
  if (unknown.length > 0) return { names, flaws: unknown.map((name) => ({ kind: 'field', name })) };
  try {
    liquid.renderSync(parsed, SAMPLE);
  } catch (failure) {
    return { names, flaws: [flawOf(failure)] };
  }
  return { names, flaws: [] };
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

function flawOf(failure: unknown): TemplateFlaw {
  const [message] = String(failure instanceof Error ? failure.message : failure).split('\n');
  const filter = /undefined filter: (\S+?),/.exec(message!)?.[1];
  if (filter !== undefined) return { kind: 'filter', name: filter };
  const tag = /^tag "(.+?)" not found/.exec(message!)?.[1];
  if (tag !== undefined) return { kind: 'tag', name: tag };
  return { kind: 'syntax', message: message! };
}

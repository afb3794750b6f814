/** What a file says otherwise than the register of a run, and what became of it, for people to read. */
import { counted } from './counted.ts';
import type { RegisterAnswer } from './register-answer.ts';
import { formatTable } from './table.ts';

/** Nobody reads more at once; `--json` has all. */
const LINES = 60;

type Item = RegisterAnswer['items'][number];

/** One and several of a kind, in the order in which they are done. */
const KINDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'union-new': ['new union', 'new unions'],
  'person-new': ['new person', 'new people'],
  'union-details': ['union that is called otherwise', 'unions that are called otherwise'],
  'person-details': ['person with other details', 'people with other details'],
  'person-moved': ['person with another post', 'people with other posts'],
  'post-taken': ['post that somebody else has', 'posts that somebody else has'],
  'household-new': ['new household', 'new households'],
  'household-moved': ['household of another union', 'households of other unions'],
  'household-details': ['household with other details', 'households with other details'],
  'facts-changed': ['fact that is other', 'facts that are other'],
  'household-gone': ['household that is not in the file', 'households that are not in the file'],
  'union-gone': ['union that is not in the file', 'unions that are not in the file'],
  'person-gone': ['person who is not in the file', 'people who are not in the file'],
};

const COLUMNS = [
  { title: '', value: ({ kind }: Item) => KINDS[kind]?.[0] ?? kind },
  { title: 'id', value: ({ id }: Item) => id },
  { title: 'union', value: ({ union }: Item) => union ?? '' },
  { title: 'what', value: whatOf },
  { title: 'then', value: thenOf },
];

export function formatRegister(answer: RegisterAnswer, { again }: { readonly again: string }): string {
  const { applied, hash, away, counts, items } = answer;
  const stays =
    away === 0 ? [] : [`${counted(away, 'household')} of the file left the run before and will stay away; readmit brings back.`];
  if (items.length === 0) return [`The register of ${answer.run} and the file say the same.`, ...stays].join('\n');
  const totals = Object.entries(counts).map(([kind, count]) => `${count} ${KINDS[kind]?.[count === 1 ? 0 : 1] ?? kind}`);
  const more = items.length > LINES ? [`… and ${items.length - LINES} more; --json has all.`] : [];
  return [
    formatTable(items.slice(0, LINES), COLUMNS),
    ...more,
    ...remediesOf(items),
    `${totals.join(', ')}.`,
    ...stays,
    applied ? doneOf(items) : shownOf(items, `${again} --apply ${hash}`),
  ].join('\n');
}

function whatOf({ from, to, fields }: Item): string {
  const change = from === null && to === null ? '' : `${from ?? ''}${from === null ? '' : ' '}→ ${to ?? 'nobody'}`;
  return [fields.join(', '), from === null && to !== null ? to : change].filter((text) => text !== '').join(': ');
}

function thenOf({ state, code, message, revision }: Item): string {
  const numbered = revision === null ? '' : ` (revision ${revision})`;
  if (code !== null) return `${state}, ${code}: ${message ?? ''}${numbered}`;
  return state === 'previewed' ? 'to be done' : `${state}${numbered}`;
}

/** Each remedy once: a hundred households may be left for one reason. */
function remediesOf(items: readonly Item[]): readonly string[] {
  const remedies = new Map<string, string>();
  for (const { code, remedy } of items) if (code !== null && remedy !== null && !remedies.has(code)) remedies.set(code, remedy);
  return [...remedies].map(([code, remedy]) => `${code}: ${remedy}.`);
}

const count = (items: readonly Item[], state: Item['state']): number => items.filter((item) => item.state === state).length;

function doneOf(items: readonly Item[]): string {
  const others = (['pending', 'left', 'refused'] as const)
    .map((state) => [count(items, state), state] as const)
    .filter(([number]) => number > 0)
    .map(([number, state]) => `, ${number} ${state}`);
  return `Done: ${count(items, 'done')} of ${counted(items.length, 'item')}${others.join('')}.`;
}

function shownOf(items: readonly Item[], command: string): string {
  const [does, left] = [count(items, 'previewed'), count(items, 'left')];
  const stay = left === 0 ? '' : `, and leave ${left} as ${left === 1 ? 'it is' : 'they are'}`;
  if (does === 0) return 'Nothing was changed, and there is nothing that could be done here.';
  return `Nothing was changed. It would do ${counted(does, 'item')}${stay}. To do exactly this: ${command}`;
}

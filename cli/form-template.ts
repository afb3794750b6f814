/** A form as YAML that a person can fill in: each field under a comment that says what it asks for. */
import { stringify } from 'yaml';
import type { ItemWords } from '../client/assigned-words.ts';
import type { Cell, FormRule, FormSpec, Table } from '../model/form.ts';
import type { Instant } from '../model/plan.ts';
import { formatInstant } from './instants.ts';

interface Concern {
  readonly task: string;
  readonly rowTitle: string | null;
  /** Of an assigned item: what is to be done. */
  readonly words?: ItemWords | null;
  /** Of a task that came back from its reviewer. */
  readonly returned?: { readonly by: string; readonly at: Instant; readonly reason: string | null } | null;
  /** The answers are those that were handed in before. */
  readonly isBefore?: boolean;
}

/** `answers` in the form's order; members that the form does not have are left out. */
export function formatAnswers(
  { title, note, fields, rules }: FormSpec,
  answers: Readonly<Record<string, unknown>>,
  { task, rowTitle, words = null, returned = null, isBefore = false }: Concern,
): string {
  const head = [
    `# ${title.zh} (${title.en}), for ${task}`,
    ...(rowTitle === null ? [] : comment(rowTitle)),
    ...(words === null ? [] : comment(`${words.from === undefined ? '' : `${words.from}：`}${words.words}`)),
    ...(note === undefined ? [] : comment(note)),
    ...(returned === null ? [] : describeReturn(returned)),
    ...(isBefore ? ['# The answers are those that were handed in before.'] : []),
    ...describeRules(rules),
  ];
  const parts = fields.flatMap((field) => {
    const answer = answers[field.id];
    if (answer === undefined) return field.type !== 'table' && field.correctable === true ? ['', describeCorrectable(field)] : [];
    return [
      '',
      ...(field.type === 'table' ? describeTable(field) : [describeCell(field)]),
      stringify({ [field.id]: answer }, { nullStr: '' }).trimEnd(),
    ];
  });
  return [...head, ...parts].join('\n');
}

const describeReturn = ({ by, at, reason }: NonNullable<Concern['returned']>): string[] =>
  comment(`Returned by ${by}, ${formatInstant(at)}: ${reason ?? '(the words can be read no more)'}`);

/** What the register says is not repeated here: a form lies about in files. */
const describeCorrectable = ({ id, title }: Cell): string =>
  `# ${title.zh} (${title.en}): from the register. If that is wrong: ${id}: {corrected: …, why: …}`;

const comment = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd());

const describeRules = (rules: readonly FormRule[] = []): string[] =>
  rules.map(({ say: { zh, en }, at }) => `# ${at}: ${zh} (${en})`);

function describeTable({ title, columns, minRows, maxRows, fixedRows, when, rules }: Table): string[] {
  const rows = fixedRows === undefined ? `${minRows} to ${maxRows} rows` : 'a row for each kind';
  return [
    `# ${title.zh} (${title.en}): ${rows}${when === undefined ? '' : '; only asked in some cases'}`,
    ...columns.filter(({ from }) => from === undefined).map((cell) => `#   ${cell.id}: ${describe(cell)}`),
    ...describeRules(rules),
  ];
}

const describeCell = (cell: Cell): string => `# ${describe(cell)}`;

function describe({ title, type, required, choices, freeText, when, min, max, atLeast, atMost, dates, role }: Cell): string {
  const range = min !== undefined || max !== undefined ? `${min ?? ''} to ${max ?? ''}`.trim() : '';
  const facts = [
    TYPES[type],
    range,
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}${type.endsWith('text') ? ' characters' : ''}`,
    dates === 'past' ? 'not after today' : dates === 'future' ? 'not before today' : '',
    role === undefined ? '' : `a ${role}`,
    required ? 'required' : 'may be blank',
    when === undefined ? '' : 'only asked in some cases',
  ].filter((fact) => fact !== '');
  const members = (choices ?? []).map(({ id, title: { zh } }) => `${id} ${zh}`).join(', ');
  const words = freeText === true ? '; with words: {choice: other, text: …}' : '';
  return `${title.zh} (${title.en}): ${facts.join(', ')}${members === '' ? '' : `; one of ${members}`}${words}`.replaceAll(
    '\n',
    ' ',
  );
}

const TYPES: Readonly<Record<Cell['type'], string>> = {
  text: 'text',
  'long-text': 'text, of any length',
  integer: 'whole number',
  number: 'number',
  money: 'yuan',
  date: 'date YYYY-MM-DD',
  'year-month': 'month YYYY-MM',
  choice: 'choice',
  choices: 'list of choices',
  'yes-no': 'true or false',
  phone: 'telephone number, in quotes',
  'id-number': 'identity number, in quotes',
  person: "person's id",
  union: "union's id",
  evidence: 'list of references to papers',
  photo: 'list of references to pictures',
  file: 'list of references to files',
  signature: 'second person and day: {person: …, on: YYYY-MM-DD}',
};

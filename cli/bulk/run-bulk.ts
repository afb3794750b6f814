/** A command asked of many: shown first, done on the hash of what was shown, with the result of each. */
import { BULK_AT_MOST, type BulkOutcome, type BulkPreview, bulkIdOf, type BulkSeen } from '../../client/bulk.ts';
import { drawBar } from '../bar.ts';
import type { Context } from '../command.ts';
import { commandLine } from '../command-line.ts';
import { CliError, EXIT, type ExitCode } from '../failure.ts';
import { type Client, withClient } from '../host.ts';
import { createLive, silentLive } from '../screen.ts';
import { formatBulk } from './format-bulk.ts';
import { type BulkRow, makeItems, reasonOf } from './items.ts';
import type { BulkKind } from './kinds.ts';
import type { BulkSource } from './options.ts';
import { type Cells, readCsvRows, readFailedRows, type Reading, type RowIssue } from './rows.ts';
import { type BulkEnd, type BulkLine, endOf, OneOrManyAnswer } from './shapes.ts';

export interface Bulk {
  readonly kind: BulkKind;
  readonly run: string;
  readonly source: BulkSource;
  /** By column: what the options say. */
  readonly given: Cells;
  readonly apply: string | undefined;
  readonly id: string | undefined;
  /** The file where the result of each is written. */
  readonly results: string | undefined;
}

export async function runBulk(bulk: Bulk, context: Context<OneOrManyAnswer>): Promise<ExitCode> {
  const { host, json } = context;
  return await withClient(host, async (client) => {
    const rows = await rowsOf(client, { bulk, context });
    const doing = { bulk, rows, context };
    const { lines, end } = await (bulk.apply === undefined ? show(client, doing) : applyAndWrite(client, doing));
    if (json) context.line(end);
    else context.answer(end, () => formatBulk({ lines, end }, wordsOf(bulk, context)));
    return exitOf(end);
  });
}

const wordsOf = ({ kind, run, results, id }: Bulk, { typed }: Context<OneOrManyAnswer>): Parameters<typeof formatBulk>[1] => ({
  typed,
  isNamed: id !== undefined,
  // The file says the rest.
  retry: results === undefined ? undefined : commandLine([kind.command, run, '--retry', results]),
  place: kind.place,
});

function exitOf({ end: { states } }: BulkEnd): ExitCode {
  if (states.unanswered > 0) return EXIT.unreachable;
  return states.refused + states.pending + states.left > 0 ? EXIT.refused : EXIT.done;
}

interface Asking {
  readonly bulk: Bulk;
  readonly context: Context<OneOrManyAnswer>;
}

/** @throws CliError with everything that is wrong with a file, before anything is asked of the run. */
async function rowsOf(client: Client, { bulk, context }: Asking): Promise<readonly BulkRow[]> {
  const { kind, run, source, given } = bulk;
  const file = source.kind === 'choice' ? 'the choice' : source.file === '-' ? 'standard input' : source.file;
  const read = await readingOf(client, { bulk, context, file });
  if ('issues' in read) throw unusable(file, read.issues);
  if (read.rows.length === 0) throw nothingThere(source);
  const made = await makeItems(read.rows, { kind, run, file, given, client });
  if ('issues' in made) throw unusable(file, made.issues);
  return made.items;
}

async function readingOf(
  client: Client,
  { bulk, context: { host }, file }: Asking & { readonly file: string },
): Promise<Reading> {
  const { kind, run, source } = bulk;
  switch (source.kind) {
    case 'list': {
      const columns = [...kind.place, ...kind.columns, ...reasonOf(kind), 'as'];
      return readCsvRows(await host.readBytes(source.file), { file, columns, atMost: BULK_AT_MOST });
    }
    case 'retry':
      return await readFailedRows(source.file === '-' ? linesOf(await host.readInput('-')) : host.readLines(source.file), {
        ...{ file, run, kind: kind.command },
      });
    case 'choice': {
      const tasks = await client.chooseTasks(run, source.choice);
      return { rows: tasks.map((task, index) => ({ line: index + 1, cells: { task } })) };
    }
  }
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* await Promise.resolve(text.split('\n'));
}

const unusable = (file: string, details: readonly RowIssue[]): CliError =>
  new CliError({
    ...{ exit: EXIT.refused, code: 'LIST_INVALID', details },
    message: `${details.length} ${details.length === 1 ? 'thing is' : 'things are'} wrong with ${file}; nothing was changed`,
    remedy: 'put right what is listed',
  });

const nothingThere = (source: BulkSource): CliError =>
  new CliError({
    ...{ exit: EXIT.refused, code: 'LIST_EMPTY' },
    message: { list: 'the file names nobody and nothing', retry: 'nothing failed in it', choice: 'there are no such tasks' }[
      source.kind
    ],
    remedy: source.kind === 'choice' ? 'see what there is with: npx shigeyi tasks' : 'give another file',
  });

interface Told {
  readonly lines: readonly BulkLine[];
  readonly end: BulkEnd;
}

interface Doing extends Asking {
  readonly rows: readonly BulkRow[];
}

async function show(client: Client, { bulk, rows, context }: Doing): Promise<Told> {
  const { run, id } = bulk;
  const items = rows.map(({ item }) => item);
  const { hash, items: seen }: BulkPreview = await client.previewBulk({ run, items, ...(id !== undefined && { id }) });
  const lines = rows.map((row, index) => ({ ...lineOf(bulk, row), command: row.item.command ?? null, ...facesOf(seen[index]!) }));
  if (context.json) for (const line of lines) context.line(line);
  return { lines, end: endOf(lines, { applied: false, hash, id: id ?? null }) };
}

const lineOf = ({ run, kind }: Bulk, { line, cells }: BulkRow) => ({ run, kind: kind.command, line, item: { ...cells } });
const NOTHING_SEEN = { code: null, message: null, touched: 0, tasks: [], posts: [], stands: [] } as const;

function facesOf(seen: BulkSeen): Omit<BulkLine, 'run' | 'kind' | 'line' | 'item' | 'command'> {
  if (seen.state === 'done') return { ...NOTHING_SEEN, state: 'done', touched: seen.adjusted };
  if (seen.state === 'refused')
    return { ...NOTHING_SEEN, state: 'refused', code: seen.refusal.code, message: seen.refusal.message };
  const tasks = seen.touched.flatMap((item) =>
    'refusal' in item
      ? []
      : item.differences.map(({ task, before, after }) => ({ task: `${item.instance}/${task}`, before, after })),
  );
  const posts = seen.touched.flatMap((item) =>
    'refusal' in item ? [] : item.posts.map((post) => ({ instance: item.instance, ...post })),
  );
  const stands = seen.touched.flatMap((item) => ('refusal' in item ? [] : item.stands.map((task) => `${item.instance}/${task}`)));
  return { ...NOTHING_SEEN, state: 'previewed', touched: tasks.length, tasks, posts, stands };
}

/** The file is made before anything is done, and never over another: what was done must not be lost for want of a place to write it. */
async function applyAndWrite(client: Client, doing: Doing): Promise<Told> {
  const { results } = doing.bulk;
  if (results === undefined) return await apply(client, doing);
  let told: Told | undefined;
  await doing.context.host.writeLines(results, doThenTell());
  return told!;

  async function* doThenTell(): AsyncGenerator<string> {
    told = await apply(client, doing);
    for (const line of [...told.lines, told.end]) yield JSON.stringify(OneOrManyAnswer.parse(line));
  }
}

/** Each line is printed as it comes to its end, so that a file of them tells how far it came, however it ended. */
async function apply(client: Client, { bulk, rows, context }: Doing): Promise<Told> {
  const { run } = bulk;
  const { host, json, signal } = context;
  const expected = bulk.apply === 'now' ? {} : { expect: bulk.apply! };
  // Where it is agreed to, the id is made of that.
  const named = bulk.id ?? (bulk.apply === 'now' ? bulkIdOf({}) : undefined);
  let id = bulkIdOf({ ...(named !== undefined && { id: named }), ...expected });
  const live = json ? silentLive : createLive(host.screen, host.now);
  const done = { settled: 0, failed: 0 };
  const tell = (): void => {
    const counted = `${done.settled} of ${rows.length}${done.failed === 0 ? '' : `, ${done.failed} not done`}`;
    live.show({ lines: [`${drawBar(done.settled / rows.length)}  ${counted}`], plain: counted });
  };
  tell();
  const outcomes = await client.applyBulk(
    { run, ...(named !== undefined && { id: named }), items: rows.map(({ item }) => item), ...expected },
    {
      signal,
      onNamed(given) {
        id = given;
      },
      onSettled(outcome) {
        done.settled += 1;
        if (outcome.state !== 'done') done.failed += 1;
        if (json) context.line(settledLine(bulk, rows[outcome.index]!, outcome));
        tell();
      },
    },
  );
  live.clear();
  const lines = outcomes.map((outcome) => settledLine(bulk, rows[outcome.index]!, outcome));
  return { lines, end: endOf(lines, { applied: true, hash: null, id }) };
}

function settledLine(bulk: Bulk, row: BulkRow, outcome: BulkOutcome): BulkLine {
  const { command, state } = outcome;
  const more = state === 'done' ? { touched: outcome.adjusted } : { code: outcome.code, message: outcome.message };
  return { ...lineOf(bulk, row), command, ...NOTHING_SEEN, state, ...more };
}

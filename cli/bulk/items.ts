/** From rows to what is asked of the run: everything that is wrong with any of them is found before anything is asked. */
import { Invalid, Refused } from '../../client/client-error.ts';
import type { BulkItem } from '../../client/bulk.ts';
import type { Instant } from '../../model/plan.ts';
import type { Client } from '../host.ts';
import { type BulkKind, RowFault, type RowTools } from './kinds.ts';
import type { Cells, Row, RowIssue } from './rows.ts';

export interface BulkRow {
  readonly line: number;
  /** With what the options say where the row says nothing; what a result repeats. */
  readonly cells: Cells;
  readonly item: BulkItem;
}

export interface Making {
  readonly kind: BulkKind;
  readonly run: string;
  /** What the rows are of, in issues. */
  readonly file: string;
  /** By column: what the options say. */
  readonly given: Cells;
  readonly client: Client;
}

/** Every row, or everything that is wrong. */
export async function makeItems(
  rows: readonly Row[],
  { kind, run, file, given, client }: Making,
): Promise<{ readonly items: readonly BulkRow[] } | { readonly issues: readonly RowIssue[] }> {
  const tools = createTools(client, run);
  const items: BulkRow[] = [];
  const issues: RowIssue[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells: own, command } of rows) {
    const cells = filled(own, given);
    try {
      const item = await itemOf(cells, { kind, tools: { ...tools, command } });
      refuseRepeated(lines, { kind, item, cells, line });
      items.push({ line, cells, item: { ...item, ...(command !== undefined && { command }) } });
    } catch (failure) {
      issues.push({ file, line, ...issueOf(failure) });
    }
  }
  return issues.length === 0 ? { items } : { issues };
}

function filled(own: Cells, given: Cells): Cells {
  const said = ([, text]: readonly [string, string]): boolean => text !== '';
  return { ...given, ...Object.fromEntries(Object.entries(own).filter(said)) };
}

async function itemOf(cells: Cells, { kind, tools }: { kind: BulkKind; tools: RowTools }): Promise<BulkItem> {
  const scope = kind.scopeOf(cells);
  for (const column of [...kind.needs, ...reasonOf(kind)]) {
    if ((cells[column] ?? '') === '')
      throw new RowFault({
        column,
        message: `it is not said: ${column}`,
        hint: `fill in the column '${column}', or give --${column} for all`,
      });
  }
  const { reason = '', as = '' } = cells;
  const person = as === '' ? await kind.personOf?.(cells, tools) : as;
  const adjustment = await kind.adjustmentOf(cells, tools);
  const words = kind.wordsOf?.(cells);
  return { for: scope, adjustment, ...(words ? { words } : { reason }), ...(person !== undefined && { person }) };
}

/** The column for it, of all but those that have other words. */
export const reasonOf = ({ wordsOf }: BulkKind): readonly string[] => (wordsOf === undefined ? ['reason'] : []);

/** Twice the same would be done twice, or be refused the second time: one of them is a mistake. */
function refuseRepeated(
  lines: Map<string, number>,
  { kind, item, cells, line }: { kind: BulkKind; item: BulkItem; cells: Cells; line: number },
): void {
  const [first, ...others] = kind.place;
  const apart = kind.apart === undefined ? cells['task']?.split('/').at(-1) : cells[kind.apart];
  const place = 'instance' in item.for ? `${item.for.instance}/${apart ?? ''}` : (cells[first!] ?? '');
  const before = lines.get(place);
  if (before !== undefined) {
    throw new RowFault({
      column: others.at(-1) ?? first!,
      message: `the same stands on line ${before}`,
      hint: 'keep one of them',
    });
  }
  lines.set(place, line);
}

function issueOf(failure: unknown): Omit<RowIssue, 'file' | 'line'> {
  if (failure instanceof RowFault)
    return { code: 'ROW_INVALID', column: failure.column, message: failure.message, hint: failure.hint };
  const complaint = failure instanceof Refused ? failure.refusal : failure;
  if (failure instanceof Refused || failure instanceof Invalid) {
    const { code, message, remedy } = complaint as Refused['refusal'] | Invalid;
    return { code, message, hint: remedy };
  }
  throw failure;
}

/** Of one run. */
export function createTools(client: Client, run: string, command?: string): RowTools {
  const known = new Map<string, Promise<Instant>>();
  return {
    ...{ run, client, command },
    instantAt(text, edge) {
      const key = `${text}|${edge ?? ''}`;
      const at = known.get(key) ?? client.instantAt(run, text, edge);
      known.set(key, at);
      return at;
    },
  };
}

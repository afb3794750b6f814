/** The tables of a form, each read when somebody first asks for it: a field may depend on what a table comes to, and a table on a field. */
import type { Table } from '../model/form.ts';
import { sumOf } from '../model/fraction.ts';
import type { Sheet, SheetFigures } from './sheet.ts';

/** A row, and where it stands, with its separator: 'measures[2].'. */
export interface PlacedSheet {
  readonly sheet: Sheet;
  readonly prefix: string;
}

/** A table that was read, with the rows that say something. */
export interface ReadTable {
  readonly filled: readonly PlacedSheet[];
}

export interface Tables<T extends ReadTable> {
  /** In the form's order, without those that are not asked or cannot be read. */
  readonly all: () => readonly (readonly [Table, T])[];
  readonly figures: SheetFigures;
}

/** `readOne` reads a table whose rows may ask for the figures of others. */
export function openTables<T extends ReadTable>(
  tables: readonly Table[],
  readOne: (table: Table) => T | 'unasked' | 'faulty',
): Tables<T> {
  const known = new Map<string, T | 'unasked' | 'faulty'>();
  const read = (table: Table): T | 'unasked' | 'faulty' => {
    const found = known.get(table.id);
    if (found !== undefined) return found;
    // Until it is read it counts as unasked, which ends a circle of conditions.
    known.set(table.id, 'unasked');
    const reading = readOne(table);
    known.set(table.id, reading);
    return reading;
  };
  return {
    all: () =>
      tables.flatMap((table) => {
        const reading = read(table);
        return typeof reading === 'string' ? [] : [[table, reading] as const];
      }),
    figures({ table: id, column }) {
      const table = tables.find((each) => each.id === id);
      const reading = table === undefined ? 'unasked' : read(table);
      if (reading === 'unasked') return null;
      if (reading === 'faulty') return 'unsettled';
      return column === undefined ? reading.filled.length : sumOfColumn(reading.filled, column);
    },
  };
}

/** What was left blank counts for nothing. */
function sumOfColumn(rows: readonly PlacedSheet[], column: string): number | null | 'unsettled' {
  const states = rows.map(({ sheet }) => sheet.read(column));
  if (states.some((state) => state?.kind === 'faulty')) return 'unsettled';
  return sumOf(states.flatMap((state) => (state?.kind === 'answered' && typeof state.fact === 'number' ? [state.fact] : [])));
}

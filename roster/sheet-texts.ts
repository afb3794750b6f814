/** A roster as the texts of its sheets, for writing. */
import type { Roster } from '../model/roster.ts';
import type { Column } from './columns.ts';
import { EARLIER_COLUMNS, HOUSEHOLD_COLUMNS, PERSON_COLUMNS, UNION_COLUMNS } from './register.ts';
import type { SheetKind } from './sheet.ts';

export interface SheetTexts {
  readonly kind: SheetKind;
  readonly columns: readonly { readonly heading: string; readonly members?: readonly string[] }[];
  readonly rows: readonly (readonly string[])[];
}

/** Households that a sweep admitted are on file by now, so they are written among those. */
export function sheetTexts({ unions, people, households }: Roster): readonly SheetTexts[] {
  return [
    texts('unions', UNION_COLUMNS, unions),
    texts('people', PERSON_COLUMNS, people),
    texts(
      'households',
      HOUSEHOLD_COLUMNS,
      households.filter(({ enrolment }) => enrolment !== 'earlier-lifted'),
    ),
    texts(
      'earlier',
      EARLIER_COLUMNS,
      households.filter(({ enrolment }) => enrolment === 'earlier-lifted'),
    ),
  ];
}

function texts<T extends object>(
  kind: SheetKind,
  columns: { readonly [K in keyof T]?: unknown },
  entries: readonly T[],
): SheetTexts {
  const list = Object.entries(columns) as [keyof T, Column<unknown>][];
  return {
    kind,
    columns: list.map(([, column]) => column),
    rows: entries.map((entry) => list.map(([id, column]) => (entry[id] === undefined ? '' : column.format(entry[id])))),
  };
}

/** A sheet as it was found: texts by line, before anybody asks what they mean. */

export const SHEET_TITLES = { unions: '工会', people: '人员', households: '困难职工', earlier: '历年脱困' } as const;
export type SheetKind = keyof typeof SHEET_TITLES;
export const SHEET_KINDS = Object.keys(SHEET_TITLES) as readonly SheetKind[];

export interface SheetRow {
  /** Counts from 1 and includes the heading, as a spreadsheet shows it. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly kind: SheetKind;
  /** What the reader of an issue will look for: a sheet's or a file's name. */
  readonly title: string;
  /** Without the rows that are blank; the first is the heading. */
  readonly rows: readonly SheetRow[];
}

/** Which sheet a name stands for: the Chinese one or the English one. */
export function findSheetKind(name: string): SheetKind | undefined {
  const asked = name.normalize('NFKC').trim().toLowerCase();
  return SHEET_KINDS.find((kind) => kind === asked || SHEET_TITLES[kind] === asked);
}

export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((text) => text.trim() === '');
}

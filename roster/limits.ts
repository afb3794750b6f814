/** How much a register may hold. The largest district on record has some thousands of households; beyond these it is no register but a mistake. */
export const ROSTER_LIMITS = {
  /** Of the file, or of the files of a folder together. */
  fileBytes: 50 * 1024 * 1024,
  /** Of a workbook once inflated. Reading takes about thirteen times as much memory; some 100,000 rows fit, and CSV takes more. */
  inflatedBytes: 64 * 1024 * 1024,
  /** Parts of a workbook. */
  entries: 2_000,
  /** Rows that hold something, of all sheets together. */
  rows: 200_000,
  columns: 100,
  /** Characters of a cell. */
  text: 500,
  /** Issues told at once; the rest is counted. */
  issues: 1_000,
} as const;

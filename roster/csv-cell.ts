/** Cells that a spreadsheet would run. Escaping and its undoing stand together, because each must know the other exactly. */

/** A text that a spreadsheet would take for a formula gets an apostrophe before it, so that opening the file runs nothing. */
export function escapeCell(text: string): string {
  return text.replace(/^(?='*[=+\-@\t\r])/, "'");
}

/** Takes that apostrophe back. */
export function unescapeCell(text: string): string {
  return text.replace(/^'(?='*[=+\-@\t\r])/, '');
}

/** What is wrong with a definition, said to its author: where, what was found, and what to do. Issues are collected, never thrown one by one. */
import type { IssueCode } from './codes.ts';

/** Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Issue extends Place {
  readonly code: IssueCode;
  readonly message: string;
  readonly hint: string;
  /** A warning does not keep a definition from being compiled. */
  readonly severity: 'error' | 'warning';
}

/** Takes one issue. The severity is the code's own (compiler/codes.ts). */
export type Report = (code: IssueCode, place: Place, words: { readonly message: string; readonly hint: string }) => void;

/** Files in the order they were given, then lines, then columns. */
export function sortIssues(issues: readonly Issue[], files: readonly string[]): readonly Issue[] {
  const ranks = new Map(files.map((file, index) => [file, index]));
  const rank = (file: string): number => ranks.get(file) ?? files.length;
  return [...issues].sort(
    (a, b) =>
      rank(a.file) - rank(b.file) || a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}

/** One issue on one line, as compilers print it. */
export function formatIssue({ file, line, column, severity, code, message, hint }: Issue): string {
  return `${file}:${line}:${column} ${severity} ${code}: ${message}\n  ${hint}`;
}

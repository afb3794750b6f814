/** What is wrong with a definition, said to its author: where, what was found, and what to do. Issues are collected, never thrown one by one. */
import type { IssueCode } from './codes.ts';
import type { Language, Said, Words } from './said.ts';

/** Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Another place that an issue is about, such as the first of two that bear one name. */
export interface Related extends Place {
  readonly note: Words;
}

export interface Issue extends Place {
  readonly code: IssueCode;
  /** In English, as `hint` is. */
  readonly message: string;
  readonly hint: string;
  readonly zh: { readonly message: string; readonly hint: string };
  /** A warning does not keep a definition from being compiled. */
  readonly severity: 'error' | 'warning';
  readonly related?: readonly Related[];
}

/** Takes one issue. The severity is the code's own (compiler/codes.ts), the words are those of its catalogue (compiler/messages.ts). */
export type Report = (code: IssueCode, place: Place, words: Said, related?: readonly Related[]) => void;

/** What is said in both languages, as an issue has it. */
export function wordsOf({ message, hint }: Said): Pick<Issue, 'message' | 'hint' | 'zh'> {
  return { message: message.en, hint: hint.en, zh: { message: message.zh, hint: hint.zh } };
}

/** An issue as one reader sees it. */
export interface ToldIssue extends Place {
  readonly code: IssueCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
  readonly related: readonly (Place & { readonly note: string })[];
}

export function tellIssue(
  { file, line, column, code, severity, zh, related = [], ...english }: Issue,
  language: Language,
): ToldIssue {
  const { message, hint } = language === 'zh' ? zh : english;
  const others = related.map(({ note, ...place }) => ({ ...place, note: note[language] }));
  return { file, line, column, code, severity, message, hint, related: others };
}

/** Files in the order they were given, then lines, then columns. */
export function sortIssues(issues: readonly Issue[], files: readonly string[]): readonly Issue[] {
  const ranks = new Map(files.map((file, index) => [file, index]));
  const rank = (file: string): number => ranks.get(file) ?? files.length;
  return [...issues].sort(
    (a, b) =>
      rank(a.file) - rank(b.file) || a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}

const SEVERITIES: Readonly<Record<Issue['severity'], Words>> = {
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
};

export const severityIn = (language: Language, severity: Issue['severity']): string => SEVERITIES[severity][language];

type IssueLine = Omit<ToldIssue, 'related' | 'severity'> & { readonly severity: string };

/** One issue on one line, as compilers print it, and what to do below. */
export function formatIssue({ file, line, column, severity, code, message, hint }: IssueLine): string {
  return `${file}:${line}:${column} ${severity} ${code}: ${message}\n  ${hint}`;
}

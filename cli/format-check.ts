/** What checking a definition found, for people: each issue with its line, and what it comes to. */
import type { z } from 'zod';
import { formatIssue, severityIn, type ToldIssue } from '../compiler/issue.ts';
import type { Language } from '../compiler/said.ts';
import { codeFrame, type FramePlace } from './code-frame.ts';
import { counted } from './counted.ts';
import { formatDay } from './instants.ts';
import type { Check } from './shapes.ts';

export type Checked = z.infer<typeof Check>['definitions'][number];

export interface CheckView {
  readonly language: Language;
  /** Of files, by their names. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Whoever has more than so many issues looks at the first ones first; the others are one line each. */
const MOST_FRAMES = 50;
/** Other places of one issue. */
const MOST_RELATED = 4;

export function formatCheck(checked: Checked, view: CheckView): string {
  const { issues } = checked;
  const lines = issues.flatMap((issue, index) => [
    formatIssue({ ...(issue as ToldIssue), severity: severityIn(view.language, issue.severity) }),
    ...(index < MOST_FRAMES ? framesOf(issue as ToldIssue, view) : []),
  ]);
  return [...lines, summarise(checked, view.language)].join('\n');
}

function framesOf({ related, ...issue }: ToldIssue, { texts }: CheckView): readonly string[] {
  // What is no text cannot be shown as one.
  if (issue.code === 'NOT_UTF8') return [];
  // Of what is empty, or could not be read, there is nothing to show.
  const frame = ({ file, ...place }: FramePlace & { readonly file: string }): readonly string[] =>
    texts.get(file) ? codeFrame(texts.get(file)!, place).map((line) => `    ${line}`) : [];
  return [
    ...frame(issue),
    ...related
      .slice(0, MOST_RELATED)
      .flatMap(({ note, ...place }) => [`  ${place.file}:${place.line}:${place.column} ${note}`, ...frame(place)]),
  ];
}

function summarise({ path, plan, issues }: Checked, language: Language): string {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  return language === 'zh' ? inChinese({ path, plan }, { errors, warnings }) : inEnglish({ path, plan }, { errors, warnings });
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
}

function inEnglish({ path, plan }: Pick<Checked, 'path' | 'plan'>, { errors, warnings }: Counts): string {
  const said = warnings > 0 ? `, ${counted(warnings, 'warning')}` : '';
  if (plan === null) return `${path}: ${counted(errors, 'error')}${said}`;
  const { campaign, phases, actions, tasks, forms, startsAt, endsAt, hash } = plan;
  const contents = `${phases} phases, ${actions} actions, ${tasks} tasks, ${forms} forms, ${formatDay(startsAt)} to ${formatDay(endsAt)}`;
  return `${path}: ${campaign} is sound${said}: ${contents}; plan ${hash.slice(0, 12)}`;
}

function inChinese({ path, plan }: Pick<Checked, 'path' | 'plan'>, { errors, warnings }: Counts): string {
  const said = warnings > 0 ? `，${warnings} 个警告` : '';
  if (plan === null) return `${path}：${errors} 个错误${said}`;
  const { campaign, phases, actions, tasks, forms, startsAt, endsAt, hash } = plan;
  const contents = `${phases} 个阶段，${actions} 个动作，${tasks} 个任务，${forms} 张表单，${formatDay(startsAt)} 至 ${formatDay(endsAt)}`;
  return `${path}：${campaign} 没有错误${said}；${contents}；plan ${hash.slice(0, 12)}`;
}

/** A definition as small as one can be, and what becomes of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import type { Issue } from '../../compiler/issue.ts';
import type { SourceFile } from '../../compiler/yaml-source.ts';

const DEFINITIONS = join(import.meta.dirname, '../../definitions');

export const CN_CALENDAR: SourceFile = { path: 'cn.yaml', text: readFileSync(join(DEFINITIONS, 'calendars/cn.yaml'), 'utf8') };

export const TINY = `shigeyi: 1
id: tiny
title: { zh: 小型行动, en: Tiny campaign }
zone: Asia/Shanghai
calendar: cn
notice: 3
roles:
  leading-group: { title: { zh: 领导小组, en: Leading group }, scope: campaign }
  office: { title: { zh: 办公室, en: Office }, scope: campaign, fallback: leading-group }
ladders:
  standard:
    - { id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }
forms:
  plan:
    title: { zh: 计划, en: Plan }
    fields:
      - { id: text, title: { zh: 内容, en: Text }, type: text }
phases:
  - id: autumn
    title: { zh: 秋季, en: Autumn }
    starts: 2020-10-13
    ends: 2020-10-15
    actions:
      - id: begin
        number: 1
        title: { zh: 开始, en: Begin }
        tasks:
          - { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }
`;

interface Options {
  readonly starts?: string;
  readonly calendars?: readonly SourceFile[];
  readonly others?: readonly SourceFile[];
}

/** Replaces each text with another in TINY; every one must be there. */
export function tinyWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the tiny definition does not contain ${from}`);
    return text.replace(from, () => to);
  }, TINY);
}

export function compileText(text: string, { calendars = [CN_CALENDAR], others = [], ...options }: Options = {}) {
  return compileDefinition({ files: [{ path: 'tiny.yaml', text }, ...others], calendars, ...options });
}

/** The plan of a definition that must have none but warnings. */
export function compiledFrom(text: string, options: Options = {}): Compiled {
  const compiled = compileText(text, options);
  if ('issues' in compiled) throw new Error(`expected a plan, got ${JSON.stringify(compiled.issues, null, 1)}`);
  return compiled;
}

export function issuesFrom(text: string, options: Options = {}): readonly Issue[] {
  const compiled = compileText(text, options);
  return 'issues' in compiled ? compiled.issues : compiled.warnings;
}

export const codesFrom = (text: string, options: Options = {}): readonly string[] =>
  issuesFrom(text, options).map(({ code }) => code);

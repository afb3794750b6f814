/** The first campaign, compiled once. */
import { join } from 'node:path';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { formatIssue } from '../../compiler/issue.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { TaskTemplate } from '../../model/plan.ts';

const compiled = compileDefinition(readDefinition(join(import.meta.dirname, '../../definitions/linwei-2020')));
if ('issues' in compiled) throw new Error(compiled.issues.map(formatIssue).join('\n'));

export const linwei: Compiled & { readonly warnings: readonly unknown[] } = compiled;

export function getTask(id: string): TaskTemplate {
  const task = linwei.plan.tasks.find((candidate) => candidate.id === id);
  if (task === undefined) throw new Error(`the campaign has no task '${id}'`);
  return task;
}

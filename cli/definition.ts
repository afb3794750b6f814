/** Compiling on the way to something else: a definition with errors is one refusal that carries them all. */
import type { CompiledPlan } from '../client/api.ts';
import { tellIssue } from '../compiler/issue.ts';
import { CliError, EXIT } from './failure.ts';
import type { Host } from './host.ts';
import { languageOf } from './language.ts';

export function compileOrRefuse(
  host: Pick<Host, 'compile' | 'env'>,
  { path, ...options }: { path: string } & Parameters<Host['compile']>[1],
): CompiledPlan {
  const compilation = host.compile(path, options);
  if ('plan' in compilation) return compilation;
  const errors = compilation.issues.filter(({ severity }) => severity === 'error');
  throw new CliError({
    exit: EXIT.refused,
    code: 'DEFINITION_INVALID',
    message: `'${path}' has ${errors.length} error${errors.length === 1 ? '' : 's'}, and nothing was started`,
    remedy: `correct what is listed, until this is silent: npx shigeyi check ${path}`,
    details: errors.map((issue) => tellIssue(issue, languageOf(host.env))),
  });
}

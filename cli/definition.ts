/** Compiling on the way to something else: a definition with errors is one refusal that carries them all. */
import type { CompiledPlan } from '../client/api.ts';
import { tellIssue } from '../compiler/issue.ts';
import { counted } from './counted.ts';
import { CliError, EXIT } from './failure.ts';
import type { Host } from './host.ts';
import { languageOf } from './language.ts';

export function compileOrRefuse(
  host: Pick<Host, 'compile' | 'env'>,
  { path, ...options }: { path: string } & Parameters<Host['compile']>[1],
): CompiledPlan {
  const compilation = host.compile(path, options);
  if ('plan' in compilation) return compilation;
  // By itself the definition may be sound.
  const moved = options.starts !== undefined || options.set !== undefined;
  const errors = compilation.issues.filter(({ severity }) => severity === 'error');
  throw new CliError({
    exit: EXIT.refused,
    code: 'DEFINITION_INVALID',
    message: `'${path}' has ${counted(errors.length, 'error')}${moved ? ' with what is set here' : ''}, and nothing was done`,
    remedy: moved
      ? 'choose other values for --starts or --set, or correct what is listed'
      : `correct what is listed; npx shigeyi check ${path} shows it with the text`,
    details: errors.map((issue) => tellIssue(issue, languageOf(host.env))),
  });
}

/** The language of what is said about definitions: what was asked for, or that of the machine's locale. */
import type { Language } from '../compiler/said.ts';
import type { Environment } from '../platform/config.ts';

/** As POSIX has it: the first of these that says anything. Whatever is not Chinese is answered in English. */
export function languageOf(env: Environment): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((each) => each !== undefined && each !== '');
  return /^zh(?:[_.-]|$)/i.test(locale ?? '') ? 'zh' : 'en';
}

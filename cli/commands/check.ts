import type { Compilation } from '../../compiler/compile.ts';
import { tellIssue } from '../../compiler/issue.ts';
import type { Language } from '../../compiler/said.ts';
import { defineCommand, readLanguage, SET_OPTION } from '../command.ts';
import { EXIT } from '../failure.ts';
import { type Checked, formatCheck } from '../format-check.ts';
import { languageOf } from '../language.ts';
import { Check } from '../shapes.ts';

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Checks definitions and names every issue, with its place and what to do.',
  about:
    'Under each issue stands its line, with a caret at the place, and under that the other places it is about. Issues are told in Chinese where the locale is (LC_ALL, LANG), otherwise in English; --lang says which. With --json, messages and hints are in that language too; codes are the same in both.',
  arguments: { path: { kind: 'many', about: "A definition's folder, or its definition.yaml." } },
  options: {
    lang: { value: 'language', about: 'zh or en.', read: readLanguage },
    set: SET_OPTION,
  },
  answer: Check,
  examples: ['check definitions/linwei-2020', 'check definitions/linwei-2020 --lang zh --json'],
  async run({ arguments: { path }, options: { lang, set } }, { host, json, answer }) {
    const language = lang ?? languageOf(host.env);
    const definitions = path.map((one) => describe(one, host.compile(one, { set }), language));
    const ok = definitions.every((definition) => definition.ok);
    const texts = json ? new Map<string, string>() : await readTexts(definitions, (file) => host.readInput(file));
    answer({ ok, definitions }, () => definitions.map((one) => formatCheck(one, { language, texts })).join('\n\n'));
    return ok ? EXIT.done : EXIT.refused;
  },
});

/** What can be read of the files that issues are about: a frame is a help, and no reason to fail. */
async function readTexts(
  definitions: readonly Checked[],
  read: (file: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const files = new Set(
    definitions.flatMap(({ issues }) => issues.flatMap(({ file, related }) => [file, ...related.map((other) => other.file)])),
  );
  const texts = new Map<string, string>();
  for (const file of files) texts.set(file, await read(file).catch(() => ''));
  return texts;
}

function describe(path: string, compilation: Compilation, language: Language): Checked {
  if (!('plan' in compilation))
    return { path, ok: false, plan: null, issues: compilation.issues.map((issue) => tellIssue(issue, language)) };
  const { plan, hash, warnings } = compilation;
  const { campaign, title, startsAt, endsAt, phases, actions, tasks, forms } = plan;
  const summary = {
    hash,
    campaign,
    title,
    startsAt,
    endsAt,
    phases: phases.length,
    actions: actions.length,
    tasks: tasks.length,
    forms: Object.keys(forms).length,
  };
  return { path, ok: true, plan: summary, issues: warnings.map((issue) => tellIssue(issue, language)) };
}

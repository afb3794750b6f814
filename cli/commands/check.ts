import type { z } from 'zod';
import type { Compilation } from '../../compiler/compile.ts';
import { formatIssue } from '../../compiler/issue.ts';
import { defineCommand, SET_OPTION } from '../command.ts';
import { EXIT } from '../failure.ts';
import { formatDay } from '../instants.ts';
import { Check } from '../shapes.ts';

type Checked = z.infer<typeof Check>['definitions'][number];

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Checks definitions and names every issue, with its place and what to do.',
  arguments: { path: { kind: 'many', about: "A definition's folder, or its definition.yaml." } },
  options: { set: SET_OPTION },
  answer: Check,
  examples: ['check definitions/linwei-2020', 'check definitions/linwei-2020 --json'],
  async run({ arguments: { path }, options: { set } }, { host, answer }) {
    const definitions = path.map((one) => describe(one, host.compile(one, { set })));
    const ok = definitions.every((definition) => definition.ok);
    answer({ ok, definitions }, () => definitions.map(format).join('\n\n'));
    return ok ? EXIT.done : EXIT.refused;
  },
});

function describe(path: string, compilation: Compilation): Checked {
  if (!('plan' in compilation)) return { path, ok: false, plan: null, issues: compilation.issues };
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
  return { path, ok: true, plan: summary, issues: warnings };
}

function format({ path, plan, issues }: Checked): string {
  const lines = issues.map((issue) => formatIssue(issue as Parameters<typeof formatIssue>[0]));
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const said = warnings > 0 ? `, ${counted(warnings, 'warning')}` : '';
  if (plan === null) return [...lines, `${path}: ${counted(errors, 'error')}${said}`].join('\n');
  const { campaign, phases, actions, tasks, forms, startsAt, endsAt, hash } = plan;
  const contents = `${phases} phases, ${actions} actions, ${tasks} tasks, ${forms} forms, ${formatDay(startsAt)} to ${formatDay(endsAt)}`;
  return [...lines, `${path}: ${campaign} is sound${said}: ${contents}; plan ${hash.slice(0, 12)}`].join('\n');
}

export const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

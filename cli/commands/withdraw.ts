import { leavingCauseOf, type AdjustmentScope } from '../../model/adjustment.ts';
import { scopeOf } from '../adjustment.ts';
import { defineInstanceCommand } from '../bulk/instance-command.ts';
import { ofInstances } from '../bulk/kinds.ts';

const oneOf = (given: { readonly union: string | undefined; readonly household: string | undefined }): AdjustmentScope =>
  scopeOf({ ...given, all: undefined });

export const withdrawCommand = defineInstanceCommand({
  kind: ofInstances('withdraw', (scope) => ({ kind: 'withdraw', cause: leavingCauseOf(scope) })),
  scopeOf: oneOf,
  summary: 'Takes a household, or a union with its households, out of a run that goes on.',
  about:
    'Without --apply it only shows what would change. What is unfinished there ends as dropped, nothing more comes up but what the definition keeps for those who have left, and no gate waits for them.',
  examples: [
    'withdraw linwei-2020 --household h-001 --reason "moved to another district"',
    'withdraw linwei-2020 --union union-03 --reason "merged with another union" --apply now',
  ],
});

export const readmitCommand = defineInstanceCommand({
  kind: ofInstances('readmit', (scope) => ({ kind: 'readmit', cause: leavingCauseOf(scope) })),
  scopeOf: oneOf,
  summary: 'Lets a household, or a union with its households, take part again that was withdrawn.',
  about:
    'Without --apply it only shows what would change. What was dropped when they left comes up once more, with a deadline of its own. Of a union, whoever left by themselves stays away.',
  examples: ['readmit linwei-2020 --household h-001 --reason "they have not moved after all"'],
});

import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askFor } from '../people-options.ts';

export const uncoverCommand = defineCommand({
  name: 'uncover',
  summary: 'Ends an absence early, or takes one back that was to come.',
  about: 'What is unfinished comes back at once. Without --apply it only shows what would change.',
  arguments: { run: { kind: 'required', about: 'The run.' }, person: { kind: 'required', about: 'Who is there again.' } },
  options: ADJUST_OPTIONS,
  answer: AdjustmentAnswer,
  examples: ['uncover linwei-2020 union-01-officer-1 --reason "back from leave"'],
  run: ({ arguments: { run, person }, options }, context) =>
    askFor(
      {
        ...{ run, given: options, for: { all: true }, again: `uncover ${run} ${person} …` },
        adjustment: () => ({ kind: 'uncover', person }),
      },
      context,
    ),
});

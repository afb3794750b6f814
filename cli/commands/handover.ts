import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askFor } from '../people-options.ts';

export const handoverCommand = defineCommand({
  name: 'handover',
  summary: 'Hands all that a person who leaves has to somebody else, for good: posts and unfinished tasks.',
  about:
    'The list of both comes first; --apply with its hash does exactly that. What comes up later for the person is the other one’s too. What they handed in stays theirs in the audit.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    from: { value: 'person', about: 'Who leaves.', required: true },
    to: { value: 'person', about: 'Who takes over.', required: true },
    on: { value: 'time', about: "On this day or at this minute ('YYYY-MM-DD', 'YYYY-MM-DD HH:MM'); at once if left out." },
    ...ADJUST_OPTIONS,
  },
  answer: AdjustmentAnswer,
  examples: ['handover linwei-2020 --from union-01-officer-1 --to union-01-officer-2 --reason "moved to another unit"'],
  run: ({ arguments: { run }, options: { from, to, on, ...given } }, context) =>
    askFor(
      {
        ...{ run, given, for: { all: true }, again: `handover ${run} --from ${from} --to ${to} …` },
        adjustment: async (client) => ({
          ...{ kind: 'cover', person: from, by: to, until: null },
          ...(on !== undefined && { from: await client.instantAt(run, on, 'start') }),
        }),
      },
      context,
    ),
});

import { ADJUST_OPTIONS, AdjustmentAnswer } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { askFor } from '../people-options.ts';

export const coverCommand = defineCommand({
  name: 'cover',
  summary: 'Lets somebody act in the place of a person who is away.',
  about:
    'What the person has, and what comes up for them meanwhile, is with their substitute from the first day on; what is unfinished comes back when it is over. Nobody reviews what they, or those in whose place they act, have handed in. Without --apply it only shows what would change.',
  arguments: { run: { kind: 'required', about: 'The run.' }, person: { kind: 'required', about: 'Who is away.' } },
  options: {
    by: { value: 'person', about: 'Who acts in their place.', required: true },
    from: { value: 'time', about: "From this day or minute on ('YYYY-MM-DD', 'YYYY-MM-DD HH:MM'); at once if left out." },
    until: { value: 'time', about: 'Until the end of this day, or until this minute.', required: true },
    ...ADJUST_OPTIONS,
  },
  answer: AdjustmentAnswer,
  examples: [
    'cover linwei-2020 union-01-officer-1 --by union-01-officer-2 --from 2020-11-02 --until 2020-11-06 --reason "leave" --apply now',
  ],
  run: ({ arguments: { run, person }, options: { by, from, until, ...given } }, context) =>
    askFor(
      {
        ...{ run, given, for: { all: true }, again: `cover ${run} ${person} …` },
        adjustment: async (client) => ({
          ...{ kind: 'cover', person, by },
          ...(from !== undefined && { from: await client.instantAt(run, from, 'start') }),
          // A day is the last of the absence; the next instant is when it is over.
          until: (await client.instantAt(run, until)) + (until.includes(':') ? 0 : 1),
        }),
      },
      context,
    ),
});

import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ofPeople } from '../bulk/kinds.ts';

export const coverCommand = defineOneOrMany({
  summary: 'Lets somebody act in the place of a person who is away, or of several.',
  about:
    'What the person has, and what comes up for them meanwhile, is with their substitute from the first day on; what is unfinished comes back when it is over. Nobody reviews what they, or those in whose place they act, have handed in. Without --apply it only shows what would change.',
  argument: { person: { kind: 'optional', about: 'Who is away.' } },
  options: {
    by: { value: 'person', about: 'Who acts in their place.' },
    from: { value: 'time', about: "From this day or minute on ('YYYY-MM-DD', 'YYYY-MM-DD HH:MM'); at once if left out." },
    until: { value: 'time', about: 'Until the end of this day, or until this minute.' },
  },
  kind: ofPeople({
    ...{ kind: 'cover', command: 'cover', person: 'person', columns: ['by', 'from', 'until'], needs: ['by', 'until'] },
    adjustmentOf: async ({ person = '', by = '', from = '', until = '' }, { instantAt }) => ({
      ...{ kind: 'cover', person, by },
      ...(from !== '' && { from: await instantAt(from, 'start') }),
      // A day is the last of the absence; the next instant is when it is over.
      until: (await instantAt(until)) + (until.includes(':') ? 0 : 1),
    }),
  }),
  examples: [
    'cover linwei-2020 union-01-officer-1 --by union-01-officer-2 --from 2020-11-02 --until 2020-11-06 --reason "leave" --apply now',
    'cover linwei-2020 --people leave.csv --reason "leave"',
  ],
});

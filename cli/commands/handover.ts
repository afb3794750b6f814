import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ofPeople } from '../bulk/kinds.ts';

export const handoverCommand = defineOneOrMany({
  summary: 'Hands all that a person who leaves has to somebody else, for good: posts and unfinished tasks; or of several.',
  about:
    'The list of both comes first; --apply with its hash does exactly that. What comes up later for the person is the other one’s too. What they handed in stays theirs in the audit.',
  options: {
    from: { value: 'person', about: 'Who leaves.' },
    to: { value: 'person', about: 'Who takes over.' },
    on: { value: 'time', about: "On this day or at this minute ('YYYY-MM-DD', 'YYYY-MM-DD HH:MM'); at once if left out." },
  },
  kind: ofPeople({
    ...{ kind: 'cover', command: 'handover', person: 'from', columns: ['to', 'on'], needs: ['to'] },
    adjustmentOf: async ({ from = '', to = '', on = '' }, { instantAt }) => ({
      ...{ kind: 'cover', person: from, by: to, until: null },
      ...(on !== '' && { from: await instantAt(on, 'start') }),
    }),
  }),
  examples: [
    'handover linwei-2020 --from union-01-officer-1 --to union-01-officer-2 --reason "moved to another unit"',
    'handover linwei-2020 --people leavers.csv --reason "the offices were merged"',
  ],
});

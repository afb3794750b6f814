import { defineOneOrMany } from '../bulk/one-or-many.ts';
import { ofPeople } from '../bulk/kinds.ts';

export const uncoverCommand = defineOneOrMany({
  summary: 'Ends an absence early, or takes one back that was to come; or several.',
  about: 'What is unfinished comes back at once. Without --apply it only shows what would change.',
  argument: { person: { kind: 'optional', about: 'Who is there again.' } },
  options: {},
  kind: ofPeople({
    ...{ kind: 'uncover', command: 'uncover', person: 'person', columns: [], needs: [] },
    adjustmentOf: ({ person = '' }) => ({ kind: 'uncover', person }),
  }),
  examples: ['uncover linwei-2020 union-01-officer-1 --reason "back from leave"'],
});

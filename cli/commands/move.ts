import { ofHouseholds } from '../bulk/kinds.ts';
import { defineOneOrMany } from '../bulk/one-or-many.ts';

export const moveCommand = defineOneOrMany({
  summary: 'Lets a household go over to another union, with all it has done; or many.',
  about:
    'Without --apply it only shows what would change. Deadlines stay; open work goes to whoever has the post in the other union, and both unions are counted anew.',
  argument: { household: { kind: 'optional', about: 'The household, as h-001; without it, give a list.' } },
  options: { to: { value: 'union', about: 'The union it goes to.' } },
  kind: ofHouseholds({
    ...{ command: 'move', columns: ['to'], needs: ['to'] },
    adjustmentOf: ({ to = '' }) => ({ kind: 'move', to }),
  }),
  examples: [
    'move linwei-2020 h-001 --to union-03 --reason "works in another factory now"',
    'move linwei-2020 --households moves.csv --reason "the factory was divided"',
  ],
});

import { pauseCauseOf } from '../../model/adjustment.ts';
import { scopeOrAll } from '../adjustment.ts';
import { defineInstanceCommand } from '../bulk/instance-command.ts';
import { ofInstances } from '../bulk/kinds.ts';

export const pauseCommand = defineInstanceCommand({
  kind: ofInstances('pause', (scope) => ({ kind: 'pause', cause: pauseCauseOf(scope) })),
  scopeOf: scopeOrAll,
  summary: 'Lets the clocks stand still: of a household, of a union and its households, or of the whole run.',
  about:
    'Without --apply it only shows what would change. Meanwhile nothing comes up, nobody is reminded and nothing becomes overdue. The run is paused if nobody is named, for whoever joins later too.',
  examples: [
    'pause linwei-2020 --union union-03 --reason "flooded roads" --apply now',
    'pause linwei-2020 --household h-001 --reason "in hospital until December"',
  ],
});

export const resumeCommand = defineInstanceCommand({
  kind: ofInstances('resume', (scope) => ({ kind: 'resume', cause: pauseCauseOf(scope) })),
  scopeOf: scopeOrAll,
  summary: 'Lets clocks go on that stand still, with what was left of each deadline.',
  about:
    "Without --apply it only shows what would change. Whatever is paused for another reason too, such as with its union, goes on once that is over. Dates stay where they are unless the definition says otherwise (`pauses`). Deadlines are shown as if it went on now, and are no part of the preview's hash, because they move on until it does.",
  examples: ['resume linwei-2020 --union union-03 --reason "the roads are open again"'],
});

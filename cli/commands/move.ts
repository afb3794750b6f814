import { ADJUST_OPTIONS, AdjustmentAnswer, runAdjustment } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';

export const moveCommand = defineCommand({
  name: 'move',
  summary: 'Lets a household go over to another union, with all it has done.',
  about:
    'Without --apply it only shows what would change. Deadlines stay; open work goes to whoever has the post in the other union, and both unions are counted anew.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    household: { kind: 'required', about: 'The household, as h-001.' },
  },
  options: { to: { value: 'union', about: 'The union it goes to.', required: true }, ...ADJUST_OPTIONS },
  answer: AdjustmentAnswer,
  examples: ['move linwei-2020 h-001 --to union-03 --reason "works in another factory now"'],
  async run({ arguments: { run, household }, options: { to, reason, as: person, apply, id } }, context) {
    return await withClient(context.host, async (client) => {
      const request = {
        ...{ run, reason, for: { instance: `h/${household}` }, adjustment: { kind: 'move', to } as const },
        ...(person && { person }),
        ...(id && { id }),
      };
      const { exit, answer } = await runAdjustment(client, { request, apply, context });
      context.answer(answer, () => formatAdjustment(answer, { again: `move ${run} ${household} --to ${to} …` }));
      return exit;
    });
  },
});

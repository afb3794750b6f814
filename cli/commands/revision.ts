import { AdjustmentAnswer, followRevision } from '../adjustment.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';

export const revisionCommand = defineCommand({
  name: 'revision',
  summary: 'Follows a revision of a run to its end, and says what became of each instance; asks those again that refused.',
  about: 'An adjustment for many is a revision. The worker goes through its instances whether or not anybody looks.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    number: { kind: 'required', about: 'The number that the adjustment was answered with.' },
  },
  options: { retry: { about: 'Ask those again that refused.' } },
  answer: AdjustmentAnswer,
  examples: ['revision linwei-2020 2', 'revision linwei-2020 2 --retry --json'],
  async run({ arguments: { run, number: text }, options: { retry } }, context) {
    const revision = wholeNumber({ min: 1, max: 1_000_000 })(text);
    return await withClient(context.host, async (client) => {
      if (retry) await client.retryRevision(run, revision);
      const { exit, answer } = await followRevision(client, { run, revision, hash: null, context });
      context.answer(answer, () => formatAdjustment(answer, { again: context.typed }));
      return exit;
    });
  },
});

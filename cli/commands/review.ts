import { defineCommand } from '../command.ts';
import { EXIT, misuse } from '../failure.ts';
import { withClient } from '../host.ts';
import { formatInstant } from '../instants.ts';
import { Answer } from '../shapes.ts';

export const reviewCommand = defineCommand({
  name: 'review',
  summary: 'Accepts what was handed in, or returns it.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    task: { kind: 'required', about: 'The task, as `tasks` lists it.' },
  },
  options: {
    accept: { about: 'Accept it.' },
    return: { value: 'reason', about: 'Return it, and say why.' },
    as: { value: 'person', about: 'Who decides; its reviewer if left out.' },
    id: { value: 'id', about: 'Command id; made up if left out.' },
  },
  answer: Answer,
  examples: [
    'review linwei-2020 h/h-001/visit --accept',
    'review linwei-2020 h/h-001/visit --return "the second visit has no date"',
  ],
  async run({ arguments: { run, task }, options: { accept, return: returnFor, as: person, id } }, { host, answer }) {
    if ((accept === undefined) === (returnFor === undefined))
      throw misuse('a review either accepts or returns', 'give --accept, or --return REASON');
    if (returnFor?.trim() === '')
      throw misuse('a return without a reason helps nobody', 'say what is to be put right: --return REASON');
    await withClient(host, async (client) => {
      const decision = returnFor === undefined ? ({ accept: true } as const) : { returnFor };
      const reply = await client.review({ run, task, decision, via: 'cli', ...(person && { person }), ...(id && { id }) });
      answer(
        reply,
        () =>
          `${task} is ${reply.status ?? (accept ? 'accepted' : 'returned')} (${formatInstant(reply.at)}, command ${reply.command}).`,
      );
    });
    return EXIT.done;
  },
});

import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { Parts } from '../shapes.ts';

export const workerCommand = defineCommand({
  name: 'worker',
  summary: 'Runs a worker, and nothing else, until it is told to stop.',
  about:
    'Works with the servers that TEMPORAL_ADDRESS and DATABASE_URL name, or with those that `up` keeps on this machine. Logs to standard error. Any number of workers may run.',
  arguments: {},
  options: {},
  answer: Parts,
  examples: ['worker'],
  stays: true,
  async run(_input, { host, json, signal, answer }) {
    await host.services.worker({
      ...{ host, signal, quiet: json },
      onReady: (parts) =>
        answer(
          parts,
          () =>
            `The worker, process ${parts.worker}, takes work from ${parts.temporal.address}, task queue ${parts.temporal.taskQueue}.`,
        ),
    });
    return EXIT.done;
  },
});

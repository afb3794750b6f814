import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { Parts } from '../shapes.ts';
import { formatPairs } from '../table.ts';

export const upCommand = defineCommand({
  name: 'up',
  summary: 'Starts what is needed (Temporal, PostgreSQL, a worker) and stays until Ctrl-C.',
  about:
    'Uses the servers that TEMPORAL_ADDRESS and DATABASE_URL name and starts the others on this machine; brings the database up to date; starts a worker, and another when it dies. Other commands on this machine find the parts by themselves.',
  arguments: {},
  options: {},
  answer: Parts,
  examples: ['up'],
  stays: true,
  async run(_input, { host, json, signal, answer }) {
    await host.services.up({
      ...{ host, signal, quiet: json },
      onReady: (parts, { logFile }) =>
        answer(parts, () =>
          [
            'shigeyi is up.',
            formatPairs([
              [
                'Temporal',
                `${parts.temporal.address}, namespace ${parts.temporal.namespace}, task queue ${parts.temporal.taskQueue}`,
              ],
              ['PostgreSQL', parts.database],
              ['worker', `process ${parts.worker}, logs to ${logFile}`],
            ]),
            'Stop it with Ctrl-C. In another terminal: npx shigeyi status',
          ].join('\n'),
        ),
    });
    return EXIT.done;
  },
});

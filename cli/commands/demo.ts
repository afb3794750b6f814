import { availableParallelism } from 'node:os';
import { defineCommand, wholeNumber } from '../command.ts';
import { EXIT } from '../failure.ts';
import { Demo } from '../shapes.ts';
import { formatDemo, formatLookAround } from '../demo-report.ts';

/** On two cores everything together takes some two minutes of both; people who have less than that are late through no fault of their own. */
const USUAL_SECONDS = { fewCores: 180, manyCores: 90 } as const;
const MANY_CORES = 4;
const USUAL_SEED = 2020;

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'Shows everything: starts the parts and rehearses the first campaign with simulated people.',
  about:
    'What `npm start` runs. The campaign of definitions/linwei-2020 passes in a minute and a half, or in three minutes where there are few processor cores; some of its people are late, some never come, some work is returned. It closes with tables by union, read back from the database, and checks that the books balance. It then stays until Ctrl-C, so that you can look around; with --exit it ends, with 0 only if the books balance.',
  arguments: {},
  options: {
    exit: { about: 'End when the campaign has, instead of staying.' },
    seconds: {
      value: 'number',
      about: `How long the campaign takes (${USUAL_SECONDS.manyCores}; ${USUAL_SECONDS.fewCores} on fewer than ${MANY_CORES} processor cores).`,
      read: wholeNumber({ min: 20, max: 86_400 }),
    },
    seed: {
      value: 'number',
      about: `Other numbers make other people late (${USUAL_SEED}).`,
      read: wholeNumber({ min: 0, max: 2 ** 31 - 1 }),
    },
    definition: { value: 'path', about: 'Another definition.' },
    roster: { value: 'file', about: 'Another register.' },
  },
  answer: Demo,
  examples: ['demo', 'demo --exit --seconds 120 --seed 7'],
  stays: true,
  async run(
    { options: { exit = false, seconds = usualSeconds(availableParallelism()), seed = USUAL_SEED, definition, roster } },
    { host, json, signal, answer },
  ) {
    let balanced = false;
    await host.services.demo({
      ...{ host, signal, quiet: json },
      options: { lengthMs: seconds * 1_000, seed, stay: !exit, ...(definition && { definition }), ...(roster && { roster }) },
      onDone(result) {
        balanced = result.clean;
        answer(result, () => (exit ? formatDemo(result) : `${formatDemo(result)}\n\n${formatLookAround(result)}`));
      },
    });
    return balanced ? EXIT.done : EXIT.refused;
  },
});

export const usualSeconds = (cores: number): number => (cores >= MANY_CORES ? USUAL_SECONDS.manyCores : USUAL_SECONDS.fewCores);

/**
 * What `npm run soak` runs: the engine beside the reference model, story after story, until so many have been played or one differs; the seed that it
 * tells plays the same again. Then a run of thousands of households is amended.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareSeed, compareStory, compileSpec, shrinkStory } from '../reference/play-both.ts';
import { randomSpec } from '../reference/random-spec.ts';
import { randomStory, storySeed } from '../reference/story.ts';
import { writeDefinition } from '../reference/write-definition.ts';
import { soakAmendment } from './amend.ts';
import { faultsOfSimulation } from './simulate-random.ts';

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    amended: { type: 'string', default: '5000' },
  },
});
const wanted = wholeNumber('sequences', values.sequences);
const firstSeed = wholeNumber('seed', values.seed);
const households = wholeNumber('amended', values.amended);

/** Of each definition: compiling one costs as much as playing several. */
const STORIES = 4;
/** Simulated as well, which takes as long as playing many stories. */
const EVERY = 20;
const TELL_MS = 5_000;
const FOLDER = 'soak-failures';

process.exitCode = compareModels() || (await amend());

async function amend(): Promise<number> {
  const faults = await soakAmendment(households, (text) => process.stdout.write(`${text}\n`));
  if (faults.length === 0)
    process.stdout.write(`${households} households amended in one command: nothing lost, the books balance\n`);
  else process.stderr.write(`${faults.join('\n')}\n`);
  return faults.length === 0 ? 0 : 1;
}

/** 1 when they differ. */
function compareModels(): number {
  const startedAt = Date.now();
  let toldAt = startedAt;
  for (let played = 0, seed = firstSeed; played < wanted; played += STORIES, seed += 1) {
    const failed = tryOne(seed);
    if (failed !== undefined) {
      process.stderr.write(`${failed}\nagain with: npm run soak -- --seed ${seed} --sequences ${STORIES}\n`);
      return 1;
    }
    if (Date.now() - toldAt < TELL_MS) continue;
    toldAt = Date.now();
    const rate = Math.round(((played + STORIES) * 1000) / (toldAt - startedAt));
    process.stdout.write(`${played + STORIES} of ${wanted} sequences agree, ${rate} a second; at seed ${seed}\n`);
  }
  process.stdout.write(`${wanted} sequences from seed ${firstSeed} on: the engine and the reference model agree\n`);
  return 0;
}

/** What went wrong with a seed, in words; undefined when nothing did. */
function tryOne(seed: number): string | undefined {
  const found = compareSeed(seed, STORIES);
  if (found !== undefined) return describeDifference(seed, found.story);
  if (seed % EVERY !== 0) return undefined;
  const faults = faultsOfSimulation(seed);
  return faults.length === 0 ? undefined : `definition ${seed}, simulated:\n${faults.slice(0, 10).join('\n')}`;
}

function describeDifference(seed: number, number: number): string {
  const spec = randomSpec(seed);
  const compiled = compileSpec(spec);
  const story = shrinkStory(spec, compiled, randomStory(spec, storySeed(seed, number)));
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${seed}-${number}.json`);
  const difference = compareStory(spec, compiled, story);
  writeFileSync(file, JSON.stringify({ difference, story, spec, definition: writeDefinition(spec).text }, null, 1));
  const { after, engine, reference } = difference!;
  return [
    `seed ${seed}, story ${number}: the engine and the reference model differ after ${after}`,
    'the engine:',
    ...engine.slice(0, 8).map((line) => `  ${line}`),
    'the reference model:',
    ...reference.slice(0, 8).map((line) => `  ${line}`),
    `all of it, with as few steps as will do, is in ${file}`,
  ].join('\n');
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new Error(`--${name} is a whole number from 1 on, not '${text}'`);
}

import { InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Wishes } from '../../forms/fill-form.ts';
import { formatDay } from '../instants.ts';
import type { Plan } from '../../model/plan.ts';
import type { Roster } from '../../model/roster.ts';
import { type Progress, simulate } from '../../simulator/simulate.ts';
import { SOME_LATE, USUAL_DELAY_DAYS } from '../../simulator/people.ts';
import type { Findings } from '../../simulator/findings.ts';
import { type Context, defineCommand, readDate, SET_OPTION, wholeNumber, readLanguage } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { CliError, EXIT, misuse } from '../failure.ts';
import { formatSimulation } from '../format-simulation.ts';
import type { Host } from '../host.ts';
import { interruption } from '../interruption.ts';
import { createLive, silentLive } from '../screen.ts';
import { Simulation, summaryOf } from '../simulation-shape.ts';
import { viewSimulation } from '../simulation-view.ts';
import { readRegister } from '../register.ts';

const USUAL = { seed: 1, unions: 8, households: 120, top: 10 };

export const simulateCommand = defineCommand({
  name: 'simulate',
  summary: 'Plays a whole campaign with simulated people on a virtual clock, and shows on whom the work falls when.',
  about:
    'Nothing is started and nobody is told. With --roster the register is a real one; otherwise one is made up. The same definition, register and seed give the same answer. What happens is counted as it happens and not kept; where nothing that unions tell the campaign comes back to them, they are played one after another, and a city of 100,000 households takes a minute and 700 MB; otherwise all are played together, which takes twice that and some 3 GB. The answer is a summary whose length goes with people, unions and days. With --svg the load is also drawn, day by day and person by person.',
  arguments: { path: { kind: 'required', about: "A definition's folder, or its definition.yaml." } },
  options: {
    roster: { value: 'file', about: 'The register: an XLSX file, or a folder of CSV files.' },
    unions: { value: 'n', about: `Unions of a made-up register (${USUAL.unions}).`, read: wholeNumber({ min: 1, max: 676 }) },
    households: {
      value: 'n',
      about: `Households of a made-up register (${USUAL.households}).`,
      read: wholeNumber({ min: 1, max: 100_000 }),
    },
    seed: { value: 'n', about: `Another seed, other people (${USUAL.seed}).`, read: wholeNumber({ min: 0, max: 2 ** 31 - 1 }) },
    late: { value: 'percent', about: `Work done after its deadline (${SOME_LATE.late * 100}).`, read: readPercent },
    never: { value: 'percent', about: `Work nobody does (${SOME_LATE.never * 100}).`, read: readPercent },
    returned: { value: 'percent', about: `Work a reviewer returns once (${SOME_LATE.returned * 100}).`, read: readPercent },
    pace: {
      value: 'percent',
      about: 'Of the time people have, by when all work that is done in time is done (50).',
      read: readPace,
    },
    delay: {
      value: 'days',
      about: `Late work is done a day to so many days after its deadline (${USUAL_DELAY_DAYS}).`,
      read: wholeNumber({ min: 1, max: 60 }),
    },
    answers: {
      value: 'file',
      about:
        'What people tend to answer: YAML, by form and field, a value or { weights: { member: number } }; of a table, its rows.',
    },
    starts: { value: 'date', about: 'Moves the whole campaign so that its first day is this one (YYYY-MM-DD).', read: readDate },
    set: SET_OPTION,
    skipBadRows: { about: 'Go on without the rows of the register that have issues.' },
    top: { value: 'n', about: `People to show (${USUAL.top}).`, read: wholeNumber({ min: 1, max: 10_000 }) },
    svg: { value: 'file', about: 'Draws the load to this file; a file of that name is written over.' },
    lang: { value: 'language', about: 'Of the picture: zh, the default, or en.', read: readLanguage },
  },
  answer: Simulation,
  examples: [
    'simulate definitions/linwei-2020',
    'simulate definitions/linwei-2020 --roster register.xlsx --late 20 --never 5 --seed 7 --json',
    'simulate definitions/linwei-2020 --pace 90 --delay 14',
    'simulate definitions/linwei-2020 --unions 40 --households 2000 --svg load.svg',
  ],
  async run({ arguments: { path }, options }, context) {
    const { host, answer } = context;
    const { seed = USUAL.seed, top = USUAL.top, svg, lang = 'zh' } = options;
    const { plan, programs, hash } = compileOrRefuse(host, { path, starts: options.starts, set: options.set });
    const roster = await rosterOf(host, plan, options);
    const wishes = options.answers === undefined ? {} : readWishes(options.answers, await host.readInput(options.answers));
    const { admittedHousehold } = await import('../../roster/admission.ts');
    const habits = {
      late: options.late ?? SOME_LATE.late,
      never: options.never ?? SOME_LATE.never,
      returned: options.returned ?? SOME_LATE.returned,
      ...(options.pace === undefined ? {} : { pace: options.pace }),
      ...(options.delay === undefined ? {} : { delayDays: options.delay }),
    };
    const played = simulate({ plan, programs, roster, seed, habits, wishes, admit: admittedHousehold });
    const findings = await watch(played, { plan, context, instances: 1 + roster.unions.length + roster.households.length });
    if (svg !== undefined) {
      const { drawLoad } = await import('../../explainer/draw-load.ts');
      await host.writeFile(svg, drawLoad(findings, plan, { days: programs.campaign.days, language: lang, top }));
    }
    const found = summaryOf(findings, { plan: hash, seed });
    answer(found, () => formatSimulation(found, { plan, top }));
    return EXIT.done;
  },
});

interface RosterWishes {
  readonly roster?: string | undefined;
  readonly unions?: number | undefined;
  readonly households?: number | undefined;
  readonly seed?: number | undefined;
  readonly skipBadRows?: boolean | undefined;
}

async function rosterOf(
  host: Host,
  plan: Plan,
  { roster, unions, households, seed = USUAL.seed, skipBadRows = false }: RosterWishes,
): Promise<Roster> {
  if (roster === undefined) {
    const { createSampleRoster } = await import('../../roster/sample.ts');
    const on = households ?? USUAL.households;
    return createSampleRoster({ seed, unions: unions ?? USUAL.unions, households: on, earlier: Math.round(on / 5) });
  }
  if (unions !== undefined || households !== undefined) {
    throw misuse('a register is given, and --unions and --households are for one that is made up', 'give one or the other');
  }
  return (await readRegister(host, { file: roster, skipBadRows, asOf: formatDay(plan.startsAt, plan.zone) })).roster;
}

/** Plays on while the screen and an interruption get their turn. */
async function watch(
  played: Generator<Progress, Findings>,
  { plan, context: { host, json, signal }, instances }: { plan: Plan; context: Context<never>; instances: number },
): Promise<Findings> {
  const live = json ? silentLive : createLive(host.screen, () => host.now());
  const startedAt = host.now();
  try {
    for (;;) {
      const step = played.next();
      if (step.done === true) return step.value;
      live.show(viewSimulation(step.value, { plan, instances, elapsedMs: host.now() - startedAt }));
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw interruption();
    }
  } finally {
    live.clear();
  }
}

const Value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const WishesFile = z.record(
  z.string(),
  z.record(z.string(), z.union([Value, z.strictObject({ weights: z.record(z.string(), z.number().min(0)) })])),
);

function readWishes(path: string, text: string): Readonly<Record<string, Wishes>> {
  const refuse = (why: string): never => {
    throw new CliError({
      exit: EXIT.refused,
      code: 'ANSWERS_UNREADABLE',
      message: `'${path}' does not say what people answer: ${why}`,
      remedy: 'write, for example: aid-list: { liftable: { weights: { true: 7, false: 3 } }, measures: 2 }',
    });
  };
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return refuse((error as Error).message.split('\n')[0]!);
  }
  const read = WishesFile.safeParse(value);
  if (read.success) return read.data;
  const { path: place, message } = read.error.issues[0]!;
  return refuse(`${place.join('.')}: ${message}`);
}

/** Whoever takes hardly any time, or all of it, acts at bounds that nobody knows. */
function readPace(text: string): number {
  const percent = Number(text);
  if (text.trim() !== '' && percent >= 10 && percent <= 95) return percent / 100;
  throw new InvalidArgumentError('Use a percentage from 10 to 95.');
}

function readPercent(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= 100) return number / 100;
  throw new InvalidArgumentError('Use a percentage from 0 to 100.');
}

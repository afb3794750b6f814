/** `shigeyi demo`: everything that a campaign needs and a whole campaign on it, with simulated people, told as it happens. */
import { fileURLToPath } from 'node:url';
import type { CompiledPlan, RunSummary } from '../client/api.ts';
import { campaignTime, type Clock } from '../model/clock.ts';
import type { Roster } from '../model/roster.ts';
import { SOME_LATE } from '../simulator/people.ts';
import { rehearsalClock } from '../simulator/rehearsal-clock.ts';
import { viewCampaign } from './campaign-view.ts';
import { connectTo } from './connect.ts';
import { compileOrRefuse } from './definition.ts';
import { type Everything, openEverything } from './everything.ts';
import { CliError, EXIT, isUnreachable } from './failure.ts';
import type { Client, DemoOptions, Host, ServiceContext, Services } from './host.ts';
import { formatDay, formatElapsed } from './instants.ts';
import { interruption, unlessInterrupted, untilAborted } from './interruption.ts';
import { waitUntilOpen } from './opening.ts';
import { emptyTally, rehearse, type Tally } from './rehearsal.ts';
import { REHEARSAL_WISHES } from './rehearsal-wishes.ts';
import { createLive, type Live, silentLive } from './screen.ts';
import type { Demo } from './shapes.ts';

const DEFINITION = new URL('../definitions/linwei-2020', import.meta.url);
const ROSTER = new URL('../definitions/linwei-2020/sample-roster.xlsx', import.meta.url);
const WATCH_MS = 1_000;
/** Of reports, which are dearer than summaries. */
const COUNT_MS = 10_000;
/** After the campaign's end the last rungs speak and everything closes; when nothing has moved for so long, nothing will. */
const PATIENCE_MS = 180_000;

export const runDemo: Services['demo'] = async ({ host, signal, quiet, options, onDone }) => {
  const live = quiet ? silentLive : createLive(host.screen, () => host.now());
  const everything = await openEverything({ env: host.env, signal, live, now: () => host.now() });
  try {
    const client = await connectTo(everything.parts, everything.config);
    try {
      const result = await playCampaign({ host, signal, live, client, options, everything });
      live.clear();
      onDone(result);
      if (options.stay) await stay(everything, signal);
    } finally {
      await client.close();
    }
  } finally {
    live.clear();
    await everything.stop();
  }
};

interface Stage extends Omit<ServiceContext, 'quiet'> {
  readonly live: Live;
  readonly client: Client;
  readonly options: DemoOptions;
  readonly everything: Everything;
}

async function playCampaign(stage: Stage): Promise<Demo> {
  const { host, live, client, options } = stage;
  const compiled = compileOrRefuse(host, { path: options.definition ?? fileURLToPath(DEFINITION) });
  const { plan } = compiled;
  const roster = await readWholeRoster(host, {
    path: options.roster ?? fileURLToPath(ROSTER),
    asOf: formatDay(plan.startsAt, plan.zone),
  });
  live.say(
    `✓ definition  ${plan.title.zh}: ${plan.phases.length} phases, ${plan.actions.length} actions, ${plan.tasks.length} tasks`,
  );
  live.say(
    `✓ register    ${roster.unions.length} unions, ${roster.people.length} people, ${roster.households.length} households (all made up)`,
  );
  const { run, clock } = await startRehearsal(stage, { compiled, roster });
  const tally = await rehearseUntilClosed(stage, { run, clock, compiled });
  live.show({ lines: ['reading the books…'], plain: 'reading the books' });
  const report = await client.report(run);
  const verification = await client.verify(run, { repair: false });
  const { completed, accepted, returned, left, refusals, retries, behindMs } = tally;
  return {
    run,
    clean: verification.clean,
    acts: { completed, accepted, returned, left },
    refusals,
    retries,
    seconds: options.lengthMs / 1_000,
    behindMs,
    report,
    verification,
  };
}

async function readWholeRoster(host: Host, { path, asOf }: { path: string; asOf: string }): Promise<Roster> {
  const { roster, issues } = await host.readRoster(path, { asOf });
  if (issues.length === 0) return roster;
  throw new CliError({
    exit: EXIT.refused,
    code: 'ROSTER_INVALID',
    message: `the register has issues, and nothing was imported`,
    remedy: 'correct the rows below and start again',
    details: issues,
  });
}

interface Started {
  readonly run: string;
  readonly clock: Clock;
}

async function startRehearsal(
  { host, signal, live, client, options }: Stage,
  { compiled, roster }: { compiled: CompiledPlan; roster: Roster },
): Promise<Started> {
  const { startsAt, endsAt } = compiled.plan;
  const instances = 1 + roster.unions.length + roster.households.length;
  const clock = rehearsalClock({ startsAt, endsAt, now: host.now(), lengthMs: options.lengthMs, instances });
  const { run, planned } = await client.start({ compiled, roster, clock, author: 'operator' });
  await waitUntilOpen({
    ...{ run, planned, signal },
    status: () => client.status(run),
    now: () => host.now(),
    sleep: (ms) => host.sleep(ms),
    onProgress: (open) =>
      live.show({
        lines: [`  run         ${run}: ${open} of ${planned} instances open`],
        plain: `opening ${run}: ${open} of ${planned} instances`,
      }),
  });
  live.say(
    `✓ run         ${run}: ${planned} instances open; the campaign takes ${formatElapsed(options.lengthMs)} and a little more`,
  );
  return { run, clock };
}

async function rehearseUntilClosed(
  stage: Stage,
  { run, clock, compiled: { plan } }: Started & { compiled: CompiledPlan },
): Promise<Tally> {
  const { host, signal, client, options, everything } = stage;
  const tally = emptyTally();
  let over = false;
  let failure: CliError | undefined;
  void everything.lost.then((lost) => {
    failure = lost;
    over = true;
  });
  const isOver = (): boolean => over || signal.aborted;
  const people = rehearse({
    ...{
      client,
      run,
      clock,
      tally,
      isOver,
      seed: options.seed,
      habits: SOME_LATE,
      wishes: REHEARSAL_WISHES,
      endsAt: plan.endsAt,
    },
    now: () => host.now(),
    sleep: (ms) => host.sleep(ms),
  });
  try {
    await Promise.race([people, watchUntilClosed(stage, { run, clock, plan, tally, isOver })]);
  } finally {
    over = true;
    await people.catch(() => undefined);
  }
  if (signal.aborted) throw interruption();
  if (failure !== undefined) throw failure;
  if (tally.bug !== undefined) throw tally.bug;
  return tally;
}

interface Watched extends Started {
  readonly plan: CompiledPlan['plan'];
  readonly tally: Tally;
  isOver(): boolean;
}

/** Shows how it goes until the run has closed itself. */
async function watchUntilClosed(
  { host, live, client, signal }: Stage,
  { run, clock, plan, tally, isOver }: Watched,
): Promise<void> {
  let summary: RunSummary | undefined;
  let messages = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  let moved = { mark: '', at: host.now() };
  while (!isOver()) {
    summary = (await unlessAway(() => client.status(run))) ?? summary;
    if (summary?.status === 'closed') return;
    if (host.now() - countedAt > COUNT_MS) {
      countedAt = host.now();
      messages = (await unlessAway(() => countMessages(client, run))) ?? messages;
    }
    const now = campaignTime(clock, { real: host.now(), advancedTo: 0 });
    live.show(viewCampaign({ plan, now, summary, messages, tally }));
    const mark = JSON.stringify([now <= plan.endsAt && now, summary?.tasks, summary?.instances, messages]);
    if (mark !== moved.mark) moved = { mark, at: host.now() };
    if (host.now() - moved.at > PATIENCE_MS) throw neverCloses(run);
    await unlessInterrupted(signal, host.sleep(WATCH_MS));
  }
}

async function countMessages(client: Client, run: string): Promise<number> {
  const { unions } = await client.report(run);
  return unions.reduce(
    (sum, { reminders, escalations }) => sum + reminders + Object.values(escalations).reduce((all, count) => all + count, 0),
    0,
  );
}

/** Undefined while a part is away: the view then stands still. */
async function unlessAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isUnreachable(error)) return undefined;
    throw error;
  }
}

function neverCloses(run: string): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'RUN_NOT_CLOSED',
    message: `run '${run}' is over, but has not closed, and nothing has moved for ${PATIENCE_MS / 1_000} s`,
    remedy: `start the parts again (npx shigeyi up), and see what keeps it with: npx shigeyi verify ${run}`,
  });
}

async function stay({ lost }: Everything, signal: AbortSignal): Promise<void> {
  const failure = await Promise.race([lost, untilAborted(signal)]);
  if (failure !== undefined) throw failure;
}

/** A whole campaign with simulated people on a virtual clock, from the first wake to the last: nobody is bothered and no server runs. */
import { groupBy } from '../model/group.ts';
import type { Instant } from '../model/plan.ts';
import { playsApart } from './apart.ts';
import type { Findings } from './findings.ts';
import { Ledger } from './ledger.ts';
import type { Letter } from './letters.ts';
import { Part, type SimulationOptions } from './part.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

export type { SimulationOptions } from './part.ts';

export interface Progress {
  /** Campaign time reached; null while unions are played one after another. */
  readonly now: Instant | null;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  /** Instances that have begun. */
  readonly enrolled: number;
  readonly acts: number;
}

/** How often a caller hears of progress: often enough for a bar, seldom enough to cost nothing. */
const STEPS_PER_PROGRESS = 250;

/**
 * Steps through the campaign, telling how far it is; returns what came of it. The same options give the same findings. Where the plan allows it each
 * union is played to its end before the next begins, which needs the memory of one; `together` forbids that, and comes to the same.
 */
export function simulate(options: SimulationOptions & { readonly together?: boolean }): Generator<Progress, Findings> {
  return options.together === true || !playsApart(options.plan) ? simulateTogether(options) : simulateApart(options);
}

function* simulateTogether(options: SimulationOptions): Generator<Progress, Findings> {
  const { plan } = options;
  const ledger = ledgerOf(options);
  const part = new Part({ ...options, ledger });
  const { world } = part.run;
  const progress = (): Progress => ({
    now: world.now,
    share: Math.min(1, Math.max(0, (world.now - plan.startsAt) / (plan.endsAt - plan.startsAt))),
    enrolled: world.instances.size,
    acts: ledger.acts,
  });
  yield* playPart(part, progress);
  ledger.take(world);
  return ledger.close();
}

/** Nothing that a union tells the campaign comes back to any union, so what the campaign tells them is the same whether they have been played or not. */
function* simulateApart(options: SimulationOptions): Generator<Progress, Findings> {
  const { roster } = options;
  const ledger = ledgerOf(options);
  const fromCampaign = lettersOfCampaign(options);
  const toCampaign: Letter[] = [];
  const households = groupBy(roster.households, ({ union }) => union);
  let played = 0;
  let enrolled = 0;
  for (const { id } of roster.unions) {
    const own = households.get(id) ?? [];
    const cast = {
      campaign: false,
      unions: [id],
      away: { scopes: ['campaign'] as const, post: (letter: Letter) => void toCampaign.push(letter) },
    };
    const letters = fromCampaign.filter(({ about }) => about.kind !== 'command' || about.to === `u/${id}`);
    const part = new Part({ ...options, roster: { ...roster, households: own }, cast, ledger, letters });
    part.run.world.expect({ instance: CAMPAIGN_INSTANCE, union: null });
    const { instances } = part.run.world;
    yield* playPart(part, () => ({
      now: null,
      share: played / roster.unions.length,
      enrolled: enrolled + instances.size,
      acts: ledger.acts,
    }));
    ledger.take(part.run.world);
    played += 1;
    enrolled += instances.size;
  }
  const campaign = campaignPart(options, { ledger, letters: inOrder(toCampaign), post: () => undefined });
  yield* playPart(campaign, () => ({ now: null, share: 1, enrolled: enrolled + 1, acts: ledger.acts }));
  ledger.take(campaign.run.world);
  return ledger.close();
}

function* playPart(part: Part, progress: () => Progress): Generator<Progress, void> {
  let steps = 0;
  const enrolments = part.enrolments();
  const step = (): boolean => enrolments.next().done !== true || part.step();
  while (step()) {
    steps += 1;
    if (steps % STEPS_PER_PROGRESS === 0) yield progress();
  }
}

/** What it tells the unions. Of what they tell it nothing comes, so it is played without them. */
function lettersOfCampaign(options: SimulationOptions): readonly Letter[] {
  const letters: Letter[] = [];
  const { observer: _unheard, ...unobserved } = options;
  const part = campaignPart(unobserved, { ledger: ledgerOf(options), letters: [], post: (letter) => void letters.push(letter) });
  for (const _step of playPart(part, () => NOWHERE));
  return letters;
}

interface Mail {
  readonly ledger: Ledger;
  readonly letters: readonly Letter[];
  readonly post: (letter: Letter) => void;
}

function campaignPart(options: SimulationOptions, { ledger, letters, post }: Mail): Part {
  const { roster } = options;
  const cast = { campaign: true, unions: [], away: { scopes: ['union', 'household'] as const, post } };
  const part = new Part({ ...options, roster: { ...roster, households: [] }, cast, ledger, letters });
  for (const { id } of roster.unions) part.run.world.expect({ instance: `u/${id}`, union: id });
  for (const { id, union } of roster.households) part.run.world.expect({ instance: `h/${id}`, union });
  return part;
}

const NOWHERE: Progress = { now: null, share: 0, enrolled: 0, acts: 0 };

const ledgerOf = ({ plan, programs, roster }: SimulationOptions): Ledger =>
  new Ledger({ plan, days: programs.campaign.days, roster });

/** Those of one instant stay as they were posted. */
const inOrder = (letters: readonly Letter[]): readonly Letter[] => [...letters].sort((a, b) => a.at - b.at);

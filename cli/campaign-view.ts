/** A campaign under way, as a few lines of a terminal: where each phase stands, what is done, and what the simulated people did. */
import type { RunSummary } from '../client/api.ts';
import type { Instant, Phase, Plan } from '../model/plan.ts';
import { displayWidth, pad } from '../explainer/display-width.ts';
import { formatDay } from './instants.ts';
import type { Tally } from './rehearsal.ts';
import type { LiveView } from './screen.ts';

export interface CampaignMoment {
  readonly plan: Pick<Plan, 'phases' | 'zone' | 'startsAt' | 'endsAt'>;
  /** Campaign time. */
  readonly now: Instant;
  /** As last read; undefined before the first answer. */
  readonly summary: RunSummary | undefined;
  readonly messages: number;
  readonly tally: Tally;
}

const BAR = 24;

export function viewCampaign(moment: CampaignMoment): LiveView {
  const { plan, now } = moment;
  const titles = plan.phases.map(({ title }) => title.zh);
  const width = Math.max(...titles.map(displayWidth));
  const phases = plan.phases.map((phase) => {
    const share = shareOf(phase, now);
    const mark = share >= 1 ? '✓' : share > 0 ? '▶' : ' ';
    const dates = `${formatDay(phase.startsAt, plan.zone).slice(5)}..${formatDay(phase.endsAt, plan.zone).slice(5)}`;
    return `${mark} ${pad(phase.title.zh, { width, align: 'left' })}  ${dates}  ${bar(share)}  ${phase.title.en}`;
  });
  const { done, counts, people } = describe(moment);
  return {
    lines: [
      '',
      `${formatDay(now, plan.zone)}  ${phaseInWords(plan, now)}`,
      ...phases,
      `tasks   ${done}, ${counts}`,
      `people  ${people}`,
    ],
    plain: `${formatDay(now, plan.zone)} ${phaseInWords(plan, now)} ${percent(plan, now)} | ${done}, ${counts} | ${people}`,
  };
}

function describe({ summary, messages, tally }: CampaignMoment): {
  readonly done: string;
  readonly counts: string;
  readonly people: string;
} {
  const tasks = summary?.tasks;
  const refused = Object.values(tally.refusals).reduce((sum, count) => sum + count, 0);
  return {
    done: `${tasks?.done ?? 0} done`,
    counts: `${(tasks?.open ?? 0) + (tasks?.returned ?? 0)} open, ${tasks?.inReview ?? 0} in review, ${summary?.overdue ?? 0} overdue; ${messages} messages`,
    people:
      `${tally.completed} handed in, ${tally.accepted} accepted, ${tally.returned} returned` +
      (refused === 0 ? '' : `, ${refused} refused`) +
      (tally.retries === 0 ? '' : `, ${tally.retries} asked again`),
  };
}

function shareOf({ startsAt, endsAt }: Pick<Phase, 'startsAt' | 'endsAt'>, now: Instant): number {
  return Math.min(1, Math.max(0, (now - startsAt) / (endsAt - startsAt)));
}

function bar(share: number): string {
  const full = Math.floor(share * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

const percent = (plan: CampaignMoment['plan'], now: Instant): string => `${Math.floor(100 * shareOf(plan, now))}%`;

function phaseInWords({ phases }: CampaignMoment['plan'], now: Instant): string {
  if (now < phases[0]!.startsAt) return '尚未开始 not begun yet';
  const index = phases.findLastIndex(({ startsAt, endsAt }) => startsAt <= now && now <= endsAt);
  if (index >= 0) return `第 ${index + 1}/${phases.length} 阶段 ${phases[index]!.title.zh}`;
  return now > phases.at(-1)!.endsAt
    ? '收尾：最后的催办和逾期上报 closing: the last reminders and escalations'
    : '两个阶段之间 between phases';
}

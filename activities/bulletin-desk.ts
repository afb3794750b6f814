/** Bulletins out of the outbox: counted from the store at the moment of sending, and sent to one post or to that post of every union. */
import type { Pool } from 'pg';
import { bulletinText } from '../messages/bulletin-text.ts';
import type { OutboxBulletin } from '../model/flush.ts';
import type { Instant, Plan } from '../model/plan.ts';
import { failpoint } from '../platform/failpoint.ts';
import { createDateTime } from '../platform/zoned-time.ts';
import { tallyIndicators } from '../store/indicators.ts';
import { findInstances } from '../store/instances.ts';
import { recordDeliveries } from '../store/outbox.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';
import { findUnions, UNIONS_AT_MOST } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import type { Channel, Log } from './channel.ts';

export interface BulletinDeskParts {
  readonly pool: Pool;
  readonly plans: PlanShelf;
  readonly channels: readonly Channel[];
  readonly log: Log;
}

export interface BulletinDesk {
  /** Safe to repeat: a channel that knows what it has sent does not send it twice. @throws when a channel fails. */
  send(entry: OutboxBulletin, around: { run: Run; now: Instant }): Promise<void>;
}

export function createBulletinDesk({ pool, plans, channels, log }: BulletinDeskParts): BulletinDesk {
  return {
    async send(entry, { run, now }) {
      const plan = await plans.getPlan(run.planHash);
      const bulletin = plan.bulletins.find(({ id }) => id === entry.bulletin);
      // An amendment took it out while it waited for its hour. The audit says that it was issued, so somebody may look for it.
      if (bulletin === undefined) {
        log.info(
          { run: run.id, bulletin: entry.bulletin, number: entry.number },
          'a bulletin that an amendment took out was not sent',
        );
        return;
      }
      const unions = await findUnions(pool, { run: run.id, limit: UNIONS_AT_MOST });
      const indicators = plan.indicators.filter((indicator) => isAsked(plan, { shows: bulletin.shows, id: indicator.id }));
      const tally = await tallyIndicators(pool, { run: run.id, plan: { indicators, tasks: plan.tasks }, asOf: now });
      const dateTime = createDateTime(plan.zone);
      const text = bulletinText(plan, {
        bulletin,
        unions,
        number: entry.number,
        at: dateTime(entry.at),
        values: tally.values(unions.map(({ id }) => id)),
      });
      for (const recipient of await recipientsOf(run, plan, entry))
        await post({ entry, run, now, recipient, text, at: dateTime(now) });
    },
  };

  /** Of a circular, whoever holds the post in each union, or takes its place there; each person once. */
  async function recipientsOf(run: Run, plan: Plan, { recipient, role }: OutboxBulletin): Promise<readonly string[]> {
    if (recipient !== null) return [recipient];
    const unions = await findInstances(pool, { run: run.id, scope: 'union', limit: UNIONS_AT_MOST });
    return [...new Set(unions.flatMap(({ roles }) => holderOf(plan, { roles, role }) ?? []))];
  }

  async function post(mail: {
    entry: OutboxBulletin;
    run: Run;
    now: Instant;
    recipient: string;
    text: string;
    at: string;
  }): Promise<void> {
    const { entry, run, now, recipient, text, at } = mail;
    const key = `${entry.claim}|${recipient}`;
    failpoint('before-send');
    for (const channel of channels) {
      const known = await channel.findKnown?.({ run: run.id, recipient, keys: [key] });
      if (known?.has(key) !== true) await channel.send({ run: run.id, recipient, text, at, keys: [key] });
      failpoint('after-send');
      await recordDeliveries(pool, [
        { run: run.id, claim: key, channel: channel.name, recipient, purpose: 'bulletin', sentAt: now },
      ]);
    }
  }
}

/** What a bulletin shows, and what the ratios that it shows are made of. */
function isAsked({ indicators }: Plan, { shows, id }: { shows: readonly string[]; id: string }): boolean {
  return shows.some((shown) => {
    const rule = indicators.find((indicator) => indicator.id === shown)?.rule;
    return shown === id || (rule?.kind === 'ratio' && rule.parts.includes(id));
  });
}

/** Up the chain of fallbacks, as far as it goes. */
function holderOf(
  { roles: known }: Plan,
  { roles, role }: { roles: Readonly<Record<string, string>>; role: string },
): string | undefined {
  const seen = new Set<string>();
  for (let at: string | undefined = role; at !== undefined && !seen.has(at); at = known.find(({ id }) => id === at)?.fallback) {
    if (roles[at] !== undefined) return roles[at];
    seen.add(at);
  }
  return undefined;
}

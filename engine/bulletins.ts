/** Bulletins: the campaign says that it is time for one; what it says is counted elsewhere, when it is sent. */
import { sendingAt } from '../model/hours.ts';
import type { BulletinTimes, Instant, Program } from '../model/plan.ts';
import { type Draft, note, writable } from './draft.ts';
import { resolvePost } from './posts.ts';

interface NextBulletin {
  readonly at: Instant;
  readonly bulletin: BulletinTimes;
  readonly number: number;
}

/** The earliest that has not been issued; of several at one instant the one listed first. */
export function findNextBulletin({ program, issued }: Readonly<Draft>): NextBulletin | undefined {
  let first: NextBulletin | undefined;
  for (const bulletin of program.bulletins ?? []) {
    const number = (issued[bulletin.id] ?? 0) + 1;
    const at = bulletin.at[number - 1];
    if (at !== undefined && (first === undefined || at < first.at)) first = { at, bulletin, number };
  }
  return first;
}

/** Of each bulletin, how many were due before an instant: they are not made up for. */
export function passedBy({ bulletins = [] }: Program, instant: Instant): Record<string, number> {
  const passed = bulletins.map(({ id, at }) => [id, at.filter((each) => each < instant).length] as const);
  return Object.fromEntries(passed.filter(([, count]) => count > 0));
}

/** Claimed once for each instant, by the instant: an amendment can number them anew. Nobody up the whole chain is noted, and the next one tries again. */
export function issueBulletin(draft: Draft, { bulletin: { id, style, to }, number }: Omit<NextBulletin, 'at'>): void {
  writable(draft, 'issued')[id] = number;
  const post = style === 'circular' ? undefined : resolvePost(draft, { role: to });
  const recipient = post?.person ?? null;
  note(draft, 'bulletinIssued', { detail: { bulletin: id, number, role: post?.role ?? to, recipient } });
  if (post !== undefined && recipient === null) return;
  const sendAt = sendingAt(draft.program, draft.now);
  draft.outbox.push({
    kind: 'bulletin',
    claim: ['bulletin', id, draft.now].join('|'),
    at: draft.now,
    ...(sendAt === draft.now ? {} : { sendAt }),
    cause: draft.cause.kind,
    bulletin: id,
    number,
    role: post?.role ?? to,
    recipient,
  });
}

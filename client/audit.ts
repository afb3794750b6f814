/** The audit of a run: read, taken out as evidence, and made again hash by hash. */
import { startOfDay } from '../platform/zoned-time.ts';
import { findAnchors, makeAnchor } from '../store/anchors.ts';
import { findNewestAudit } from '../store/audit.ts';
import { findInstance } from '../store/instances.ts';
import { type Queryable, withIdentity, withSnapshot } from '../store/pool.ts';
import { findSubmissionContents } from '../store/submissions.ts';
import type { AuditExport, AuditFilter, AuditFinding, AuditPage, AuditVerification, AuditWalk } from './api.ts';
import { AnchorDigests, type AnchorLink, findBreak, findBrokenAnchor, verificationOf } from './audit-chain.ts';
import { openExport, writeExport } from './audit-file.ts';
import { compareWith } from './audit-against.ts';
import { findEnds, readTrails } from './audit-trails.ts';
import { Invalid } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';

const ANCHORS_PER_PAGE = 1_000;

export async function listAudit(
  room: ClientRoom,
  run: string,
  { union, household, since, limit, words = false }: AuditFilter,
): Promise<AuditPage> {
  const { plan } = await getRunOf(room, run);
  const { rows, reasons } = await withIdentity(room.appPool, OPERATOR, async (db) => {
    if (household !== undefined) await getHousehold(db, { run, household });
    const rows = await findNewestAudit(db, {
      run,
      // One more than asked for tells whether there are more.
      limit: limit + 1,
      ...(union === undefined ? {} : { union }),
      ...(household === undefined ? {} : { instance: `h/${household}` }),
      ...(since === undefined ? {} : { since: startOfDay(since, plan.zone) }),
    });
    // Whoever is late gives the reason in the form, which stays closed.
    const ids = words
      ? [...new Set(rows.flatMap(({ detail }) => (typeof detail?.['reason'] === 'string' ? [detail['reason']] : [])))]
      : [];
    const reasons = await findSubmissionContents(db, { run, ids, kind: 'reason' }, room.sealer);
    return { rows, reasons };
  });
  const newest = rows.slice(0, limit).reverse();
  return {
    run,
    rows: newest.map(({ flush: _number, detail = null, ...row }) => ({
      ...row,
      detail,
      words: reasons.get(String(detail?.['reason'])) ?? null,
    })),
    complete: rows.length <= limit,
  };
}

async function getHousehold(db: Queryable, { run, household }: { run: string; household: string }): Promise<string> {
  const instance = `h/${household}`;
  if ((await findInstance(db, { run, instance })) !== undefined) return instance;
  throw new Invalid({
    code: 'UNKNOWN_HOUSEHOLD',
    message: `run '${run}' has no household '${household}'`,
    remedy: `see whose tasks there are with: shigeyi tasks ${run}`,
  });
}

/** An anchor first: what is exported is what it covers, neither more nor less, however much is written meanwhile. */
export async function exportAudit(
  room: ClientRoom,
  id: string,
  { household, write, onProgress }: AuditWalk & { household?: string; write(lines: AsyncIterable<string>): Promise<void> },
): Promise<AuditExport> {
  const { run } = await getRunOf(room, id);
  const pool = room.enginePool;
  const instance = household === undefined ? undefined : await getHousehold(pool, { run: id, household });
  const number = (await makeAnchor(pool, { run: id, reason: 'export' }))!;
  return await withSnapshot(pool, async (db) => {
    const anchors = await readAnchors(db, { run: id, until: number });
    const ends = (await findEnds(db, id)).filter((end) => instance === undefined || end.instance === instance);
    const written = { instances: 0, rows: 0 };
    const trails = readTrails(db, { run: id, ends, before: number, ...(onProgress && { onProgress }) });
    await write(writeExport({ run: id, plan: run.planHash, household: household ?? null, anchors, trails, written }));
    return { run: id, household: household ?? null, ...written, anchor: { number, hash: anchors.at(-1)!.hash } };
  });
}

export async function verifyAudit(
  room: ClientRoom,
  run: string,
  { against, onProgress }: AuditWalk & { against?: AsyncIterable<string> },
): Promise<AuditVerification> {
  await getRunOf(room, run);
  const earlier = against && (await openExport(against, { run }));
  return await withSnapshot(room.enginePool, async (db) => {
    const anchors = await readAnchors(db, { run });
    const ends = await findEnds(db, run);
    const trails = readTrails(db, { run, ends, ...(onProgress && { onProgress }) });
    const found: AuditFinding[] = [];
    const digests = new AnchorDigests(anchors);
    let rows = 0;
    const kept = earlier && compareWith(earlier, { anchors, found });
    for await (const trail of trails) {
      rows += trail.links.length;
      const broken = findBreak(trail) ?? (await kept?.compare(trail));
      if (broken !== undefined) found.push(broken);
      digests.add(trail);
    }
    await kept?.end();
    const anchor = findBrokenAnchor(run, anchors) ?? (found.length === 0 ? digests.findBreak() : undefined);
    if (anchor !== undefined) found.push(anchor);
    return verificationOf({ run, instances: ends.length, rows, anchors, found });
  });
}

async function readAnchors(db: Queryable, { run, until = null }: { run: string; until?: number | null }): Promise<AnchorLink[]> {
  const anchors: AnchorLink[] = [];
  for (;;) {
    const page = await findAnchors(db, { run, after: anchors.at(-1)?.number ?? 0, until, limit: ANCHORS_PER_PAGE });
    anchors.push(...page);
    if (page.length < ANCHORS_PER_PAGE) return anchors;
  }
}

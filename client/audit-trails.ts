/** All trails of a run out of the database, one after another, in the order in which anchors cover them. */
import { groupBy } from '../model/group.ts';
import { type AuditLink, findLinks, findTrailEnds, type TrailEnd } from '../store/audit-links.ts';
import type { Queryable } from '../store/pool.ts';
import type { AuditWalk } from './api.ts';
import type { Trail } from './audit-chain.ts';

const INSTANCES_AT_MOST = 1_000_000;
/** Rows asked for at once. */
const PAGE = 5_000;

export interface WrittenTrail extends Trail {
  readonly links: readonly AuditLink[];
}

/** By id, code unit by code unit: the database may sort by a language. */
export async function findEnds(db: Queryable, run: string): Promise<TrailEnd[]> {
  const ends = await findTrailEnds(db, { run, limit: INSTANCES_AT_MOST });
  return ends.sort((a, b) => (a.instance < b.instance ? -1 : 1));
}

/** `before`: only rows written before this anchor was made; the ends are then those of what is read. In memory is a page, and one instance whole. */
export async function* readTrails(
  db: Queryable,
  { run, ends, before, onProgress }: AuditWalk & { run: string; ends: readonly TrailEnd[]; before?: number },
): AsyncGenerator<WrittenTrail> {
  let done = 0;
  for (const batch of batchesOf(ends)) {
    const links = groupBy(
      await readLinks(db, { run, instances: batch.map(({ instance }) => instance) }),
      ({ instance }) => instance,
    );
    for (const { instance, ...end } of batch) {
      const all = links.get(instance) ?? [];
      if (before === undefined) yield { instance, links: all, end };
      else {
        const covered = all.filter(({ anchor }) => (anchor ?? 0) < before);
        if (covered.length > 0) yield { instance, links: covered, end: { rows: covered.length, hash: covered.at(-1)!.hash } };
      }
    }
    done += batch.length;
    onProgress?.({ instances: done, of: ends.length });
  }
}

/** So many instances that a page holds their rows; one at least. */
function* batchesOf(ends: readonly TrailEnd[]): Generator<readonly TrailEnd[]> {
  let batch: TrailEnd[] = [];
  let rows = 0;
  for (const end of ends) {
    if (batch.length > 0 && rows + end.rows > PAGE) {
      yield batch;
      batch = [];
      rows = 0;
    }
    batch.push(end);
    rows += end.rows;
  }
  if (batch.length > 0) yield batch;
}

async function readLinks(db: Queryable, { run, instances }: { run: string; instances: readonly string[] }): Promise<AuditLink[]> {
  const links: AuditLink[] = [];
  for (;;) {
    const last = links.at(-1);
    const page = await findLinks(db, { run, instances, ...(last && { after: last }), limit: PAGE });
    for (const link of page) links.push(link);
    if (page.length < PAGE) return links;
  }
}

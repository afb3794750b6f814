/**
 * The audit's chains made again from their rows and compared with the hashes that were kept: what was changed, taken out, put in or moved, and
 * where first. Knows neither a database nor files: both are read into the same rows.
 */
import { createHash, type Hash } from 'node:crypto';
import type { AuditFinding, AuditVerification } from './api.ts';

/** The first of each instance; who finds more has learned enough. */
const FINDINGS_AT_MOST = 100;

/** One row: what its hash covers, and the hash (hexadecimal). `anchor`: the last one made before the row was written; null while there was none. */
export interface Link {
  readonly seq: number;
  readonly anchor: number | null;
  readonly text: string;
  readonly hash: string;
}

export interface Trail {
  readonly instance: string;
  readonly links: readonly Link[];
  /** How many rows the instance has counted, and the hash it keeps of the last. */
  readonly end: { readonly rows: number; readonly hash: string | null };
}

export interface AnchorLink {
  readonly number: number;
  readonly text: string;
  readonly hash: string;
}

export function hashAfter(before: string, text: string): string {
  return createHash('sha256').update(before, 'hex').update(text).digest('hex');
}

/** The first place at which a trail is not what it was when it was written; undefined when it is. */
export function findBreak({ instance, links, end }: Trail): AuditFinding | undefined {
  const at = (kind: AuditFinding['kind'], seq: number, message: string): AuditFinding => ({
    kind,
    instance,
    seq,
    anchor: null,
    message,
  });
  if (end.rows === 0 && links.length > 0)
    return at('inserted', links[0]!.seq, 'the instance has written nothing, or there is none');
  const hashes: string[] = [''];
  for (const [index, link] of links.entries()) {
    const seq = index + 1;
    if (link.seq < seq) return at('inserted', link.seq, `there is another row ${link.seq}, behind row ${seq - 1}`);
    if (link.seq > seq) {
      const stray = links.some((later, place) => place > index && later.seq === seq);
      return stray
        ? at('reordered', seq, `row ${link.seq} stands in its place`)
        : at('missing', seq, `row ${link.seq} follows upon row ${seq - 1}`);
    }
    const before = hashes[index]!;
    if (hashAfter(before, link.text) !== link.hash) return at(...explain({ links, index, hashes }));
    hashes.push(link.hash);
  }
  if (links.length < end.rows) return at('missing', links.length + 1, `the instance has counted ${end.rows} rows`);
  if (links.length > end.rows) return at('inserted', end.rows + 1, `the instance has counted ${end.rows} rows`);
  if (end.rows > 0 && end.hash !== hashes.at(-1))
    return at('changed', end.rows, 'the instance keeps another hash of its last row');
  return undefined;
}

/** As if the row stood at another place. */
const renumbered = (text: string, seq: number): string => text.replace(/,"seq":\d+,/, `,"seq":${seq},`);

/** What became of the row at `index`, whose hash is not that of its content behind the row before: as far as the hashes of its neighbours tell. */
function explain({
  links,
  index,
  hashes,
}: {
  links: readonly Link[];
  index: number;
  hashes: readonly string[];
}): [AuditFinding['kind'], number, string] {
  const seq = index + 1;
  const [link, next] = [links[index]!, links[index + 1]];
  const [before, beforeThat] = [hashes[index]!, hashes[index - 1]];
  const was = (row: Link | undefined, place: number, behind: string): boolean =>
    row !== undefined && hashAfter(behind, renumbered(row.text, place)) === row.hash;

  if (links.some((other, place) => place > index && other.seq === seq && was(other, seq, before)))
    return ['inserted', seq, 'another row of that number follows, and it is the one that belongs here'];
  if (next !== undefined && was(next, seq, before)) {
    return was(link, seq + 1, next.hash)
      ? ['reordered', seq, `it and row ${seq + 1} have changed places`]
      : ['inserted', seq, `row ${seq + 1} is the one that stood here`];
  }
  if (beforeThat !== undefined && was(link, seq - 1, beforeThat))
    return ['inserted', seq - 1, `row ${seq} is the one that stood there`];
  if (was(next, seq + 2, link.hash)) return ['missing', seq, 'the rows behind it have moved up'];
  return ['changed', seq, 'its content is not what its hash was made of'];
}

/** The first anchor that does not go on from the one before; undefined when all do. */
export function findBrokenAnchor(run: string, anchors: readonly AnchorLink[]): AuditFinding | undefined {
  let before = '';
  for (const [index, { number, text, hash }] of anchors.entries()) {
    const said = JSON.parse(text) as { readonly run: unknown; readonly number: unknown };
    const found = (kind: AuditFinding['kind'], message: string): AuditFinding => ({
      kind,
      instance: null,
      seq: null,
      anchor: index + 1,
      message,
    });
    if (number !== index + 1) return found('missing', `anchor ${number} follows upon anchor ${index}`);
    if (hashAfter(before, text) !== hash || said.run !== run || said.number !== number)
      return found('changed', 'its content is not what its hash was made of');
    before = hash;
  }
  return undefined;
}

/**
 * Makes the digest of every anchor again while trails pass by, in the order of their instances' ids. A trail that was made again whole, from
 * some row on, is sound in itself; only this shows it.
 */
export class AnchorDigests {
  readonly #anchors: readonly { readonly number: number; readonly digest: string; readonly hash: Hash }[];
  #named = 0;

  constructor(anchors: readonly AnchorLink[]) {
    this.#anchors = anchors.map(({ number, text }) => ({
      number,
      digest: (JSON.parse(text) as { readonly digest: string }).digest,
      hash: createHash('sha256'),
    }));
  }

  add({ instance, links }: Pick<Trail, 'instance' | 'links'>): void {
    this.#named = Math.max(this.#named, links.at(-1)?.anchor ?? 0);
    let covered = 0;
    let line: Buffer | undefined;
    for (const { number, hash } of this.#anchors) {
      const before = covered;
      while (covered < links.length && (links[covered]!.anchor ?? 0) < number) covered += 1;
      if (covered === 0) continue;
      const last = links[covered - 1]!;
      if (line === undefined || covered !== before) line = Buffer.from(`${instance} ${last.seq} ${last.hash}\n`);
      hash.update(line);
    }
  }

  /** The first anchor whose digest was made of other rows, or that rows name and nobody has. Ends the making. */
  findBreak(): AuditFinding | undefined {
    const found = (kind: AuditFinding['kind'], anchor: number, message: string): AuditFinding => ({
      kind,
      instance: null,
      seq: null,
      anchor,
      message,
    });
    const wrong = this.#anchors.find(({ digest, hash }) => hash.digest('hex') !== digest);
    if (wrong !== undefined)
      return found('changed', wrong.number, 'it covers other rows than there are: chains were made again, or are gone');
    const last = this.#anchors.length;
    return this.#named > last ? found('missing', last + 1, `rows were written behind anchor ${this.#named}`) : undefined;
  }
}

export function verificationOf({
  run,
  instances,
  rows,
  anchors,
  found,
}: {
  readonly run: string;
  readonly instances: number;
  readonly rows: number;
  readonly anchors: readonly AnchorLink[];
  readonly found: readonly AuditFinding[];
}): AuditVerification {
  // By place; of one place what was noted first, and what has none last.
  const placed = found.filter(({ instance }) => instance !== null);
  const rest = found.filter(({ instance }) => instance === null);
  placed.sort((a, b) => (a.instance === b.instance ? (a.seq ?? 0) - (b.seq ?? 0) : a.instance! < b.instance! ? -1 : 1));
  return {
    run,
    intact: found.length === 0,
    instances,
    rows,
    anchors: anchors.length,
    lastAnchor: anchors.at(-1)?.hash ?? null,
    findings: [...placed, ...rest].slice(0, FINDINGS_AT_MOST),
  };
}

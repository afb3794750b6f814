/**
 * An audit as a file of JSON lines: a heading, the anchors, each instance's rows behind a line that counts them, and an end. What a hash covers
 * stands in it letter by letter, so that anybody can make the hashes again with nothing but SHA-256 (docs/operating.md says how).
 */
import type { AuditFinding, AuditVerification } from './api.ts';
import { AnchorDigests, type AnchorLink, findBreak, findBrokenAnchor, type Trail, verificationOf } from './audit-chain.ts';
import type { WrittenTrail } from './audit-trails.ts';
import { Invalid } from './client-error.ts';
import { ofFile, parse, readLink, TrailReader } from './audit-lines.ts';

const VERSION = 1;

export interface ExportContent {
  readonly run: string;
  readonly plan: string;
  readonly household: string | null;
  readonly anchors: readonly AnchorLink[];
  readonly trails: AsyncIterable<WrittenTrail>;
  /** Counted while the lines are taken. */
  readonly written: { instances: number; rows: number };
}

export async function* writeExport({ run, plan, household, anchors, trails, written }: ExportContent): AsyncGenerator<string> {
  yield JSON.stringify({ shigeyi: 'audit', version: VERSION, run, plan, household, anchors: anchors.length });
  for (const { text, hash } of anchors) yield `{"anchor":${text},"hash":"${hash}"}`;
  for await (const { instance, links, end } of trails) {
    yield JSON.stringify({ instance, ...end });
    for (const { text, hash, void: isVoid } of links) yield `{"row":${text},"hash":"${hash}"${isVoid ? ',"void":true' : ''}}`;
    written.instances += 1;
    written.rows += links.length;
  }
  yield JSON.stringify({ end: written });
}

/** An export being read: the head at once, the trails as they are asked for. */
export interface OpenExport {
  readonly run: string;
  readonly household: string | null;
  readonly anchors: readonly AnchorLink[];
  readonly trails: AsyncGenerator<Trail>;
  /** What is wrong with the file itself; filled while the trails are read. */
  readonly found: readonly AuditFinding[];
}

interface Heading {
  readonly run: string;
  readonly household: string | null;
  readonly anchors: number;
}

/** @throws Invalid NOT_AN_EXPORT, OTHER_RUN */
export async function openExport(lines: AsyncIterable<string>, { run }: { run: string }): Promise<OpenExport> {
  const source = lines[Symbol.asyncIterator]();
  const heading = readHeading(await nextLine(source), run);
  const found: AuditFinding[] = [];
  const anchors: AnchorLink[] = [];
  let line = await nextLine(source);
  for (let link = readLink('anchor', line); link !== undefined; link = readLink('anchor', line)) {
    const { number } = link.content as { readonly number: unknown };
    anchors.push({ number: typeof number === 'number' ? number : Number.NaN, text: link.text, hash: link.hash });
    line = await nextLine(source);
  }
  if (anchors.length < heading.anchors && findBrokenAnchor(run, anchors) === undefined)
    found.push(ofFile('missing', `the file has ${anchors.length} of ${heading.anchors} anchors`, { anchor: anchors.length + 1 }));
  return { run, household: heading.household, anchors, trails: readTrailsOf(source, { first: line, run, found }), found };
}

/** Whether a file is what was exported, without any database. */
export async function verifyExport(lines: AsyncIterable<string>, { run }: { run: string }): Promise<AuditVerification> {
  const { household, anchors, trails, found: inFile } = await openExport(lines, { run });
  const found: AuditFinding[] = [];
  const digests = new AnchorDigests(anchors);
  let [instances, rows] = [0, 0];
  for await (const trail of trails) {
    instances += 1;
    rows += trail.links.length;
    const broken = findBreak(trail);
    if (broken !== undefined) found.push(broken);
    digests.add(trail);
  }
  found.unshift(...inFile);
  const anchor = findBrokenAnchor(run, anchors);
  if (anchor !== undefined) found.push(anchor);
  // A digest covers the whole run. Of one household's rows it cannot be made again.
  const digest = household === null && found.length === 0 ? digests.findBreak() : undefined;
  if (digest !== undefined) found.push(digest);
  return verificationOf({ run, instances, rows, anchors, found });
}

async function* readTrailsOf(
  source: AsyncIterator<string>,
  { first, run, found }: { first: string | undefined; run: string; found: AuditFinding[] },
): AsyncGenerator<Trail> {
  const reader = new TrailReader(run, found);
  for (let line = first; line !== undefined; line = await nextLine(source)) {
    const trail = reader.take(line);
    if (trail !== undefined) yield trail;
  }
  const last = reader.end();
  if (last !== undefined) yield last;
}

async function nextLine(source: AsyncIterator<string>): Promise<string | undefined> {
  const { done, value } = await source.next();
  return done === true ? undefined : value;
}

function readHeading(line: string | undefined, run: string): Heading {
  const heading = parse(line ?? '') as (Heading & { readonly shigeyi: unknown; readonly version: unknown }) | undefined;
  if (heading?.shigeyi !== 'audit' || heading.version !== VERSION) {
    throw new Invalid({
      code: 'NOT_AN_EXPORT',
      message: 'the file does not begin as an exported audit does',
      remedy: 'give a file that was written by: shigeyi audit export',
    });
  }
  if (heading.run === run) return heading;
  throw new Invalid({
    code: 'OTHER_RUN',
    message: `the file holds the audit of run '${heading.run}', not of '${run}'`,
    remedy: 'name the run whose audit it is',
  });
}

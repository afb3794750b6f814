/** An export made earlier against the database of today: whatever it holds must still be there, row by row. */
import type { AuditFinding } from './api.ts';
import type { AnchorLink, Trail } from './audit-chain.ts';
import type { OpenExport } from './audit-file.ts';

export interface Comparison {
  /** Of a trail of today. They come in the order of their ids, as those of the export do. */
  compare(trail: Trail): Promise<AuditFinding | undefined>;
  /** After the last. */
  end(): Promise<void>;
}

export function compareWith(
  earlier: OpenExport,
  { anchors, found }: { anchors: readonly AnchorLink[]; found: AuditFinding[] },
): Comparison {
  let kept: Trail | undefined;
  let begun = false;
  const next = async (): Promise<void> => {
    const { done, value } = await earlier.trails.next();
    kept = done === true ? undefined : value;
  };
  const gone = ({ instance }: Trail): void =>
    void found.push({
      kind: 'missing',
      instance,
      seq: 1,
      anchor: null,
      message: 'the export has rows of it, and there are none',
    });
  return {
    async compare(trail) {
      if (!begun) await next();
      begun = true;
      for (; kept !== undefined && kept.instance < trail.instance; await next()) gone(kept);
      if (kept?.instance !== trail.instance) return undefined;
      const before = kept;
      await next();
      return findDifference(before, trail);
    },
    async end() {
      if (!begun) await next();
      for (; kept !== undefined; await next()) gone(kept);
      found.push(...earlier.found);
      const other = earlier.anchors.find(({ hash }, index) => anchors[index]?.hash !== hash);
      if (other !== undefined)
        found.push({
          kind: 'changed',
          instance: null,
          seq: null,
          anchor: other.number,
          message: 'the export has another hash of it',
        });
    },
  };
}

function findDifference(before: Trail, today: Trail): AuditFinding | undefined {
  const index = before.links.findIndex(({ hash }, place) => today.links[place]?.hash !== hash);
  if (index < 0) return undefined;
  const [kind, message] =
    today.links[index] === undefined
      ? (['missing', 'the export has it'] as const)
      : (['changed', 'the export has another row there; its trail was made again since'] as const);
  return { kind, instance: before.instance, seq: index + 1, anchor: null, message };
}

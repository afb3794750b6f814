/** Gates from both sides: an instance feeds the gates of the scope above it, and the scope above opens when enough have been counted. */
import type { Draft } from './draft.ts';
import { note } from './draft.ts';
import { getTemplate, settle } from './opening.ts';

/** A task that will not change any more counts for the gates that watch it. */
export function feedGates(draft: Draft, templateId: string): void {
  for (const gate of getTemplate(draft.program, templateId).feeds) {
    draft.gateRows.push({ gate, settled: true });
    draft.outbox.push({
      kind: 'gate',
      gate,
      claim: ['gate', gate, draft.base.instance, draft.now].join('|'),
      at: draft.now,
      cause: draft.cause.kind,
    });
  }
}

/** Takes a count from the relay. Level-triggered: an older version than the one known is ignored. */
export function countGate(draft: Draft, count: { gate: string; version: number; done: number; total: number }): void {
  const known = draft.gates[count.gate];
  if (known !== undefined && known.version >= count.version) return;
  const rule = draft.program.tasks.find(({ gate }) => gate?.id === count.gate)?.gate;
  if (rule === undefined) return;
  // Divided, not multiplied: 0.07 × 100 is more than 7, while 7 / 100 is the very number that was written 0.07.
  const enough = count.total > 0 && count.done / count.total >= rule.share;
  const wasOpen = known?.openedAt ?? null;
  const openedAt = enough ? (wasOpen ?? draft.now) : rule.latched ? wasOpen : null;
  draft.gates[count.gate] = { version: count.version, done: count.done, total: count.total, openedAt };
  note(draft, openedAt !== null && wasOpen === null ? 'gateOpened' : 'gateCounted', {
    detail: { gate: count.gate, done: count.done, total: count.total },
  });
  settle(draft);
}

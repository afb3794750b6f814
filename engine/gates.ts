/** Gates from both sides: an instance feeds the gates that count a task of it, and a task behind a gate opens when enough have been counted. */
import type { GateLevel } from '../model/command.ts';
import type { GateRow } from '../model/flush.ts';
import type { Gate, ProgramTask } from '../model/plan.ts';
import { type Case, concerns } from './concern.ts';
import { type Draft, note, writable } from './draft.ts';
import { isFinal } from './lifecycles.ts';
import { countingOf, getTemplate, hasAll } from './occurrences.ts';

/** What an instance says to the gates that count a task: read from its state alone, so that it can be said again at any time. */
export function gateRowsOf(at: Case, { id, feeds }: Pick<ProgramTask, 'id' | 'feeds'>): readonly GateRow[] {
  const says = standingOf(at, id);
  return feeds.map((gate) => ({
    gate,
    settled: says === 'settled',
    ...(says === 'excluded' ? { excluded: true as const } : {}),
  }));
}

/** `settled`: it will not change any more; `excluded`: no gate waits for it; `pending`: gates do. */
function standingOf(at: Case, id: string): 'settled' | 'excluded' | 'pending' {
  if (at.withdrawnAt !== undefined) return 'excluded';
  const template = getTemplate(at.program, id);
  const there = countingOf(at, template);
  if (!there.every(({ status }) => isFinal(status))) return 'pending';
  if (!hasAll(at, template) && concerns(at, template)) return 'pending';
  return there.every(({ status }) => status === 'dropped') ? 'excluded' : 'settled';
}

/** Tells the gates that count a task how it stands now. Asked whenever that may have changed, also back again; what they know already is not said. */
export function feedGates(draft: Draft, templateId: string): void {
  const { base, program } = draft;
  const template = getTemplate(program, templateId);
  if (template.feeds.length === 0) return;
  // Of an instance that has just come to be nothing is known: whoever is enrolled is waited for.
  const before = draft.said?.get(templateId) ?? (base.seq === 0 ? 'pending' : standingOf({ program, ...base }, templateId));
  const says = standingOf(draft, templateId);
  if (says === before) return;
  saidBy(draft).set(templateId, says);
  sayToGates(draft, template);
}

/** The same for every task. */
export function feedAll(draft: Draft): void {
  for (const { id } of draft.program.tasks) feedGates(draft, id);
}

function saidBy(draft: Draft): Map<string, string> {
  draft.said ??= new Map();
  return draft.said;
}

function sayToGates(draft: Draft, template: ProgramTask): void {
  for (const row of gateRowsOf(draft, template)) {
    draft.gateRows.push(row);
    draft.outbox.push({
      kind: 'gate',
      gate: row.gate,
      claim: ['gate', row.gate, draft.instance, draft.now].join('|'),
      at: draft.now,
      cause: draft.cause.kind,
    });
  }
}

/** Notes what gates have been told so far, before the program that says so becomes another. */
export function rememberSaid(draft: Draft): void {
  const { program, base } = draft;
  const said = saidBy(draft);
  for (const { id, feeds } of program.tasks)
    if (feeds.length > 0 && !said.has(id)) said.set(id, standingOf({ program, ...base }, id));
}

/** Tells how a task stands to gates that may not have counted it before, whatever it is. */
export function introduceToGates(draft: Draft, templateId: string): void {
  saidBy(draft).set(templateId, standingOf(draft, templateId));
  sayToGates(draft, getTemplate(draft.program, templateId));
}

/**
 * Takes the instance out of every gate that would wait in vain for one of these tasks. The state must say why before this is asked: from there a
 * full flush says it again.
 */
export function excludeFromGates(draft: Draft, templateIds: readonly string[]): void {
  for (const id of templateIds) feedGates(draft, id);
}

/** Takes a count from the relay. Level-triggered: an older version than the one known is ignored. */
export function countGate(
  draft: Draft,
  { gate, union = draft.union, ...level }: GateLevel & { readonly gate: string; readonly union?: string | null },
): void {
  if (union !== draft.union) return;
  const known = draft.gates[gate];
  if (known !== undefined && known.version >= level.version) return;
  const rule = draft.program.tasks.find((task) => task.gate?.id === gate)?.gate;
  const { version, done, total, excluded } = level;
  if (rule === undefined) {
    // Of a plan that this instance has not been brought to yet: told once only, so it is kept until then.
    writable(draft, 'gates')[gate] = { version, done, total, excluded, openedAt: null };
    return;
  }
  const wasOpen = known?.openedAt ?? null;
  const openedAt = isEnough(rule, { version, done, total, excluded }) ? (wasOpen ?? draft.now) : rule.latched ? wasOpen : null;
  writable(draft, 'gates')[gate] = { version, done, total, excluded, openedAt };
  note(draft, openedAt !== null && wasOpen === null ? 'gateOpened' : 'gateCounted', {
    detail: { gate, done, total, ...(excluded > 0 ? { excluded } : {}) },
  });
}

/** Asks a gate whose rule may be another now, with the count that was told last. */
export function recountGate(draft: Draft, gate: Gate): void {
  const known = draft.gates[gate.id];
  if (known === undefined) return;
  const openedAt = isEnough(gate, known) ? (known.openedAt ?? draft.now) : gate.latched ? known.openedAt : null;
  if (openedAt !== known.openedAt) writable(draft, 'gates')[gate.id] = { ...known, openedAt };
}

/** The gate is another union's now: its count takes the place of the one before, and what a latched gate has let through stays so. */
export function leaveGate(draft: Draft, { gate, level }: { gate: Gate; level: GateLevel | undefined }): void {
  const openedAt = gate.latched ? (draft.gates[gate.id]?.openedAt ?? null) : null;
  delete writable(draft, 'gates')[gate.id];
  if (level === undefined && openedAt === null) return;
  const { version, done, total, excluded } = level ?? { version: 0, done: 0, total: 0, excluded: 0 };
  writable(draft, 'gates')[gate.id] = { version, done, total, excluded, openedAt };
  recountGate(draft, gate);
}

/** Where the task concerns nobody of those enrolled, there is nobody to wait for; where nobody is enrolled, somebody may yet be. */
function isEnough({ share }: Gate, { done, total, excluded }: GateLevel): boolean {
  // Divided, not multiplied: 0.07 × 100 is more than 7, while 7 / 100 is the very number that was written 0.07.
  return total > 0 ? done / total >= share : excluded > 0;
}

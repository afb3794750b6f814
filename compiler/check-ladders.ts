/** Ladders: rungs speak in their order and to somebody, and a version of a ladder names what is there. */
import { toldRole } from './check-roles.ts';
import { checkRungTimes } from './check-times.ts';
import { type Checking, checkName, meantAmong, suggest } from './checking.ts';
import { reportDuplicate } from './gather.ts';
import type { LadderVersion, Rung } from './language.ts';
import { extendsItself, isVersion } from './resolve-ladders.ts';
import { speaksBefore } from './rung-order.ts';
import { unitsIn } from './time-language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

export function checkLadders(checking: Checking): void {
  for (const [id, ladder] of checking.definition.writtenLadders) {
    if (isVersion(ladder)) checkVersion(checking, { id, version: ladder });
    else checkOrder(checking, ladder);
    // What a version takes from another ladder is checked there.
    const rungs = isVersion(ladder) ? (ladder.rungs ?? []) : ladder;
    checkIds(checking, rungs);
    for (const rung of rungs) checkRung(checking, rung);
  }
}

const MOST_RUNGS = 20;

function checkVersion(checking: Checking, { id, version }: { id: string; version: LadderVersion }): void {
  const { definition, places, report } = checking;
  const { extends: parent, without = [] } = version;
  checkName(checking, { kind: 'ladders', name: parent, container: version, key: 'extends' });
  if (extendsItself(definition.writtenLadders, id)) {
    report('LADDER_CYCLE', places.of(version, 'extends'), SAY.LADDER_CYCLE.main({ id }));
    return;
  }
  const rungs = definition.ladders.get(parent);
  if (rungs === undefined) return;
  const known = rungs.map(({ id: rung }) => rung);
  without.forEach((rung, index) => {
    if (known.includes(rung)) return;
    const words = SAY.UNKNOWN_RUNG.main({ ladder: parent, rung, near: suggest(rung, known) });
    report('UNKNOWN_RUNG', places.of(without, index), words, meantAmong(rung, rungs, checking));
  });
  const count = definition.ladders.get(id)!.length;
  if (count < 1 || count > MOST_RUNGS) {
    report('OUT_OF_RANGE', places.of(version), SAY.OUT_OF_RANGE.rungs({ ladder: id, count, most: MOST_RUNGS }));
  }
}

function checkOrder({ places, report }: Checking, ladder: readonly Rung[]): void {
  ladder.forEach((rung, index) => {
    const before = ladder[index - 1];
    if (before === undefined || !speaksBefore(rung, before)) return;
    report('RUNGS_OUT_OF_ORDER', places.of(rung), SAY.RUNGS_OUT_OF_ORDER.main({ rung: rung.id, before: before.id }), [
      { ...places.of(before), note: NOTES.rungBefore },
    ]);
  });
}

function checkIds({ places, report }: Checking, rungs: readonly Rung[]): void {
  const seen = new Map<string, Rung>();
  for (const rung of rungs) {
    const first = seen.get(rung.id);
    if (first)
      reportDuplicate(report, { what: 'rung', id: rung.id, place: places.of(rung, 'id'), first: places.of(first, 'id') });
    else seen.set(rung.id, rung);
  }
}

function checkRung(checking: Checking, rung: Rung): void {
  const { places, report } = checking;
  checkRungTimes(checking, rung);
  const told = toldRole(rung);
  if (told !== undefined) {
    const key = rung.escalate === undefined ? 'remind' : 'escalate';
    checkName(checking, { kind: 'roles', name: told, container: rung, key });
  }
  if (rung.escalate === undefined) return;
  const [unit] = unitsIn(rung);
  if (unit !== undefined && rung[unit]! < 1) {
    report('ESCALATES_EARLY', places.of(rung, unit), SAY.ESCALATES_EARLY.main({ rung: rung.id, role: rung.escalate }));
  }
}

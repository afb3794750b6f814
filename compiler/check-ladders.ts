/** Ladders: rungs speak in their order and to somebody, and a version of a ladder names what is there. */
import { toldRole } from './check-roles.ts';
import { checkRungTimes } from './check-times.ts';
import { type Checking, checkName, suggest } from './checking.ts';
import { reportDuplicate } from './gather.ts';
import type { LadderVersion, Rung } from './language.ts';
import { extendsItself, isVersion } from './resolve-ladders.ts';
import { speaksBefore } from './rung-order.ts';
import { unitsIn } from './time-language.ts';

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
    report('LADDER_CYCLE', places.of(version, 'extends'), {
      message: `ladder '${id}' is a version of itself in the end`,
      hint: 'let one of them list its own rungs',
    });
    return;
  }
  const known = definition.ladders.get(parent)?.map((rung) => rung.id);
  if (known === undefined) return;
  without.forEach((rung, index) => {
    if (known.includes(rung)) return;
    report('UNKNOWN_RUNG', places.of(without, index), {
      message: `ladder '${parent}' has no rung '${rung}' to leave out`,
      hint: suggest(rung, known),
    });
  });
  const count = definition.ladders.get(id)!.length;
  if (count < 1 || count > MOST_RUNGS) {
    report('OUT_OF_RANGE', places.of(version), {
      message: `ladder '${id}' comes to ${count} rungs`,
      hint: `at least 1, at most ${MOST_RUNGS}`,
    });
  }
}

function checkOrder({ places, report }: Checking, ladder: readonly Rung[]): void {
  ladder.forEach((rung, index) => {
    const before = ladder[index - 1];
    if (before === undefined || !speaksBefore(rung, before)) return;
    report('RUNGS_OUT_OF_ORDER', places.of(rung), {
      message: `rung '${rung.id}' speaks before '${before.id}', which is listed first`,
      hint: 'list rungs from the earliest to the latest',
    });
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
    report('ESCALATES_EARLY', places.of(rung, unit), {
      message: `rung '${rung.id}' tells '${rung.escalate}' before the task is overdue`,
      hint: `use \`remind: ${rung.escalate}\`, \`when: overdue\`, or a time after the deadline`,
    });
  }
}

/** Bulletins: to whom, what they show, and the instants at which they are issued, all of them known when the plan is made. */
import { epochDay, findWorkingDay, minuteOfDay } from '../model/day-table.ts';
import type { Bulletin, DateText, DayTable, Instant } from '../model/plan.ts';
import { type Checking, checkName, isVisibleFrom, meantAmong, suggest } from './checking.ts';
import type { Dating } from './dates.ts';
import { minuteOf } from './emit-time.ts';
import type { Definition } from './gather.ts';
import { type Bulletin as BulletinText, WEEKDAYS } from './language.ts';
import { SAY } from './messages.ts';
import { emitSpan } from './repeats.ts';

/** More often than daily for a year is no bulletin. */
const MOST = 400;

/** Posts that every union's register fills. */
const UNION_POSTS: readonly string[] = ['union-head', 'union-officer'];

/** Names and dates, which can be told before the days are known. */
export function checkBulletins(checking: Checking): void {
  for (const bulletin of checking.definition.bulletins.values()) {
    checkRecipient(checking, bulletin);
    bulletin.shows.forEach((name, key) => checkName(checking, { kind: 'indicators', name, container: bulletin.shows, key }));
    checkTime(checking, bulletin);
  }
}

function checkRecipient(checking: Checking, bulletin: BulletinText): void {
  const { definition, places, report } = checking;
  const { to, style } = bulletin;
  checkName(checking, { kind: 'roles', name: to, container: bulletin, key: 'to' });
  const role = definition.roles.get(to);
  if (role === undefined) return;
  if (style === 'circular' ? UNION_POSTS.includes(to) : isVisibleFrom(role.scope, 'campaign')) return;
  const { scope } = role;
  const words =
    style === 'circular'
      ? SAY.SCOPE_MISMATCH.circular({ role: to, posts: UNION_POSTS })
      : SAY.SCOPE_MISMATCH.bulletin({ role: to, scope });
  report('SCOPE_MISMATCH', places.of(bulletin, 'to'), words);
}

function checkTime(checking: Checking, bulletin: BulletinText): void {
  const { definition, places, report, patched } = checking;
  const { phases } = definition;
  if (phases.length === 0 || phases.some((phase) => patched.has(phase))) return;
  const [starts, ends] = [phases[0]!.starts, phases.at(-1)!.ends];
  for (const key of ['from', 'until'] as const) {
    const said = bulletin[key];
    if (said === undefined) continue;
    if (!isDate(said)) {
      const known = phases.map(({ id }) => id);
      if (!known.includes(said))
        report(
          'UNKNOWN_PHASE',
          places.of(bulletin, key),
          SAY.UNKNOWN_PHASE.main({ name: said, near: suggest(said, known) }),
          meantAmong(said, phases, checking),
        );
    } else if (said < starts || said > ends) {
      const words = SAY.DATE_OUTSIDE_CAMPAIGN.bulletin({ key, date: said, from: starts, to: ends });
      report('DATE_OUTSIDE_CAMPAIGN', places.of(bulletin, key), words);
    }
  }
}

const isDate = (text: string): boolean => epochDay(text) !== undefined;

/** That it comes out at all, and not all the time. */
export function checkIssues({ definition, places, report }: Checking, dating: Dating): void {
  for (const bulletin of definition.bulletins.values()) {
    const issues = instantsOf(definition, bulletin, dating).length;
    if (issues === 0) report('BULLETIN_NEVER', places.of(bulletin), SAY.BULLETIN_NEVER.main);
    else if (issues > MOST)
      report('OUT_OF_RANGE', places.of(bulletin, 'every'), SAY.OUT_OF_RANGE.bulletin({ times: issues, most: MOST }));
  }
}

export function emitBulletin(definition: Definition, [id, text]: [string, BulletinText], dating: Dating): Bulletin {
  const { title, to, every, at, shows, style } = text;
  return {
    ...{ id, title, to, shows },
    style: style ?? 'bulletin',
    every: emitSpan(every),
    atMinute: minuteOf(at),
    at: instantsOf(definition, text, dating),
  };
}

function instantsOf({ phases }: Definition, bulletin: BulletinText, dating: Dating): readonly Instant[] {
  const { from, until, at, on } = bulletin;
  const phaseOf = (id: string) => phases.find((phase) => phase.id === id);
  const dayOf = (said: string | undefined, otherwise: DateText, of: 'starts' | 'ends'): DateText =>
    said === undefined ? otherwise : isDate(said) ? said : (phaseOf(said)?.[of] ?? otherwise);
  const { table } = dating;
  const first = table.starts.indexOf(dating.startOf(dayOf(from, phases[0]!.starts, 'starts')));
  const last = dating.endOf(dayOf(until, phases.at(-1)!.ends, 'ends'));
  const instants: Instant[] = [];
  for (const day of daysFrom(table, { first, every: bulletin.every, on })) {
    const instant = minuteOfDay(table, day, minuteOf(at));
    if (instant > last) break;
    instants.push(instant);
  }
  return instants;
}

/** Days of the table, from the first on which it is due. */
function* daysFrom(
  table: DayTable,
  { first, every, on }: { first: number; every: BulletinText['every']; on: BulletinText['on'] },
): Generator<number> {
  const { unit, count } = emitSpan(every);
  if (unit === 'workingDays') {
    let day = table.working.indexOf('1', first);
    for (let next: number | undefined = day; next !== undefined && next >= 0; next = findWorkingDay(table, day, count)) {
      yield next;
      day = next;
    }
    return;
  }
  // 1970-01-01 was a Thursday.
  const weekday = (((epochDay(table.from)! + first + 4) % 7) + 7) % 7;
  const wait = on === undefined ? 0 : (WEEKDAYS.indexOf(on) - weekday + 7) % 7;
  for (let day = first + wait; day < table.working.length; day += count * (unit === 'weeks' ? 7 : 1)) yield day;
}

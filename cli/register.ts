/** Reading a register for a command: a bad row is a refusal that lists them all, unless the person wants to go on without them. */
import type { Roster, RosterIssue } from '../model/roster.ts';
import { counted } from './counted.ts';
import { CliError, EXIT } from './failure.ts';
import type { Host } from './host.ts';

export async function readRegister(
  host: Host,
  { file, skipBadRows, asOf }: { file: string; skipBadRows: boolean; asOf: string },
): Promise<{ roster: Roster; skipped: readonly RosterIssue[] }> {
  const { roster, issues } = await host.readRoster(file, { asOf });
  if (issues.length > 0 && !skipBadRows) {
    throw new CliError({
      exit: EXIT.refused,
      code: 'ROSTER_INVALID',
      message: `the register has ${counted(issues.length, 'issue')}, and nothing was imported`,
      remedy: isOfWhole(issues)
        ? 'mend what is said below and start again'
        : 'correct the rows below and start again, or start without them: --skip-bad-rows',
      details: issues,
    });
  }
  if (roster.unions.length === 0) {
    throw new CliError({
      exit: EXIT.refused,
      code: 'ROSTER_EMPTY',
      message: 'the register has no union that could be taken',
      remedy: 'check that this is the whole register',
      details: issues,
    });
  }
  return { roster, skipped: issues };
}

/** Nothing was read: the file is not there, or none that can be read. */
const isOfWhole = (issues: readonly RosterIssue[]): boolean => issues.every(({ line }) => line === 0);

/**
 * A register for a run that goes on, as of its own day. A bad row is a refusal whatever one wants: whoever stands in it would count as gone. `known`:
 * unions of the run, where the file may be a part of a register.
 */
export async function readLaterRegister(
  host: Host,
  { file, ...question }: { file: string; asOf: string; known?: readonly string[] },
): Promise<Roster> {
  const { roster, issues } = await host.readRoster(file, question);
  const isEmpty = roster.unions.length + roster.people.length + roster.households.length === 0;
  if (issues.length > 0) {
    throw new CliError({
      exit: EXIT.refused,
      code: 'ROSTER_INVALID',
      message: `the register has ${counted(issues.length, 'issue')}, and nothing was changed`,
      remedy: isOfWhole(issues) ? 'mend what is said below and try again' : 'correct the rows below and try again',
      details: issues,
    });
  }
  if (!isEmpty) return roster;
  throw new CliError({
    exit: EXIT.refused,
    code: 'ROSTER_EMPTY',
    message: 'the register has no row',
    remedy: 'check that this is the right file',
  });
}

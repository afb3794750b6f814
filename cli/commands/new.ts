import { basename, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Issue } from '../../compiler/issue.ts';
import type { SourceFile } from '../../compiler/yaml-source.ts';
import { epochDay } from '../../model/day-table.ts';
import type { DateText } from '../../model/plan.ts';
import { defineCommand, readDate } from '../command.ts';
import { NewDefinition } from '../explain-shapes.ts';
import { CliError, EXIT } from '../failure.ts';
import { formatDay } from '../instants.ts';
import { CAMPAIGN_DAYS, daysLater, startingDefinition, startingScenario } from '../starting-definition.ts';

const USUAL_ID = 'my-campaign';

export const newCommand = defineCommand({
  name: 'new',
  summary: 'Writes a small definition to begin with and its first scenario, commented in Chinese and English.',
  about:
    'It has two phases, three tasks, a form, a ladder and three roles. It compiles as it is, and its scenario passes. A folder that holds anything is refused.',
  arguments: { folder: { kind: 'required', about: 'Where to write it: a folder that does not exist yet, or an empty one.' } },
  options: {
    id: { value: 'id', about: "The campaign's id; the folder's name if left out and it can be one.", read: readId },
    from: { value: 'date', about: 'Its first day (YYYY-MM-DD); next Monday if left out.', read: readDate },
  },
  answer: NewDefinition,
  examples: ['new definitions/my-campaign', 'new definitions/spring-visits --from 2026-03-02'],
  async run({ arguments: { folder }, options: { id = idOf(folder), from } }, { host, answer }) {
    const starts = from ?? nextMonday(formatDay(host.now()));
    const calendars = host.readCalendars(folder);
    const issue = findIssue({ id, starts }, calendars);
    if (issue !== undefined) throw unreached({ id, starts }, { calendars, issue });
    const files = [...startingDefinition({ id, starts }), startingScenario({ starts })];
    await host.writeFolder(folder, files);
    const ends = daysLater(starts, CAMPAIGN_DAYS - 1);
    answer({ folder, id, files: files.map(({ path }) => path), starts, ends }, () =>
      [
        `Wrote ${files.map(({ path }) => `${folder}/${path}`).join(', ')}: campaign ${id}, ${starts} to ${ends}.`,
        'Change it, and check it after each change. Next:',
        `  npx shigeyi check ${folder}`,
        `  npx shigeyi test ${folder}`,
        `  npx shigeyi explain ${folder} visit`,
        `  npx shigeyi start ${folder} --roster definitions/linwei-2020/sample-roster.xlsx --rehearse 90s --dry-run`,
      ].join('\n'),
    );
    return EXIT.done;
  },
});

const ID = /^[a-z][a-z0-9-]{0,59}$/;

function readId(text: string): string {
  if (ID.test(text)) return text;
  throw new InvalidArgumentError('Use at most 60 small letters, digits and hyphens, beginning with a letter.');
}

function idOf(folder: string): string {
  const name = basename(resolve(folder));
  return ID.test(name) ? name : USUAL_ID;
}

/** The Monday after a day, never the day itself: a campaign that begins today would be past before it is checked. */
function nextMonday(today: DateText): DateText {
  // 1970-01-01 was a Thursday, so that days since then come to Monday at 4.
  const sinceMonday = (epochDay(today)! - 4 + 7) % 7;
  return daysLater(today, 7 - sinceMonday);
}

interface Wanted {
  readonly id: string;
  readonly starts: DateText;
}

/** What the definition would be refused for, or warned of, with these dates. The text itself is sound. */
function findIssue(wanted: Wanted, calendars: readonly SourceFile[]): Issue | undefined {
  const compilation = compileDefinition({ files: startingDefinition(wanted), calendars });
  return ('plan' in compilation ? compilation.warnings : compilation.issues)[0];
}

/** So far back and ahead another Monday is looked for. */
const WEEKS_TRIED = 60;

function unreached(wanted: Wanted, { calendars, issue }: { calendars: readonly SourceFile[]; issue: Issue }): CliError {
  const monday = nextMonday(daysLater(wanted.starts, -7));
  const candidates = [1, -1].flatMap((side) =>
    Array.from({ length: WEEKS_TRIED }, (_, index) => daysLater(monday, side * 7 * (index + 1))),
  );
  const near = candidates
    .sort((a, b) => distance(a, wanted.starts) - distance(b, wanted.starts))
    .find((starts) => findIssue({ ...wanted, starts }, calendars) === undefined);
  return new CliError({
    exit: EXIT.refused,
    code: 'CALENDAR_SHORT',
    message: `a campaign from ${wanted.starts} cannot be reckoned, and nothing was written: ${issue.message}`,
    remedy: near === undefined ? issue.hint : `the nearest Monday that can: --from ${near}`,
  });
}

const distance = (a: DateText, b: DateText): number => Math.abs(epochDay(a)! - epochDay(b)!);

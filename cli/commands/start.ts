import { InvalidArgumentError } from 'commander';
import type { CompiledPlan } from '../../client/api.ts';
import type { Clock } from '../../model/clock.ts';
import { findPastPhases } from '../../model/past-phases.ts';
import type { Roster } from '../../model/roster.ts';
import { rehearsalClock } from '../../simulator/rehearsal-clock.ts';
import { type Context, defineCommand, readDate, SET_OPTION } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { formatDay, formatElapsed, parseDurationMs } from '../instants.ts';
import { describePast, refusePastDates } from '../past-phases.ts';
import { waitUntilOpen } from '../opening.ts';
import { readRegister } from '../register.ts';
import { createLive } from '../screen.ts';
import { Start } from '../shapes.ts';
import { counted } from '../counted.ts';

/** Whoever starts a run from the command line, unless they say who they are. */
const OPERATOR = 'operator';

export const startCommand = defineCommand({
  name: 'start',
  summary: 'Starts a campaign with a register of unions, people and households.',
  about:
    'Bad rows of the register are all listed, and nothing is imported unless --skip-bad-rows is given. A campaign of which a phase has begun before today is refused, unless its definition says what becomes of that phase: move it with --starts, or rehearse it with --rehearse. Resolves once every instance is open.',
  arguments: { path: { kind: 'required', about: "A definition's folder, or its definition.yaml." } },
  options: {
    roster: { value: 'file', about: 'The register: an XLSX file, or a folder of CSV files.', required: true },
    starts: { value: 'date', about: 'Moves the whole campaign so that its first day is this one (YYYY-MM-DD).', read: readDate },
    set: SET_OPTION,
    rehearse: { value: 'time', about: 'On a fast clock: the whole campaign takes so long (90s, 5m, 1h).', read: readTime },
    run: {
      value: 'id',
      about: 'How the run shall be called; made from the campaign and the moment if left out.',
      read: readRunId,
    },
    as: { value: 'person', about: 'Who starts it.' },
    skipBadRows: { about: 'Start without the rows of the register that have issues.' },
    dryRun: { about: 'Check everything and start nothing.' },
  },
  answer: Start,
  examples: [
    'start definitions/linwei-2020 --roster register.xlsx --rehearse 90s',
    'start definitions/linwei-2020 --roster register.xlsx --starts 2026-09-01 --rehearse 5m',
  ],
  async run({ arguments: { path }, options }, context) {
    const { host, answer } = context;
    const { roster: file, starts, set, rehearse, run, dryRun = false, skipBadRows = false, as: author = OPERATOR } = options;
    const compiled = compileOrRefuse(host, { path, starts, set });
    const { plan } = compiled;
    const past = rehearse === undefined ? findPastPhases(plan, host.now()) : [];
    if (rehearse === undefined) refusePastDates(plan, host.now());
    const asOf = formatDay(past.length === 0 ? plan.startsAt : host.now(), plan.zone);
    const { roster, skipped } = await readRegister(host, { file, skipBadRows, asOf });
    const instances = 1 + roster.unions.length + roster.households.length;
    const clock = (): Clock =>
      rehearse === undefined
        ? { kind: 'real' }
        : rehearsalClock({ startsAt: plan.startsAt, endsAt: plan.endsAt, now: host.now(), lengthMs: rehearse, instances });
    const started = {
      plan: compiled.hash,
      clock: clock().kind,
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      skippedRows: skipped,
      past,
    };
    if (dryRun) {
      answer({ run: null, ...started, instances }, () =>
        [`Nothing was started. ${describeStart(compiled, roster)}`, ...describePast(plan, past)].join('\n'),
      );
      return EXIT.done;
    }
    await withClient(host, async (client) => {
      const opened = await client.start({ compiled, roster, clock: clock(), author, ...(run && { run }) });
      await showOpening(opened, context, () => client.status(opened.run));
      answer({ run: opened.run, ...started, instances: opened.planned }, () =>
        [
          `Started ${opened.run}: ${counted(opened.planned, 'instance')} open. ${describeStart(compiled, roster)}`,
          ...describePast(plan, past),
          ...(rehearse === undefined ? [] : [`On a fast clock, the campaign takes ${formatElapsed(rehearse)}.`]),
          ...(skipped.length === 0
            ? []
            : [
                `Left out for their issues: ${counted(new Set(skipped.map(({ sheet, line }) => `${sheet} ${line}`)).size, 'row')} of the register.`,
              ]),
          `See how it stands with: npx shigeyi status ${opened.run}`,
        ].join('\n'),
      );
    });
    return EXIT.done;
  },
});

async function showOpening(
  { run, planned }: { run: string; planned: number },
  { host, json, signal }: Context<never>,
  status: Parameters<typeof waitUntilOpen>[0]['status'],
): Promise<void> {
  const live = createLive(host.screen, () => host.now());
  try {
    await waitUntilOpen({
      ...{ run, planned, status, signal },
      now: () => host.now(),
      sleep: (ms) => host.sleep(ms),
      onProgress: (open) => {
        const line = `opening ${run}: ${open} of ${planned} instances`;
        if (!json) live.show({ lines: [line], plain: line });
      },
    });
  } finally {
    live.clear();
  }
}

function describeStart({ plan, hash }: CompiledPlan, { unions, people, households }: Roster): string {
  const register = `${counted(unions.length, 'union')}, ${people.length} people, ${counted(households.length, 'household')}`;
  return `${plan.title.zh}: ${formatDay(plan.startsAt, plan.zone)} to ${formatDay(plan.endsAt, plan.zone)}; ${register}; plan ${hash.slice(0, 12)}.`;
}

function readTime(text: string): number {
  const ms = parseDurationMs(text);
  if (ms !== undefined && ms >= 5_000) return ms;
  throw new InvalidArgumentError('Use a number and s, m, h or d, of at least 5s: 90s, 5m, 1h.');
}

function readRunId(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 63 small letters, digits and dashes, beginning with a letter or digit.');
}

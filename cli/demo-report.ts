/** How a rehearsal is told once it is over. */
import { formatReport } from './commands/report.ts';
import { formatVerification } from './commands/verify.ts';
import type { Demo } from './shapes.ts';

export function formatDemo(demo: Demo): string {
  const { acts, refusals, retries, report, verification } = demo;
  const refused = Object.entries(refusals)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count} ${code}`);
  return [
    formatReport(report),
    '',
    `The people handed in ${acts.completed} forms, accepted ${acts.accepted}, returned ${acts.returned}, and never did ${acts.left}.`,
    ...(refused.length === 0 ? [] : [`Refused because something had moved meanwhile: ${refused.join(', ')}.`]),
    ...tellBehind(demo),
    ...(retries === 0 ? [] : [`Asked again because a part did not answer: ${retries} times.`]),
    formatVerification(verification),
  ].join('\n');
}

const DAY_MS = 86_400_000;
/** Behind by less is nobody's fault: on a fast clock a second is a day. */
const BEHIND_DAYS = 2;

function tellBehind({ behindMs, seconds }: Demo): readonly string[] {
  const days = behindMs / DAY_MS;
  if (days < BEHIND_DAYS) return [];
  const advice = `for a truer picture give it more time: --seconds ${Math.ceil(seconds / 60) * 180}`;
  return [
    `This machine was slower than the clock: people acted up to ${days.toFixed(0)} campaign days after they meant to; ${advice}`,
  ];
}

export function formatLookAround({ run, report }: Demo): string {
  const union = report.unions.find(({ union: id }) => id !== null)?.union ?? 'ID';
  const commands = [`status ${run}`, `tasks ${run} --union ${union}`, `report ${run}`, `verify ${run}`];
  return [
    'Everything stays up. Look around in another terminal:',
    ...commands.map((command) => `  npx shigeyi ${command}`),
    'Stop it with Ctrl-C.',
  ].join('\n');
}

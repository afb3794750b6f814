/** Thousands of households amended by one command, on servers of its own, with every worker killed meanwhile again and again. */
import { amendMany, type ManyAmended } from '../running/amend-many.ts';
import { openEngine } from '../running/engine.ts';
import { openOwnServers } from '../running/own-servers.ts';

/** Of the way. */
const KILLED_AT = [0.02, 0.2, 0.4, 0.6, 0.8, 0.98];
/** Histories longer than this would not be carried on in good time. */
const EVENTS_BELOW = 4_096;

/** What went wrong, a line each. */
export async function soakAmendment(households: number, tell: (text: string) => void): Promise<string[]> {
  const servers = await openOwnServers();
  try {
    const engine = await openEngine({ servers, host: false });
    try {
      return faultsOf(await amendMany(engine, { households, killedAt: KILLED_AT, tell }), tell);
    } finally {
      await engine.close();
    }
  } finally {
    await servers.stop();
  }
}

function faultsOf(
  { progress, refused, unforeseen, lost, longest, discrepancies }: ManyAmended,
  tell: (text: string) => void,
): string[] {
  const steps = progress.slice(1).map(({ afterMs }, index) => afterMs - progress[index]!.afterMs);
  tell(`${progress.length} steps, the longest of ${Math.max(0, ...steps)} ms; no history has more than ${longest} events`);
  const back = progress.some(({ done }, index) => index > 0 && done < progress[index - 1]!.done);
  return [
    ...(refused === 0 ? [] : [`${refused} instances refused`]),
    ...(back ? ['the progress went back'] : []),
    ...(longest < EVENTS_BELOW ? [] : [`a history has ${longest} events`]),
    ...unforeseen.slice(0, 10).map((task) => `${task} is not what the preview said`),
    ...lost.slice(0, 10).map((task) => `${task} was handed in and is lost`),
    ...discrepancies.slice(0, 10).map((each) => JSON.stringify(each)),
  ];
}

/** `shigeyi up`: everything on this machine, until it is told to stop. */
import { openEverything, shapeOfParts } from './everything.ts';
import type { Services } from './host.ts';
import { untilAborted } from './interruption.ts';
import { createLive, silentLive } from './screen.ts';

export const runUp: Services['up'] = async ({ host, signal, quiet, onReady }) => {
  const live = quiet ? silentLive : createLive(host.screen, () => host.now());
  const { parts, worker, lost, stop } = await openEverything({ env: host.env, signal, live, now: () => host.now() });
  try {
    live.clear();
    onReady(shapeOfParts({ parts, worker: worker.pid() }), { logFile: worker.logFile });
    const failure = await Promise.race([lost, untilAborted(signal)]);
    if (failure !== undefined) throw failure;
  } finally {
    live.say('stopping…');
    await stop();
  }
};

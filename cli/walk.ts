/** A walk over the instances of a run, shown while it goes on. */
import type { Context } from './command.ts';
import { formatElapsed } from './instants.ts';
import { drawBar } from './bar.ts';
import { createLive, type LiveView, silentLive } from './screen.ts';

export interface Progress {
  readonly instances: number;
  readonly of: number;
}

/** `done`: what has happened to the instances that are behind it. */
export function createWalk({ host, json }: Pick<Context<never>, 'host' | 'json'>, done: string) {
  const live = json ? silentLive : createLive(host.screen, host.now);
  const startedAt = host.now();
  return {
    async during<T>(work: (onProgress: (progress: Progress) => void) => Promise<T>): Promise<T> {
      try {
        return await work((progress) => live.show(viewProgress(progress, { done, elapsedMs: host.now() - startedAt })));
      } finally {
        live.clear();
      }
    },
  };
}

export function viewProgress({ instances, of }: Progress, { done, elapsedMs }: { done: string; elapsedMs: number }): LiveView {
  const bar = drawBar(of === 0 ? 1 : instances / of);
  const plain = `${instances} of ${of} instances ${done}`;
  return { lines: [`  ${bar} ${plain} (${formatElapsed(elapsedMs)})`], plain };
}

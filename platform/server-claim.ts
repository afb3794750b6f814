import { rmSync } from 'node:fs';
import type { ProcessIdentity } from './process-identity.ts';
import { identifyProcess, isStillRunning } from './process-identity.ts';
import { createPrivateFile, writePrivateFile } from './private-file.ts';

/** Who starts, and then who is, the server of one database file: the server itself does not keep a second one away. */
export interface ServerClaim {
  readonly starter: ProcessIdentity;
  readonly server?: ProcessIdentity;
  readonly port?: number;
}

/** Tells our own tries apart, within this process too. */
let attempts = 0;

/** Takes the claim, or returns the one that somebody alive holds. A claim of the dead is taken over. */
export function takeClaim(path: string): { readonly taken: true } | { readonly taken: false; readonly holder: ServerClaim } {
  const own: ServerClaim = { starter: identifyProcess(process.pid) };
  for (;;) {
    attempts += 1;
    const token = `${process.pid}.${attempts}`;
    const text = createPrivateFile(path, `${JSON.stringify({ ...own, token })}\n`);
    const holder = JSON.parse(text) as ServerClaim & { token?: string };
    if (holder.token === token) return { taken: true };
    if (isLive(holder)) return { taken: false, holder };
    rmSync(path, { force: true });
  }
}

/** The claim now stands for the server, as long as the server lives. */
export function fillClaim(path: string, { pid, port }: { pid: number; port: number }): void {
  const claim: ServerClaim = { starter: identifyProcess(process.pid), server: identifyProcess(pid), port };
  writePrivateFile(path, `${JSON.stringify(claim)}\n`);
}

export function releaseClaim(path: string): void {
  rmSync(path, { force: true });
}

function isLive({ starter, server }: ServerClaim): boolean {
  return isStillRunning(server ?? starter);
}

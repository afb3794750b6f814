import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Reads a line, or the end of its input. The end without a line means that the parent is gone, however it went. */
const SCRIPT = `
if read -r _; then exit 0; fi
kill -INT "$1" 2>/dev/null || exit 0
waited=0
while kill -0 "$1" 2>/dev/null; do
  if [ "$waited" -ge 20 ]; then kill -KILL "$1" 2>/dev/null; exit 0; fi
  sleep 1
  waited=$((waited + 1))
done`;

/**
 * Ends a server of ours when this process goes away, also by SIGKILL, when no handler of ours could run. The watchdog holds the
 * reading end of a pipe that only this process writes to, in a process group of its own so that Ctrl-C does not reach it.
 */
export function endWithUs(server: ChildProcess): void {
  if (process.platform === 'win32' || server.pid === undefined) return;
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'shigeyi-watchdog', String(server.pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no watchdog; the server is still ended by stop().
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as Socket).unref();
  // Its number may soon be another process's.
  server.once('exit', () => child.stdin.end('done\n'));
}

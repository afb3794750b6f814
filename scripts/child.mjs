// Runs another program in this one's place: its output is ours, its end is our end. No dependencies.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Resolves to the exit code, or to 128 and the signal's number when a signal ended the program, as shells count. */
export function runChild(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...options });
  const forward = (signal) => child.kill(signal);
  // Ctrl-C in a terminal reaches the child by itself; sent twice, it would be taken for impatience.
  const interrupted = () => (process.stdin.isTTY ? undefined : forward('SIGINT'));
  const terminated = () => forward('SIGTERM');
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', terminated);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', terminated);
  });
}

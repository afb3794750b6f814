/** The process behind `shigeyi`: signals in, an exit code out. */
import { EXIT, explainFailure, formatFailure } from './failure.ts';
import { createHost } from './machine.ts';
import { runCli } from './run.ts';

const interruption = new AbortController();
let asked = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    asked += 1;
    interruption.abort();
    // Whoever asks a third time does not want to wait for order. The servers are ended by their watchdogs.
    if (asked > 2) process.exit(EXIT.refused);
  });
}
// The reader of our output has gone, as `head` does when it has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.refused));
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    const failure = explainFailure(error);
    process.stderr.write(`${formatFailure(failure)}\n`);
    if (process.env['SHIGEYI_DEBUG'] === '1') console.error(error);
    process.exit(failure.exit);
  });
}

const exit = await runCli(process.argv.slice(2), { host: createHost(process), signal: interruption.signal });
// Once everything written has left. Without an end of our own, a connection that somebody forgot would keep the process.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exit)));

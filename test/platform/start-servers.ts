/** A process of its own that starts both servers, tells their numbers, and waits to be killed: see server-end.test.ts. */
import { startPostgres } from '../../platform/postgres.ts';
import { startTemporal } from '../../platform/temporal-server.ts';

const [dataDir = ''] = process.argv.slice(2);
const [postgres, temporal] = await Promise.all([startPostgres({ dataDir, port: 0 }), startTemporal({ dataDir, port: 0 })]);
process.stdout.write(`${JSON.stringify([postgres.pid, temporal.pid])}\n`);
process.stdin.resume();
